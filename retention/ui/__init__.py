"""The app: a package a page, and `shell`, `state` (the visit), `parts` (shared). Streamlit lives here."""
