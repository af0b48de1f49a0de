import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from taggit.models import Tag

from news.imports.batches import BatchResult, BatchWriter
from news.models import Article, Section, Source
from postportal.outbox import routes
from postportal.outbox.models import OutboxEvent
from postportal.pages.models import Redirect
from postportal.publishing.models import Edition, Revision
from postportal.publishing.workflow.updates import Update, updates_of
from tests.factories import editorial, news, staff
from tests.news.imports.import_lines import article_line

pytestmark = pytest.mark.django_db


def write(*lines: dict[str, Any]) -> tuple[int, int, int]:
    """Write the lines as one batch, and return the numbers of created, updated and unchanged articles."""
    result = BatchWriter(at=timezone.now(), create_sections=True).write([article_line(**keys) for keys in lines])
    return result.created, result.updated, result.unchanged


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


def test_folded_title_follows_the_title() -> None:
    write({"title": "Résumé"})
    first = Article.objects.get().folded_title

    write({"title": "Café"})

    assert (first, Article.objects.get().folded_title) == ("resume", "cafe")


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


def outcome(*lines: dict[str, Any], **options: Any) -> BatchResult:
    return BatchWriter(at=timezone.now(), create_sections=True, **options).write(
        [article_line(**keys) for keys in lines]
    )


def test_what_an_editor_changed_is_kept_until_it_is_overwritten() -> None:
    lines: list[dict[str, Any]] = [{"number": 1, "body": "Rout."}, {"number": 2}]
    write(*lines)
    article = Article.objects.get(external_id="n-1")
    article.body = "<p>Route.</p>"
    article.save()

    assert outcome(*lines).kept == {1: "edited since the import"}
    assert Article.objects.get(external_id="n-1").body == "<p>Route.</p>"

    result = outcome(*lines, overwrite=True)

    assert (result.updated, result.unchanged, result.kept) == (1, 1, {})
    assert Article.objects.get(external_id="n-1").body == "<p>Rout.</p>"
    contents = Revision.objects.of(article).order_by("number").values_list("kind", "content__fields__body")
    assert list(contents) == [("found", "<p>Route.</p>"), ("imported", "<p>Rout.</p>")]
    # From now on it is the import's again.
    assert outcome({"number": 1, "body": "Route 7."}).updated == 1


@pytest.mark.parametrize("change", ["tag", "mention", "state", "correction"])
def test_every_change_of_an_editor_counts(change: str) -> None:
    write({"tags": ["night"]})
    article = Article.objects.get()
    if change == "tag":
        article.tags.add("corrected")
    elif change == "mention":
        news.mention(news.person(), article=article)
    elif change == "state":
        Article.objects.update(state="unpublished", withdrawal_reason="A court order.")
    else:
        Article.objects.update(correction="It was Monday.", correction_on="2026-01-01")

    assert outcome({"tags": ["night"], "body": "Old."}).kept == {1: "edited since the import"}


def test_article_that_editors_wrote_is_kept() -> None:
    news.article("Written here", external_id="n-1")

    assert outcome({}).kept == {1: "it existed before"}


def test_unpublished_changes_are_kept_and_discarded_by_an_overwrite() -> None:
    write({"body": "Rout."})
    article = Article.objects.get()
    editorial.correction(article, by=staff.account("Editor"), body="<p>Route.</p>")

    assert outcome({"body": "New."}).kept == {1: "it has unpublished changes"}
    assert outcome({"body": "Rout."}).kept == {}

    assert outcome({"body": "New."}, overwrite=True).updated == 1
    assert (Article.objects.get().body, Edition.objects.get().stage) == ("<p>New.</p>", "discarded")
    kinds = Revision.objects.of(article).order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["found", "saved", "imported"]


def test_overwritten_article_is_shown_as_updated() -> None:
    write({"body": "Old."})
    Article.objects.update(change_note="Typo corrected")
    assert Article.objects.get().updated_at is None

    at = timezone.now()
    BatchWriter(at=at).write([article_line(body="New.")])

    article = Article.objects.get()
    assert (article.updated_at, article.change_note) == (at, "")
    assert updates_of(article) == [Update(at, "")]
    BatchWriter(at=timezone.now()).write([article_line(body="New.")])
    assert Article.objects.get().updated_at == at


def test_update_of_the_other_system_is_shown_and_never_moves_back() -> None:
    keys = {"body": "Old.", "updated": "2019-06-01T00:00:00Z"}
    write(keys)
    assert str(Article.objects.get().updated_at) == "2019-06-01 00:00:00+00:00"
    assert write(keys) == (0, 0, 1)

    write({**keys, "body": "New.", "updated": "2019-07-01T00:00:00Z"})
    assert str(Article.objects.get().updated_at) == "2019-07-01 00:00:00+00:00"
    write({**keys, "body": "Newer."})
    assert Article.objects.get().updated_at > timezone.now() - dt.timedelta(minutes=5)  # type: ignore[operator]
    assert write({**keys, "body": "Newer."}) == (0, 0, 1)


def test_unknown_section_fails_only_its_line() -> None:
    news.section("Messages")
    lines = [article_line(section="messages"), article_line(2, section="Mesages"), article_line(3)]

    result = BatchWriter(at=timezone.now()).write(lines)

    assert (result.created, list(result.refused)) == (1, [2, 3])
    assert result.refused[2].startswith("section: there is no section “Mesages”")
    assert Section.objects.count() == 1


def test_slug_is_used_and_a_number_is_no_change() -> None:
    write({"number": 1, "slug": "night"}, {"number": 2, "slug": "night"})

    assert list(Article.objects.order_by("pk").values_list("slug", flat=True)) == ["night", "night-2"]
    assert write({"number": 1, "slug": "night"}, {"number": 2, "slug": "night"}) == (0, 0, 2)
    assert write({"number": 2, "slug": "day"}) == (0, 1, 0)
    assert Redirect.objects.get().old_path == "/news/2019/05/20/night-2/"


def test_other_columns_are_written() -> None:
    write({"credit": "Harbour Post", "location": "Sandy Bay", "state": "draft"})

    article = Article.objects.get()
    assert (article.credit, article.location, article.state, article.publish_at) == (
        "Harbour Post",
        "Sandy Bay",
        "draft",
        None,
    )


def test_updates_cost_the_same_queries_for_any_number_of_lines() -> None:
    numbers = range(110)
    write(*({"number": n} for n in numbers))
    counts = []
    for first, last in ((0, 10), (10, 110)):
        lines = [
            {"number": n, "body": "New.", "tags": ["x"], "old_url": f"/old/{n}", "translation_of": "n-0"}
            for n in range(first, last)
        ]
        with CaptureQueriesContext(connection) as queries:
            write(*lines)
        counts.append(len([query for query in queries if "bulk" not in query["sql"]]))

    assert counts[1] <= counts[0]


def test_query_count_does_not_depend_on_the_number_of_lines() -> None:
    counts = []
    for first, last in ((0, 10), (10, 110)):
        lines = [{"number": n, "tags": ["night"], "section": "News", "people": ["X Y"]} for n in range(first, last)]
        with CaptureQueriesContext(connection) as queries:
            write(*lines)
        counts.append(len(queries))

    assert counts[1] <= counts[0]


def test_lines_that_are_refused_or_kept_create_no_tags_and_sources() -> None:
    news.section("News")
    write({"number": 1}, {"number": 2})
    Article.objects.filter(external_id="n-2").update(title="By an editor")
    new = {"tags": ["Night"], "source": "The Lamp"}
    lines = [article_line(3, section="Mesages", **new), article_line(2, title="Other", **new)]
    writer = BatchWriter(at=timezone.now())

    result = writer.write(lines)

    assert (list(result.refused), list(result.kept)) == ([3], [2])
    assert not Tag.objects.exists()
    assert not Source.objects.exists()
    assert writer.write([article_line(4, **new)]).created == 1
    assert [tag.name for tag in Article.objects.get(external_id="n-4").tags.all()] == ["Night"]
