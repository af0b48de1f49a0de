import json
import sys
from collections.abc import Callable
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from news.imports import article_import
from news.models import Article, Mention, Section, Source
from postportal.outbox import routes
from postportal.outbox.models import OutboxEvent
from postportal.pages.models import Redirect
from tests.factories import news as factories

pytestmark = pytest.mark.django_db
_SQLITE = """
CREATE TRIGGER refuse BEFORE INSERT ON news_article WHEN NEW.title = 'refused' BEGIN SELECT RAISE(ABORT, 'no'); END
"""
_POSTGRESQL = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF NEW.title = 'refused' THEN RAISE integrity_constraint_violation; END IF; RETURN NEW; END $$;
CREATE TRIGGER refuse BEFORE INSERT ON news_article FOR EACH ROW EXECUTE FUNCTION refuse()
"""
Import = Callable[..., tuple[str, str]]


def line(number: int = 1, **keys: Any) -> dict[str, Any]:
    return {"external_id": f"n-{number}", "title": f"Counter {number} opens", "published": "2019-05-20", **keys}


@pytest.fixture
def bring(tmp_path: Path) -> Import:
    """Import lines (objects, or raw bytes) and return what was said on standard output and error."""

    def bring_lines(*lines: dict[str, Any] | bytes, fails: str = "", **options: Any) -> tuple[str, str]:
        file = tmp_path / "articles.jsonl"
        file.write_bytes(b"\n".join(each if isinstance(each, bytes) else json.dumps(each).encode() for each in lines))
        out, err = StringIO(), StringIO()
        if fails:
            with pytest.raises(CommandError, match=fails):
                call_command("import_articles", str(file), stdout=out, stderr=err, **options)
        else:
            call_command("import_articles", str(file), stdout=out, stderr=err, **options)
        return out.getvalue(), err.getvalue()

    return bring_lines


def test_line_becomes_a_published_article(bring: Import) -> None:
    said = bring(
        line(
            standfirst="At last.",
            body='<h1>Open</h1><p onclick="x()">All <b>night</b>.</p><script>alert(1)</script>',
            section="Night life",
            source="Harbour Post",
            tags=["night", "Counters"],
            published="2019-05-20T20:00:00Z",
        )
    )

    article = Article.objects.get()
    assert said == ("1 lines: 1 created, 0 updated, 0 unchanged, 0 failed.\n", "")
    assert (article.external_id, article.title, article.standfirst) == ("n-1", "Counter 1 opens", "At last.")
    assert article.body == '<h2 id="s-open">Open</h2>\n<p>All <strong>night</strong>.</p>'
    assert article.body_text == "Open\nAll night."
    assert (article.section.name, str(article.source), article.language) == ("Night life", "Harbour Post", "en")
    assert sorted(tag.name for tag in article.tags.all()) == ["Counters", "night"]
    assert (article.state, article.publish_at.isoformat()) == ("published", "2019-05-20T20:00:00+00:00")
    assert article.get_absolute_url() == "/news/2019/05/21/counter-1-opens/"


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("One.\n\nTwo < 3.", "<p>One.</p>\n<p>Two &lt; 3.</p>"),
        ("a <b and c> d", "<p>a &lt;b and c&gt; d</p>"),
        ("One.<br>Two.", "<p>One.<br>Two.</p>"),
        ("", ""),
        (None, ""),
    ],
)
def test_body_is_html_or_plain_text(bring: Import, body: str | None, html: str) -> None:
    bring(line(body=body))

    assert Article.objects.get().body == html


def test_section_is_news_where_none_is_named(bring: Import) -> None:
    bring(line())

    article = Article.objects.get()
    assert (article.section.name, article.source, article.standfirst, article.body) == ("News", None, "", "")


def test_same_file_again_changes_nothing(bring: Import) -> None:
    lines = [line(number, body="<p>Text.</p>", tags=["night"]) for number in range(3)]
    bring(*lines)
    before = list(Article.objects.order_by("pk").values())

    assert bring(*lines) == ("3 lines: 0 created, 0 updated, 3 unchanged, 0 failed.\n", "")
    assert list(Article.objects.order_by("pk").values()) == before


def test_article_is_updated_by_its_external_number_and_keeps_its_address(bring: Import) -> None:
    bring(line(body="Old.", tags=["night", "old"], section="News", source="Harbour Post"))

    said = bring(line(title="All counters open", body="New.", tags=["Night", "new"], section="Messages", source=""))

    article = Article.objects.get()
    assert said[0] == "1 lines: 0 created, 1 updated, 0 unchanged, 0 failed.\n"
    assert (article.title, article.body, article.body_text) == ("All counters open", "<p>New.</p>", "New.")
    assert (article.slug, article.section.name, article.source) == ("counter-1-opens", "Messages", None)
    assert sorted(tag.name for tag in article.tags.all()) == ["new", "night"]


def test_keys_that_are_missing_leave_the_article_as_it_is(bring: Import) -> None:
    bring(line(body="Old.", standfirst="Stand.", section="Messages", source="Post", tags=["night"], language="zh-hans"))

    assert bring(line())[0] == "1 lines: 0 created, 0 updated, 1 unchanged, 0 failed.\n"
    article = Article.objects.get()
    assert (article.body, article.standfirst, article.section.name) == ("<p>Old.</p>", "Stand.", "Messages")
    assert (str(article.source), [tag.name for tag in article.tags.all()]) == ("Post", ["night"])
    assert article.language == "zh-hans"


def test_address_that_changes_with_the_day_is_redirected(bring: Import) -> None:
    bring(line())

    bring(line(published="2019-05-21"))

    redirect = Redirect.objects.get()
    assert (redirect.old_host, redirect.old_path) == ("", "/news/2019/05/20/counter-1-opens/")
    assert redirect.target == Article.objects.get()


def test_two_articles_of_one_day_and_title_stand_side_by_side(bring: Import) -> None:
    bring(line(1, title="Night"), line(2, title="Night"), line(3, title="Night"), batch_size=2)

    assert list(Article.objects.order_by("pk").values_list("slug", flat=True)) == ["night", "night-2", "night-3"]


@pytest.mark.parametrize("batch_size", [1, 2, 500])
def test_number_that_comes_twice_is_one_article_and_the_last_line_counts(bring: Import, batch_size: int) -> None:
    said, _ = bring(line(1), line(2), line(1, title="Last"), batch_size=batch_size)

    assert Article.objects.count() == 2
    assert Article.objects.get(external_id="n-1").title == "Last"
    assert (
        said
        == {
            1: "3 lines: 2 created, 1 updated, 0 unchanged, 0 failed.\n",
            2: "3 lines: 2 created, 1 updated, 0 unchanged, 0 failed.\n",
            500: "3 lines: 2 created, 0 updated, 0 unchanged, 1 superseded by a later line, 0 failed.\n",
        }[batch_size]
    )


def test_bad_lines_are_reported_and_the_rest_goes_on(bring: Import) -> None:
    out, err = bring(
        line(1),
        b"nonsense",
        b"",
        line(2, published="soon"),
        b'{"external_id": "\xff"}',
        line(3, title=""),
        line(4),
        fails="4 lines failed",
    )

    assert err.splitlines() == [
        "line 2: no JSON: Expecting value at character 1",
        "line 4: published: not an ISO 8601 date",
        "line 5: not UTF-8 at byte 18",
        "line 6: title: missing",
    ]
    assert out == "6 lines: 2 created, 0 updated, 0 unchanged, 4 failed.\n"
    assert sorted(Article.objects.values_list("external_id", flat=True)) == ["n-1", "n-4"]


def test_line_that_the_database_refuses_takes_no_other_with_it(bring: Import) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)

    out, err = bring(
        line(1, section="Night life"), line(2, title="refused"), line(3, tags=["night"]), fails="1 lines failed"
    )

    assert err.startswith("line 2: the database refused it: ")
    assert out == "3 lines: 2 created, 0 updated, 0 unchanged, 1 failed.\n"
    assert sorted(Article.objects.values_list("external_id", flat=True)) == ["n-1", "n-3"]


def test_names_in_whatever_case_are_the_ones_that_are_there(bring: Import) -> None:
    section, source = factories.section("Night life"), factories.source("Harbour Post")
    source.aliases.create(name="HP News")
    Tag.objects.create(name="Night")

    bring(
        line(1, section="NIGHT LIFE", source="harbour post", tags=["night"]),
        line(2, section="night life", source="hp news", tags=["NIGHT", "Day"]),
        line(3, source="Other", tags=["day"]),
    )

    articles = Article.objects.order_by("external_id")
    assert [article.section for article in articles][:2] == [section, section]
    assert [str(article.source) for article in articles] == ["Harbour Post", "Harbour Post", "Other"]
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["Day", "Night"]
    assert (Section.objects.count(), Source.objects.count()) == (2, 2)


def test_known_people_and_organizations_are_linked_and_others_counted(bring: Import) -> None:
    finch = factories.person("Finch", "Orla", name_order="given")
    finch.names.create(name="O. B. Finch")
    post = factories.organization("Harbour Post", abbreviation="HPO")
    factories.article("Elsewhere")

    out, err = bring(
        line(1, people=["o. b. finch", "Nobody", "Orla Finch"], organizations=["HPO", "Orla Finch"]),
        line(2, people=["Nobody", "Somebody"]),
    )

    assert [(each.subject, each.label, each.order) for each in Mention.objects.order_by("order")] == [
        (finch, "o. b. finch", 0),
        (post, "HPO", 1),
    ]
    assert out.splitlines()[1:] == [
        "Not in the register: 2 people (Nobody 2×, Somebody 1×).",
        "Not in the register: 1 organizations (Orla Finch 1×).",
    ]
    assert err == ""


def test_links_of_editors_stay_and_new_ones_follow(bring: Import) -> None:
    finch, tang = factories.person("Finch", "Orla", name_order="given"), factories.person("Tang", "Mei")
    bring(line(people=["Orla Finch"]))

    said, _ = bring(line(people=["Orla Finch", "Tang Mei"]))

    assert said == "1 lines: 0 created, 1 updated, 0 unchanged, 0 failed.\n"
    assert [each.subject for each in Mention.objects.order_by("order")] == [finch, tang]


def test_outbox_is_told_once_of_each_article_that_changed(bring: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(routes.ROUTES, "news.article", [])
    bring(line(1, tags=["a"], body="x"), line(2), line(3))
    pks = dict(Article.objects.values_list("external_id", "pk"))
    events = OutboxEvent.objects.filter(model_label="news.article").values_list("object_id", flat=True)
    assert sorted(events.all()) == sorted(pks.values())
    OutboxEvent.objects.all().delete()

    bring(line(1, tags=["b"], body="y"), line(2, tags=["c"]), line(3))

    assert sorted(set(events.all())) == [pks["n-1"], pks["n-2"]]


def test_hundred_articles_take_few_questions(bring: Import) -> None:
    lines = [line(n, body="Text.", tags=["night"], section="News", source="Post", people=["X Y"]) for n in range(100)]
    with CaptureQueriesContext(connection) as queries:
        bring(*lines)

    assert len(queries) <= 60


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(json.dumps(line()).encode())))
    out = StringIO()

    call_command("import_articles", "-", stdout=out)

    assert out.getvalue() == "1 lines: 1 created, 0 updated, 0 unchanged, 0 failed.\n"


def test_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("import_articles", str(tmp_path / "missing.jsonl"))


def test_empty_file_is_no_error(bring: Import) -> None:
    assert bring()[0] == "0 lines: 0 created, 0 updated, 0 unchanged, 0 failed.\n"


def test_endless_names_are_not_all_remembered(bring: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_import, "_MAX_UNKNOWN_NAMES", 2)

    out, _ = bring(line(people=["One", "Two", "Three"]))

    assert out.splitlines()[1] == "Not in the register: 2 people (One 1×, Two 1×)."


def test_many_unknown_names_are_cut_in_the_report(bring: Import) -> None:
    out, _ = bring(line(people=[f"Nobody {number}" for number in range(6)]))

    assert out.splitlines()[1].startswith("Not in the register: 6 people (Nobody 0 1×, ")
    assert out.splitlines()[1].endswith(" …).")
