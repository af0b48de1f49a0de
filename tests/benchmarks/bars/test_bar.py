import pytest

from benchmarks.bars.bar import Bar, describe_machine


@pytest.mark.parametrize(
    ("value", "limit", "bar", "at_least", "is_met"),
    [
        (90, 100, 0.9, True, True),
        (89, 100, 0.9, True, False),
        (14, 10, 1.5, False, True),
        (16, 10, 1.5, False, False),
        (95, 0, 100, False, True),
        (101, 0, 100, False, False),
    ],
)
def test_number_is_met_by_itself_or_by_its_ratio(
    value: float, limit: float, bar: float, at_least: bool, is_met: bool
) -> None:
    measured = Bar("cached page", value, "/s", bar, limit, at_least=at_least)

    assert measured.is_met == is_met
    assert measured.line().endswith("met" if is_met else "MISSED")
    assert measured.as_dict()["met"] == is_met


def test_busy_machine_is_said() -> None:
    assert describe_machine(cores=2, load=0.3) == "2 cores."
    assert "busy (load 1.9)" in describe_machine(cores=2, load=1.9)
