"""The frame: the visit's settings, navigation, what is loaded; then the page itself."""

import streamlit as st

from retention.ui.shell import frame
from retention.ui.state import scenarios, settings

frame.settle()
settings.seed()
scenarios.seed()
frame.configure()
page = st.navigation(frame.pages())
frame.title(page)
frame.sidebar()
page.run()
