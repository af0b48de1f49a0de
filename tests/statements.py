"""Tests that ask a database nothing that others do not ask it as well. They run on SQLite, and not once more on
PostgreSQL and on the newest Django: what these could do differently, the others see.

`asked_already.txt` has their names. It is written anew by a run with this plugin, which takes a quarter of an hour:
python -m pytest -p tests.statements -n0 -m 'not browser and not no_database'

A test is in the list if each of its statements is also one of a test that is not, both among those that run on
PostgreSQL and among those that run on the newest Django. Values, savepoints and numbers of values do not count, errors
do. New tests are not in it, so that they run everywhere until the list is written again."""

import re
import time
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db.backends.utils import CursorWrapper

LIST = Path(__file__).with_name("asked_already.txt")
# Seconds of all runs of a test. Others are not worth a line.
WORTH_A_LINE = 0.1
# Where the same statement may be answered differently: locks, orders, foldings, the ends of the calendar. And those
# that ask every form, list and page, new ones too.
ALWAYS_ASKED = re.compile(
    r"concurr|conflict|stale|_lock|at_once|login_limits|database_rules|name_search|quick_search|slugs|hostile|date_fields"
    r"|unlikely_dates|any_day|feeds\.py|long_text|collat|sort|order|letter|race|twice|every_public|all_lists|all_dates"
    r"|test_every|postportal/search/|/backups/|/page_cache/|/web/"
)
# A run is one of these with a marker that leaves a test out.
RUNS = ("once", "same_on_every_django")

_VALUES = re.compile(r'(?<![\w"])(?:%s|-?\d+)(?![\w"])')
_SAVEPOINT = re.compile(r"s\d+_x\d+")


class Asked(NamedTuple):
    seconds: float
    # For each of RUNS, the statements of the runs that are not left out.
    statements: tuple[frozenset[str], ...]


def shape_of(sql: str) -> str:
    """Return the statement without its values."""
    shape = _VALUES.sub("#", _SAVEPOINT.sub("savepoint", sql))
    return re.sub(r"\(#\)(?:, \(#\))+", "(#)", re.sub(r"#(?:, #)+", "#", shape))


def asked_already(tests: dict[str, Asked]) -> Iterator[str]:
    """Yield the names of tests whose statements the others send, those that take longest first."""
    senders = [Counter(shape for test in tests.values() for shape in test.statements[run]) for run in range(len(RUNS))]
    for name, test in sorted(tests.items(), key=lambda item: (-item[1].seconds, item[0])):
        if test.seconds < WORTH_A_LINE or ALWAYS_ASKED.search(name):
            continue
        if all(sent[shape] > 1 for sent, shapes in zip(senders, test.statements, strict=True) for shape in shapes):
            for sent, shapes in zip(senders, test.statements, strict=True):
                sent.subtract(shapes)
            yield name


def name_of(item: Any) -> str:
    """Return path and name of a test without its parameters."""
    return str(item.nodeid.partition("[")[0])


_shapes: set[str] = set()
_found: dict[str, list[Any]] = defaultdict(lambda: [0.0, *(set() for _run in RUNS)])


def pytest_configure() -> None:
    for name in ("execute", "executemany"):
        setattr(CursorWrapper, name, _noting(getattr(CursorWrapper, name)))


def _noting(send: Any) -> Any:
    def note_and_send(cursor: Any, sql: Any, *args: Any) -> Any:
        _shapes.add(shape := shape_of(str(sql)))
        try:
            return send(cursor, sql, *args)
        except Exception as error:
            _shapes.add(f"{type(error).__name__}: {shape}")
            raise

    return note_and_send


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: Any) -> Generator[None, object, object]:
    _shapes.clear()
    started, found = time.process_time(), _found[name_of(item)]
    answer = yield
    found[0] += time.process_time() - started
    for run, left_out in enumerate(RUNS, start=1):
        if not item.get_closest_marker("once") and not item.get_closest_marker(left_out):
            found[run] |= _shapes
    return answer


def pytest_sessionfinish() -> None:
    tests = {name: Asked(seconds, tuple(map(frozenset, runs))) for name, (seconds, *runs) in _found.items()}
    LIST.write_text("".join(f"{name}\n" for name in sorted(asked_already(tests))), "utf-8")
