import re
from html import unescape

import pytest
from django.utils import timezone

from postportal.search.models import zero_result_search
from tests.factories import staff

pytestmark = pytest.mark.django_db
REPORT = "/admin/search/zeroresultsearch/"


def test_report_links_to_forms_filled_with_the_text() -> None:
    zero_result_search.count_search("gold & silver", language="en", today=timezone.localdate())
    browser = staff.sign_in(role="Editor")

    page = unescape(browser.get(REPORT).content.decode())

    urls = re.findall(r'href="([^"]*gold[^"]*)"', page)
    assert [url.partition("?")[0] for url in urls] == [
        "/search/",
        "/admin/search/synonym/add/",
        "/admin/search/pinnedresult/add/",
    ]
    for url in urls[1:]:
        assert 'value="gold &amp; silver"' in browser.get(url).content.decode()


def test_viewer_sees_the_texts_without_the_links() -> None:
    zero_result_search.count_search("gold & silver", language="en", today=timezone.localdate())

    page = staff.sign_in(role="Viewer").get(REPORT).content.decode()

    assert "gold &amp; silver" in page
    assert "/add/" not in page


def test_counts_cannot_be_added() -> None:
    assert staff.sign_in().get(f"{REPORT}add/").status_code == 403
