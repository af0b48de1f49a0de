import pytest

from postportal.legacy.parsing.old_urls import OldUrl, read_url


@pytest.mark.parametrize(
    ("line", "host", "path"),
    [
        ("http://Old.Example/html1/report/1.htm", "old.example", "/html1/report/1.htm"),
        ("https://old.example", "old.example", "/"),
        ("URL: <http://old.example:8080/a?id=7&x=1>", "old.example", "/a?id=7&x=1"),
        ("old.example/html1/stamp/3-1.htm", "old.example", "/html1/stamp/3-1.htm"),
        ("网址：http://old.example/a", "old.example", "/a"),
    ],
)
def test_url_is_read_in_every_form(line: str, host: str, path: str) -> None:
    assert read_url(line) == OldUrl(host, path)


@pytest.mark.parametrize(
    "line", ["", "A title", "Meet us at old.example/fair today", "http://", "http:///a", "http://[", "8/10"]
)
def test_other_lines_are_no_urls(line: str) -> None:
    assert read_url(line) is None


@pytest.mark.parametrize(
    ("path", "folder"),
    [("/html1/report/2001/3218-1.htm", "report"), ("/en/html2/stamp/1.htm", "stamp"), ("/", ""), ("/1.htm", "")],
)
def test_folder_of_a_page_is_read(path: str, folder: str) -> None:
    assert OldUrl("old.example", path).folder == folder


@pytest.mark.parametrize(
    ("path", "number"), [("/report/5854-2.htm", 2), ("/report/5854-1.htm", 1), ("/report/5854.htm", 1), ("/", 1)]
)
def test_page_number_is_read(path: str, number: int) -> None:
    assert OldUrl("old.example", path).page_number == number


def test_first_page_is_found_in_both_spellings() -> None:
    assert OldUrl("old.example", "/a/5854-2.htm").first_pages() == ["/a/5854-1.htm", "/a/5854.htm"]
