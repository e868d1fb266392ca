"""The frame: the visit's settings, the currency, navigation, what is loaded; then the page itself."""

import streamlit as st

from retention.ui.shell import entrance, frame
from retention.ui.state import links, scenarios, settings, slides

frame.settle()
settings.seed()
scenarios.seed()
slides.seed()
links.open_given()
entrance.admit()  # or stops at the door
frame.configure()
frame.pay_in()
page = st.navigation(frame.pages(), expanded=True)  # all of them, however many
frame.enter(page)
frame.sidebar()
entrance.who()
page.run()
