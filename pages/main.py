"""The frame: the visit's settings, the currency, navigation, what is loaded; then the page itself."""

import streamlit as st

from retention.ui.parts import asking, connected, problems, screen, upload
from retention.ui.shell import entrance, frame
from retention.ui.state import kept, links, scenarios, settings, slides, visit

screen.begin()
frame.over()
settings.seed()
scenarios.seed()
slides.seed()
links.open_given()
entrance.admit()  # or stops at the door
frame.configure()
upload.again()
frame.pay_in()
page = st.navigation(frame.pages(), expanded=True)  # all of them, however many
frame.enter(page)
frame.sidebar()
entrance.who()
try:
    connected.arrive()
    with asking.page(), visit.unanswered_said(), problems.input_errors():
        page.run()
finally:  # a page may end before its end
    kept.note()
