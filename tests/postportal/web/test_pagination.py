import pytest
from django.http import Http404

from postportal.web.pagination import page_or_404, page_url

ROWS = list(range(45))


@pytest.mark.parametrize("number", ["", "1"])
def test_first_page_needs_no_number(number: str) -> None:
    assert list(page_or_404(ROWS, number=number).object_list) == ROWS[:20]


@pytest.mark.parametrize(
    "number",
    [
        "0",
        "4",
        "99999999",
        "abc",
        "-1",
        "1.5",
        "+2",
        "02",
        "1e0",
        "2 ",
        "１",
        "١",
        "9" * 400,
        "\x00",
        "2\n",
        "1 OR 1=1",
    ],
)
def test_every_other_page_is_not_found(number: str) -> None:
    with pytest.raises(Http404, match="This list has no page"):
        page_or_404(ROWS, number=number)


def test_empty_list_has_an_empty_first_page() -> None:
    assert list(page_or_404([], number="").object_list) == []


def test_pages_together_have_every_row_once() -> None:
    pages = [page_or_404(ROWS, number=str(n)) for n in (1, 2, 3)]

    assert [row for page in pages for row in page.object_list] == ROWS


def test_url_keeps_the_query_and_the_first_page_has_no_number() -> None:
    page = page_or_404(ROWS, number="2", query={"q": "rail & mail"})

    assert [page_url(page, n) for n in (1, 2)] == ["?q=rail+%26+mail", "?q=rail+%26+mail&page=2"]
    assert page_url(page_or_404(ROWS, number="2"), 1) == "."
