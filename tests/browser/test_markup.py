import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.pages import PAGES

pytestmark = pytest.mark.browser


def fetch(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_public_pages_are_valid_html(portal: str, validator: Callable[[Path], list[str]], tmp_path: Path) -> None:
    statuses = {}
    for number, page in enumerate(PAGES):
        statuses[page.path], html = fetch(portal + page.path)
        (tmp_path / f"{number:03}-{page.name.replace(':', '-')}.html").write_text(html, encoding="utf-8")

    assert statuses == {page.path: page.status for page in PAGES}
    assert validator(tmp_path) == []
