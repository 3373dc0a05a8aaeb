"""One command a stage: parses what it is told, calls the stage, prints what came of it.

Data goes to stdout, talk to stderr; our own errors end as one line and exit code 1. A stage is imported when
its command runs, so that ``--help`` answers at once.
"""

import os
import sys

import click

from archive.cli.bringing import add, import_warc, ocr
from archive.cli.checking import backup, check, restore
from archive.cli.coops import coops_group
from archive.cli.crawling import crawl, demo, rebuild_command, verify
from archive.cli.directories import directory_group
from archive.cli.exporting import export_command
from archive.cli.reading import extract
from archive.cli.serving import doctor, serve
from archive.cli.sources import source_group
from archive.errors import ArchiveError


class Group(click.Group):
    """Turn our own errors into one line; let bugs keep their traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the subcommand."""
        try:
            return super().invoke(ctx)
        except ArchiveError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            # The reader of our output has gone (``coopress extract | head``): nothing to say to anyone.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order of the flow, not of the alphabet."""
        return list(self.commands)


@click.group(cls=Group)
@click.version_option(package_name="coopress")
def main() -> None:
    """Archive the French cooperative press: crawl, extract, browse."""


# The order of the flow is the order of the help.
for command in (
    demo,
    crawl,
    extract,
    import_warc,
    add,
    ocr,
    rebuild_command,
    directory_group,
    coops_group,
    check,
    verify,
    export_command,
    backup,
    restore,
    serve,
    source_group,
    doctor,
):
    main.add_command(command)
