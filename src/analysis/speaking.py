"""How commands speak and end: in the reader's language, and in one line where they cannot go on."""

import inspect
import os
import sys
from typing import Any

import click

from analysis import faults, streams, text
from analysis.console import Console
from analysis.project import ProjectError
from analysis.text import _

SUCCESS, FAILURE, USAGE = 0, 1, 2


class Speaking(click.Group):
    """Commands that speak the language that MASTERPLAN_LANG names, also of what is wrong."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            told = isinstance(error, ProjectError | OSError)
            said = faults.line(error) if told else faults.unforeseen(error)
            Console(stderr=True).print(said, style="red", soft_wrap=True)
            sys.exit(USAGE if told else FAILURE)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        streams.usable()
        try:
            text.use(os.environ.get("MASTERPLAN_LANG") or text.SOURCE)
        except ValueError as error:
            click.echo(f"MASTERPLAN_LANG: {error}", err=True)
            sys.exit(USAGE)
        _translate(self)
        return super().main(*args, **kwargs)


def _translate(command: click.Command) -> None:
    """Put a command and all below it in the reader's language."""
    command.help = _(inspect.cleandoc(command.help or ""))  # python -OO leaves none
    for asked in command.params:
        if isinstance(asked, click.Option):
            asked.help = asked.help and _(asked.help)
        elif asked.metavar:
            asked.metavar = _(asked.metavar)
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        _translate(below)
