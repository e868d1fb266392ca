"""The server's entry: `streamlit run app.py` and `uvicorn app:app` both serve it."""

import streamlit as st
from starlette.middleware import Middleware

from retention import memory, threads
from retention.ui.shell import door, failures, leaving, links, security, visits

memory.in_small_pages()
memory.from_few_places()
memory.keep_modules()
threads.use_one()
failures.keep_data_out_of_logs()
base = st.get_option("server.baseUrlPath")
app = st.App(
    "pages/main.py",
    routes=[*door.routes(), *links.routes(base), *visits.routes(base)],
    lifespan=visits.sweeping,
    middleware=[
        Middleware(security.Headers),
        Middleware(security.ClosedPaths),
        Middleware(door.Door),
        Middleware(links.OneVisit),
        Middleware(leaving.GivesBack),
    ],
    on_script_error=failures.show,
)
