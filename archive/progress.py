"""How far is it? A progress bar on a terminal, silence elsewhere."""

import sys
from types import TracebackType
from typing import Self

import click
from click._termui_impl import ProgressBar

# Without a known length the line is written again after this many steps.
_EVERY = 10


class Bar:
    """Counts steps on stderr: a bar when the length is known, a running count when it is not."""

    def __init__(self, label: str, length: int | None = None) -> None:
        """Show ``label``; ``length`` is the number of steps to come."""
        self._label = label
        self._done = 0
        self._shown = sys.stderr.isatty()
        self._bar: ProgressBar[int] | None = None
        if length is not None:
            self._bar = click.progressbar(length=length, label=label, file=sys.stderr, show_pos=True)

    def __enter__(self) -> Self:
        """Show the bar."""
        if self._bar is not None:
            self._bar.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the last line standing."""
        if self._bar is not None:
            self._bar.__exit__(kind, error, trace)
        elif self._shown:
            click.echo(f"\r{self._label}: {self._done} pages\x1b[K", err=True)

    def step(self, count: int, what: str = "") -> None:
        """Count ``count`` more; ``what`` is told behind a running count."""
        self._done += count
        if self._bar is not None:
            self._bar.update(count)
        elif self._shown and self._done % _EVERY == 0:
            click.echo(f"\r{self._label}: {self._done} pages  {what}\x1b[K", err=True, nl=False)
