"""Progress bar for terminals. Writes nothing if the output is not a terminal."""

import time
from types import TracebackType
from typing import Self, TextIO

_WIDTH = 30
_SECONDS_BETWEEN_UPDATES = 0.1


class ProgressBar:
    """Shows lines and bytes read. `total_bytes` is the size of the file, or 0 if unknown: then there is no bar."""

    def __init__(self, stream: TextIO, *, total_bytes: int) -> None:
        self.stream = stream
        self.total_bytes = total_bytes
        self.is_terminal = stream.isatty()
        self.bytes_read = self.lines = 0
        self.started_at = self.refreshed_at = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_terminal:
            self.stream.write(f"\r{self.status_text()}\n")

    def advance(self, size: int) -> None:
        """Count one more line of `size` bytes."""
        self.bytes_read += size
        self.lines += 1
        now = time.monotonic()
        if self.is_terminal and now - self.refreshed_at >= _SECONDS_BETWEEN_UPDATES:
            self.refreshed_at = now
            self.stream.write(f"\r{self.status_text()}")
            self.stream.flush()

    def clear_line(self) -> None:
        """Clear the line for a message."""
        if self.is_terminal:
            self.stream.write("\r\033[K")

    def status_text(self) -> str:
        rate = self.lines / max(time.monotonic() - self.started_at, 0.001)
        numbers = f"{self.lines:,} lines, {rate:,.0f} a second"
        if not self.total_bytes:
            return numbers
        share = min(self.bytes_read / self.total_bytes, 1)
        done = round(_WIDTH * share)
        return f"[{'#' * done}{' ' * (_WIDTH - done)}] {share:4.0%}  {numbers}"
