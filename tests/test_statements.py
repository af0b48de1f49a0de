import pytest

from tests.statements import LIST, Asked, asked_already, shape_of
from tests.test_conventions import ROOT


def asked(seconds: float, first: str, second: str = "") -> Asked:
    return Asked(seconds, (frozenset(first), frozenset(second)))


@pytest.mark.parametrize(
    ("sql", "shape"),
    [
        ("SELECT id FROM t1 WHERE a IN (%s, %s) LIMIT 21", "SELECT id FROM t1 WHERE a IN (#) LIMIT #"),
        ("INSERT INTO t (a, b) VALUES (%s, %s), (%s, %s)", "INSERT INTO t (a, b) VALUES (#)"),
        ('SAVEPOINT "s140_x12"', 'SAVEPOINT "savepoint"'),
    ],
)
def test_shape_of_a_statement_has_no_values(sql: str, shape: str) -> None:
    assert shape_of(sql) == shape


def test_statement_is_sent_by_one_of_the_tests_that_stay() -> None:
    tests = {"slow": asked(3, "ab"), "quick": asked(1, "ab"), "own": asked(2, "abc"), "tiny": asked(0.01, "a")}

    assert list(asked_already(tests)) == ["slow", "quick"]


def test_statement_is_sent_in_each_of_the_runs() -> None:
    tests = {"first": asked(3, "a", "a"), "second": asked(1, "a")}

    assert list(asked_already(tests)) == ["second"]


def test_locks_and_orders_are_asked_everywhere() -> None:
    assert list(asked_already({"test_saved_at_once": asked(3, "a"), "other": asked(0.01, "a")})) == []


def test_every_name_in_the_list_is_that_of_a_test() -> None:
    names = [line.partition("::") for line in LIST.read_text("utf-8").splitlines()]

    assert names
    gone = [(path, name) for path, _, name in names if f"def {name}(" not in (ROOT / path).read_text("utf-8")]
    assert gone == []
