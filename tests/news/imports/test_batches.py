from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.imports.batches import BatchWriter, to_clean_html
from news.models import Article
from postportal.outbox import routes
from postportal.outbox.models import OutboxEvent
from postportal.pages.models import Redirect
from tests.news.imports.import_lines import article_line

pytestmark = pytest.mark.django_db


def write(*lines: dict[str, Any]) -> tuple[int, int, int]:
    """Write the lines as one batch, and return the numbers of created, updated and unchanged articles."""
    result = BatchWriter(at=timezone.now()).write([article_line(**keys) for keys in lines])
    return result.created, result.updated, result.unchanged


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("One.\n\nTwo < 3.", "<p>One.</p>\n<p>Two &lt; 3.</p>"),
        ("a <b and c> d", "<p>a &lt;b and c&gt; d</p>"),
        ("One.<br>Two.", "<p>One.<br>Two.</p>"),
        ("", ""),
    ],
)
def test_body_is_html_or_plain_text(body: str, html: str) -> None:
    assert to_clean_html(body) == html


def test_article_without_a_section_is_in_the_default_section() -> None:
    assert write({}) == (1, 0, 0)

    article = Article.objects.get()
    assert (article.section.name, article.source, article.standfirst, article.body) == ("News", None, "", "")


def test_lines_are_counted_by_outcome() -> None:
    write({"number": 1}, {"number": 2, "tags": ["night"]})
    before = Article.objects.values().get(external_id="n-1")

    assert write({"number": 1}, {"number": 2, "tags": ["day"]}, {"number": 3}) == (1, 1, 1)
    assert Article.objects.values().get(external_id="n-1") == before


def test_missing_keys_leave_the_article_unchanged() -> None:
    keys = {"standfirst": "Stand.", "section": "Messages", "source": "Post", "tags": ["night"], "language": "zh-hans"}
    write({"body": "Old.", **keys})

    assert write({}) == (0, 0, 1)
    article = Article.objects.get()
    assert (article.body, article.standfirst, article.section.name) == ("<p>Old.</p>", "Stand.", "Messages")
    assert (str(article.source), [tag.name for tag in article.tags.all()]) == ("Post", ["night"])
    assert article.language == "zh-hans"


def test_url_that_changes_with_the_date_is_redirected() -> None:
    write({})

    write({"published": "2019-05-21"})

    redirect = Redirect.objects.get()
    assert (redirect.old_host, redirect.old_path) == ("", "/news/2019/05/20/counter-1-opens/")
    assert redirect.target == Article.objects.get()


def test_articles_of_one_day_and_title_get_different_slugs() -> None:
    write({"number": 1, "title": "Night"}, {"number": 2, "title": "Night"})
    write({"number": 3, "title": "Night"})

    assert list(Article.objects.order_by("pk").values_list("slug", flat=True)) == ["night", "night-2", "night-3"]


def test_changed_articles_are_added_to_the_outbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(routes.ROUTES, "news.article", [])
    write({"number": 1, "tags": ["a"], "body": "x"}, {"number": 2}, {"number": 3})
    pks = dict(Article.objects.values_list("external_id", "pk"))
    events = OutboxEvent.objects.filter(model_label="news.article").values_list("object_id", flat=True)
    assert sorted(events.all()) == sorted(pks.values())
    OutboxEvent.objects.all().delete()

    write({"number": 1, "tags": ["b"], "body": "y"}, {"number": 2, "tags": ["c"]}, {"number": 3})

    assert sorted(set(events.all())) == [pks["n-1"], pks["n-2"]]


def test_query_count_does_not_depend_on_the_number_of_lines() -> None:
    counts = []
    for first, last in ((0, 10), (10, 110)):
        lines = [{"number": n, "tags": ["night"], "section": "News", "people": ["X Y"]} for n in range(first, last)]
        with CaptureQueriesContext(connection) as queries:
            write(*lines)
        counts.append(len(queries))

    assert counts[1] <= counts[0]
