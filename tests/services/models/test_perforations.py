import pytest

from services.models.perforations import perforation_text, tidy_gauge


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("13", "13"),
        ("11 1/2", "11½"),
        ("13 1/2x13", "13½ × 13"),
        ("13¾*14 or 14", "13¾ × 14 or 14"),
        ("13.25 × 12.5", "13.25 × 12.5"),
        ("11/12", "11/12"),
    ],
)
def test_gauge_is_written_with_proper_signs(typed: str, tidied: str) -> None:
    assert (tidy_gauge(typed), tidy_gauge(tidied)) == (tidied, tidied)


def test_perforation_is_its_kind_and_gauge() -> None:
    assert [perforation_text(*pair) for pair in (("", ""), ("", "13"), ("line", "13½"), ("imperforate", ""))] == [
        *("", "13", "Line 13½", "Imperforate")
    ]
