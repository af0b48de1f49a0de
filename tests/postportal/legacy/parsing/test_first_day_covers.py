import pytest

from postportal.legacy.parsing.first_day_covers import count_first_day_covers


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It will issue two FDC and two commemorative postmarks.", 2),
        ("A first-day cover and a cachet are sold.", 1),
        ("There are 12 kinds of first day covers.", 12),
        ("0 FDCs", None),
        ("First day covers are sold.", None),
    ],
)
def test_covers_are_counted_if_the_text_gives_a_number(text: str, count: int | None) -> None:
    assert count_first_day_covers(text) == count
