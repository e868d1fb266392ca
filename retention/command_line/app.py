"""`app`: the pages in a browser."""

from __future__ import annotations

import runpy
import sys

import click

from retention.resources import resource


@click.command()
@click.option(
    "--address",
    envvar="STREAMLIT_SERVER_ADDRESS",
    default="localhost",
    show_default=True,
    help="Address to answer at; 0.0.0.0 for every one this machine has.",
)
@click.option("--port", type=int, help="Port to answer at; 8501, or the next that is free.")
def app(address: str, port: int | None) -> None:
    """Open the app in the browser; Ctrl+C ends it.

    Streamlit's other settings are read from its variables, such as STREAMLIT_SERVER_HEADLESS.
    """
    # An address is always named: without one the server asks an outside one for its own.
    at = ["--server.address", address, *([] if port is None else ["--server.port", str(port)])]
    sys.argv = ["streamlit", "run", str(resource("app.py")), *at]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
