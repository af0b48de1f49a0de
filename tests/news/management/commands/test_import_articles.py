import json
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from news.imports import article_import
from news.models import Article, Mention
from tests.factories import news
from tests.news.imports.import_lines import line_data
from tests.news.management.commands.conftest import Import

pytestmark = pytest.mark.django_db
_SQLITE = """
CREATE TRIGGER refuse BEFORE INSERT ON news_article WHEN NEW.title = 'refused' BEGIN SELECT RAISE(ABORT, 'no'); END
"""
_POSTGRESQL = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF NEW.title = 'refused' THEN RAISE integrity_constraint_violation; END IF; RETURN NEW; END $$;
CREATE TRIGGER refuse BEFORE INSERT ON news_article FOR EACH ROW EXECUTE FUNCTION refuse()
"""


def test_line_becomes_a_published_article(import_articles: Import) -> None:
    output, _ = import_articles(
        line_data(
            standfirst="At last.",
            body='<h1>Open</h1><p onclick="x()">All <b>night</b>.</p><script>alert(1)</script>',
            section="Night life",
            source="Harbour Post",
            tags=["night", "Counters"],
            published="2019-05-20T20:00:00Z",
        )
    )

    article = Article.objects.get()
    assert output == (
        "line 1: left out 1 script\n"
        "1 lines: 1 created, 0 updated, 0 unchanged, 0 kept, 0 failed.\n"
        "Left out: 1 script.\n"
    )
    assert (article.external_id, article.title, article.standfirst) == ("n-1", "Counter 1 opens", "At last.")
    assert article.body == '<h2 id="s-open">Open</h2>\n<p>All <strong>night</strong>.</p>'
    assert article.body_text == "Open\nAll night."
    assert (article.section.name, str(article.source), article.language) == ("Night life", "Harbour Post", "en")
    assert sorted(tag.name for tag in article.tags.all()) == ["Counters", "night"]
    assert (article.state, article.publish_at.isoformat()) == ("published", "2019-05-20T20:00:00+00:00")
    assert article.get_absolute_url() == "/news/2019/05/21/counter-1-opens/"


def test_what_is_left_out_is_reported_for_each_line(import_articles: Import) -> None:
    output, _ = import_articles(
        line_data(external_id="a", body="<p>Clean</p>"),
        line_data(external_id="b", body='<iframe src="https://v.example"></iframe><img src="https://o.example/a.png">'),
        line_data(external_id="c", body="<video></video><iframe></iframe>"),
    )

    assert output.splitlines() == [
        "line 2: left out 1 embedded video or page, 1 picture from another site",
        "line 3: left out 1 video, 1 embedded video or page",
        "3 lines: 3 created, 0 updated, 0 unchanged, 0 kept, 0 failed.",
        "Left out: 1 video, 2 embedded videos or pages, 1 picture from another site.",
    ]


def test_same_file_again_changes_nothing(import_articles: Import) -> None:
    lines = [line_data(number, body="<p>Text.</p>", tags=["night"]) for number in range(3)]
    import_articles(*lines)
    before = list(Article.objects.order_by("pk").values())

    assert import_articles(*lines) == ("3 lines: 0 created, 0 updated, 3 unchanged, 0 kept, 0 failed.\n", "")
    assert list(Article.objects.order_by("pk").values()) == before


def test_article_is_updated_by_its_external_id_and_keeps_its_url(import_articles: Import) -> None:
    import_articles(line_data(body="Old.", tags=["night", "old"], section="News", source="Harbour Post"))

    keys = {"title": "All counters open", "body": "New.", "tags": ["Night", "new"], "section": "Messages", "source": ""}
    output, _ = import_articles(line_data(**keys))

    article = Article.objects.get()
    assert output == "1 lines: 0 created, 1 updated, 0 unchanged, 0 kept, 0 failed.\n"
    assert (article.title, article.body, article.body_text) == ("All counters open", "<p>New.</p>", "New.")
    assert (article.slug, article.section.name, article.source) == ("counter-1-opens", "Messages", None)
    assert sorted(tag.name for tag in article.tags.all()) == ["new", "night"]


@pytest.mark.parametrize(
    ("batch_size", "outcome"),
    [
        (1, "2 created, 1 updated, 0 unchanged, 0 kept"),
        (2, "2 created, 1 updated, 0 unchanged, 0 kept"),
        (500, "2 created, 0 updated, 0 unchanged, 0 kept, 1 superseded by a later line"),
    ],
)
def test_last_line_with_an_external_id_counts(import_articles: Import, batch_size: int, outcome: str) -> None:
    lines = [line_data(1), line_data(2), line_data(1, title="Last")]
    output, _ = import_articles(*lines, batch_size=batch_size)

    assert Article.objects.count() == 2
    assert Article.objects.get(external_id="n-1").title == "Last"
    assert output == f"3 lines: {outcome}, 0 failed.\n"


def test_bad_lines_are_reported_and_the_others_imported(import_articles: Import) -> None:
    output, errors = import_articles(
        line_data(1),
        b"nonsense",
        b"",
        line_data(2, published="soon"),
        b'{"external_id": "\xff"}',
        line_data(3, title=""),
        line_data(4),
        error="Failed lines: 4",
    )

    assert errors.splitlines() == [
        "line 2: not JSON: Expecting value at character 1",
        "line 4: published: not an ISO 8601 date",
        "line 5: not UTF-8 at byte 18",
        "line 6: title: missing",
    ]
    assert output == "6 lines: 2 created, 0 updated, 0 unchanged, 0 kept, 4 failed.\n"
    assert sorted(Article.objects.values_list("external_id", flat=True)) == ["n-1", "n-4"]


def test_line_that_the_database_refuses_does_not_affect_others(import_articles: Import) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)

    lines = [line_data(1, section="Night life"), line_data(2, title="refused"), line_data(3, tags=["night"])]
    output, errors = import_articles(*lines, error="Failed lines: 1")

    assert errors.startswith("line 2: the database refused it: ")
    assert output == "3 lines: 2 created, 0 updated, 0 unchanged, 0 kept, 1 failed.\n"
    assert sorted(Article.objects.values_list("external_id", flat=True)) == ["n-1", "n-3"]


def test_unknown_people_and_organizations_are_reported(import_articles: Import) -> None:
    finch = news.person("Finch", "Orla", name_order="given")
    post = news.organization("Harbour Post", abbreviation="HPO")

    output, errors = import_articles(
        line_data(1, people=["Nobody", "Orla Finch"], organizations=["HPO", "Orla Finch"]),
        line_data(2, people=["Nobody", "Somebody"]),
    )

    assert [mention.subject for mention in Mention.objects.order_by("order")] == [finch, post]
    assert output.splitlines()[1:] == [
        "Not in the directory: 2 people (Nobody 2×, Somebody 1×).",
        "Not in the directory: 1 organizations (Orla Finch 1×).",
    ]
    assert errors == ""


def test_number_of_unknown_names_is_limited(import_articles: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_import, "_MAX_UNKNOWN_NAMES", 2)

    output, _ = import_articles(line_data(people=["One", "Two", "Three"]))

    assert output.splitlines()[1] == "Not in the directory: 2 people (One 1×, Two 1×)."


def test_report_has_only_some_of_many_unknown_names(import_articles: Import) -> None:
    output, _ = import_articles(line_data(people=[f"Nobody {number}" for number in range(6)]))

    assert output.splitlines()[1].startswith("Not in the directory: 6 people (Nobody 0 1×, ")
    assert output.splitlines()[1].endswith(" …).")


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(json.dumps(line_data()).encode())))
    stdout = StringIO()

    call_command("import_articles", "-", stdout=stdout, create_sections=True)

    assert stdout.getvalue() == "1 lines: 1 created, 0 updated, 0 unchanged, 0 kept, 0 failed.\n"


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("import_articles", str(tmp_path / "missing.jsonl"))


def test_empty_file_is_no_error(import_articles: Import) -> None:
    assert import_articles()[0] == "0 lines: 0 created, 0 updated, 0 unchanged, 0 kept, 0 failed.\n"
