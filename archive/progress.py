"""How far is it? A progress bar on a terminal, silence elsewhere."""

import sys
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self

import click

# Without a known length the line is written again after this many steps.
_EVERY = 10


class _Steps(Protocol):
    def update(self, n_steps: int) -> None: ...


class Bar:
    """Counts steps on stderr: a bar when the length is known, a running count when it is not."""

    def __init__(self, label: str, length: int | None = None) -> None:
        """Show ``label``; ``length`` is the number of steps to come."""
        self._label = label
        self._done = 0
        self._shown = sys.stderr.isatty()
        self._steps: _Steps | None = None
        self._open: AbstractContextManager[_Steps] | None = None
        if length is not None:
            self.expect(length)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the last line standing."""
        if self._open is not None:
            self._open.__exit__(kind, error, trace)
        elif self._shown:
            click.echo(f"\r{self._label}: {self._done} pages\x1b[K", err=True)

    def expect(self, length: int) -> None:
        """Show a bar of ``length`` steps from now on."""
        if self._shown and self._open is None:
            self._open = click.progressbar(
                length=length, label=self._label, file=sys.stderr, show_pos=True, show_eta=False
            )
            self._steps = self._open.__enter__()

    def step(self, count: int, what: str = "") -> None:
        """Count ``count`` more; ``what`` is told behind a running count."""
        self._done += count
        if self._steps is not None:
            self._steps.update(count)
        elif self._shown and self._done % _EVERY == 0:
            click.echo(f"\r{self._label}: {self._done} pages  {what}\x1b[K", err=True, nl=False)
