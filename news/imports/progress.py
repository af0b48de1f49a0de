"""A progress bar for people at a terminal; silent everywhere else."""

import time
from types import TracebackType
from typing import Self, TextIO

_WIDTH = 30
_INTERVAL = 0.1


class ProgressBar:
    """`total` is the size of the file in bytes, 0 where it is unknown: then there is no bar, only numbers."""

    def __init__(self, stream: TextIO, *, total: int) -> None:
        self.stream = stream
        self.total = total
        self.is_shown = stream.isatty()
        self.size = self.lines = 0
        self.began = self.shown = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_shown:
            self.stream.write(f"\r{self.text()}\n")

    def advance(self, size: int) -> None:
        """One more line of `size` bytes is done."""
        self.size += size
        self.lines += 1
        now = time.monotonic()
        if self.is_shown and now - self.shown >= _INTERVAL:
            self.shown = now
            self.stream.write(f"\r{self.text()}")
            self.stream.flush()

    def interrupt(self) -> None:
        """Clear the line for a message."""
        if self.is_shown:
            self.stream.write("\r\033[K")

    def text(self) -> str:
        rate = self.lines / max(time.monotonic() - self.began, 0.001)
        numbers = f"{self.lines:,} lines, {rate:,.0f} a second"
        if not self.total:
            return numbers
        share = min(self.size / self.total, 1)
        done = round(_WIDTH * share)
        return f"[{'#' * done}{' ' * (_WIDTH - done)}] {share:4.0%}  {numbers}"
