"""The command line: the library without a browser, for scheduled runs and for checking its numbers."""

from __future__ import annotations

import gc

gc.disable()  # while modules load, nearly all of which stays: looking for what does not takes longer

import sys

import click

from retention import memory, threads
from retention.command_line.analyse import analyse
from retention.command_line.app import app
from retention.command_line.call_list import write_list
from retention.command_line.columns import columns
from retention.command_line.report import write_report
from retention.command_line.snapshot import since, snapshot
from retention.errors import InputError
from retention.text import DEFAULT, LANGUAGES, Words

gc.freeze()  # nor is any of it looked through again
gc.enable()

_INTERRUPTED = 130
_REFUSED = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Customer retention, cohorts and lifetime value from a spreadsheet of sales."""


for command in (analyse, columns, write_list, write_report, snapshot, since, app):
    cli.add_command(command)


def ritorno() -> int:
    """Run the command line under the name it is installed by."""
    return main(called="ritorno")


def main(arguments: list[str] | None = None, *, called: str = "retention") -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : of the call; by default those this process was started with
    called : name of the program in its help

    Returns
    -------
    0 done; 2 the input or the call cannot be used; 130 interrupted
    """
    given = sys.argv[1:] if arguments is None else arguments
    threads.use_one()
    memory.keep()
    try:
        cli.main(given, prog_name=called, standalone_mode=False)
    except InputError as error:
        return _refuse(_words(given).error(error))
    except click.Abort:
        return _INTERRUPTED
    except click.ClickException as error:
        return _refuse(" ".join(error.format_message().split()))
    return 0


def _refuse(why: str) -> int:
    click.echo(f"error: {why}", err=True)
    return _REFUSED


def _words(arguments: list[str]) -> Words:
    """The language of messages, told from the call even where the call itself is refused."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    asked = {b if a == "--language" else a.removeprefix("--language=") for a, b in pairs if "--language" in a}
    return Words(next((code for code in LANGUAGES if code in asked), DEFAULT))


if __name__ == "__main__":
    sys.exit(main())
