import pytest
from django.test import Client

from postportal.legacy.models import Capture
from tests.postportal.legacy.captures import news_text, year_list_text
from tests.postportal.legacy.conftest import ImportText

pytestmark = pytest.mark.django_db
LIST = "/admin/legacy/capture/"


def test_captures_are_listed_searched_and_filtered(admin_client: Client, import_text: ImportText) -> None:
    import_text(news_text())
    import_text(year_list_text("Boats2018-8"))

    assert admin_client.get(LIST).content.count(b'class="field-__str__"') == 2
    assert admin_client.get(LIST, {"q": "report/1905"}).content.count(b'class="field-__str__"') == 1
    assert admin_client.get(LIST, {"kind__exact": "news"}).content.count(b'class="field-__str__"') == 1


def test_capture_links_to_its_item_and_cannot_be_changed(admin_client: Client, import_text: ImportText) -> None:
    import_text(news_text(body="<script>alert(1)</script>"))
    url = f"{LIST}{Capture.objects.get().pk}/change/"

    page = admin_client.get(url).content.decode()

    assert '<a href="/news/2019/05/20/harbour-post-opens-a-night-counter/">' in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert admin_client.post(url, {"raw_text": "x"}).status_code == 403
    assert admin_client.get(f"{LIST}add/").status_code == 403
    assert admin_client.post(f"{LIST}{Capture.objects.get().pk}/delete/", {"post": "yes"}).status_code == 403


def test_capture_of_a_list_links_to_no_item(admin_client: Client, import_text: ImportText) -> None:
    import_text(year_list_text("Boats2018-8"))

    page = admin_client.get(f"{LIST}{Capture.objects.get().pk}/change/").content.decode()

    assert '<div class="readonly">–</div>' in page


def test_list_runs_the_same_queries_for_one_capture_and_two(
    admin_client: Client, import_text: ImportText, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    # The first list after a start reads more.
    admin_client.get(LIST)
    counts = []
    for text in (news_text(), year_list_text("Boats2018-8")):
        import_text(text)
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(LIST)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[1] <= 12
