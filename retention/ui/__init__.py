"""What pages share: the visit's state, loaded data, controls, the parts of a screen. Streamlit lives here."""
