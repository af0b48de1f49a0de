"""Delivery in a second process, so that one that writes much, such as an import, does not wait for it.

    with delivery_beside():
        …

What is committed inside is delivered by `python -m postportal.outbox.delivery_process`. It gets the changed objects as
lines of JSON and answers each line. Nothing depends on it: if it dies, the events are still in the outbox, and what
follows is delivered here."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

MODULE = "postportal.outbox.delivery_process"
# Starting the process takes longer than delivering fewer events.
MIN_EVENTS = 256
# Hand-overs that may wait, so that the search is never far behind.
MAX_WAITING = 2


class DeliveryProcess:
    """The process, started when there is much to deliver. After that it gets everything, in the order of commits."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._waiting = 0
        self._is_dead = False

    def take(self, model: str, ids: Sequence[int]) -> bool:
        """Hand over these objects of a model; return False if they have to be delivered here."""
        if self._is_dead or not (self._process or len(ids) >= MIN_EVENTS):
            return False
        self._process = self._process or _start()
        self._is_dead = not _write(self._process, [model, list(ids)])
        if self._is_dead:
            return False
        self._waiting += 1
        self._wait_until_at_most(MAX_WAITING)
        return True

    def finish(self) -> None:
        """Wait until everything that was handed over is delivered, and end the process."""
        if self._process:
            self._wait_until_at_most(0)
            for stream in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    cast(TextIO, stream).close()
            self._process.wait()

    def _wait_until_at_most(self, waiting: int) -> None:
        answers = self._process and self._process.stdout
        while answers and self._waiting > waiting and not self._is_dead:
            self._is_dead = not answers.readline()
            self._waiting -= 1


_current: DeliveryProcess | None = None


@contextmanager
def delivery_beside() -> Iterator[None]:
    """Deliver what is committed inside in a second process, if there is much and a core for it."""
    global _current  # noqa: PLW0603 - commands have one thread
    if not _is_possible():
        yield
        return
    _current = DeliveryProcess()
    try:
        yield
    finally:
        process, _current = _current, None
        process.finish()


def deliver_committed(model: str, ids: Sequence[int]) -> None:
    """Deliver the events of these objects, which have just been committed, here or beside."""
    from postportal.outbox.delivery import deliver

    if _current is None or not _current.take(model, ids):
        deliver(model, ids)


def _is_possible() -> bool:
    """Return False if another process would not see what is committed: in a transaction, or in a database in memory."""
    from django.db import connection

    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()  # type: ignore[attr-defined]
    return len(os.sched_getaffinity(0)) > 1 and not connection.in_atomic_block and not in_memory


def _start() -> subprocess.Popen[str]:
    from django.conf import settings
    from django.db import connection

    path = os.pathsep.join(filter(None, [str(settings.BASE_DIR), os.environ.get("PYTHONPATH", "")]))
    environment = {**os.environ, "PYTHONPATH": path}
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", MODULE], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    # The name of the database may be another than in the environment: that of a test.
    _write(process, str(connection.settings_dict["NAME"]))
    return process


def _write(process: subprocess.Popen[str], content: Any) -> bool:
    """Write a line to the process; return False if it is dead."""
    stream = cast(TextIO, process.stdin)
    try:
        stream.write(json.dumps(content) + "\n")
        stream.flush()
    except OSError:
        return False
    return True


def main() -> None:
    # Ctrl+C ends the process that hands over. This one then delivers what it has got.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with os.fdopen(os.dup(1), "w") as answers:
        # What handlers print must not be taken for an answer.
        os.dup2(2, 1)
        import django
        from django.conf import settings

        settings.DATABASES["default"]["NAME"] = json.loads(sys.stdin.readline())
        django.setup()
        from postportal.outbox.delivery import deliver

        for line in sys.stdin:
            failed = deliver(*json.loads(line))
            try:
                answers.write(f"{failed}\n")
                answers.flush()
            except BrokenPipeError:
                # Nobody is listening any more, and there may be more lines to deliver.
                continue


if __name__ == "__main__":
    main()
