import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import Article
from postportal.publishing.models import Edition, Revision
from postportal.publishing.models.edition import Stage
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.versions.imports import (
    contents_before_import,
    fingerprint_of,
    items_in_work,
    reason_to_keep,
    record_import,
)
from tests.factories import news, staff

MOMENT = dt.datetime(2019, 5, 20, 1, tzinfo=dt.UTC)


def test_fingerprint_does_not_depend_on_the_time_zone() -> None:
    local = MOMENT.astimezone(ZoneInfo("Asia/Shanghai"))

    assert fingerprint_of(Article(publish_at=MOMENT), ["publish_at"]) == fingerprint_of(
        Article(publish_at=local), ["publish_at"]
    )


def test_fingerprint_depends_on_fields_and_other_values() -> None:
    article = Article(title="Boats")
    fingerprints = {
        fingerprint_of(article, ["title"]),
        fingerprint_of(Article(title="Nets"), ["title"]),
        fingerprint_of(article, ["title"], [(1, None)]),
    }

    assert len(fingerprints) == 3


@pytest.mark.parametrize(
    ("recorded", "current", "is_in_work", "reason"),
    [
        ("a", "a", False, ""),
        ("a", "a", True, "it has unpublished changes"),
        ("a", "b", False, "edited since the import"),
        ("", "b", False, "it existed before"),
    ],
)
def test_item_is_kept_if_somebody_changed_it(recorded: str, current: str, is_in_work: bool, reason: str) -> None:
    assert reason_to_keep(recorded=recorded, current=current, is_in_work=is_in_work) == reason


@pytest.mark.django_db
def test_open_edition_of_an_editor_counts_and_one_of_an_import_does_not() -> None:
    drafted, imported, closed = (news.article() for _ in range(3))
    editor = staff.account("Editor")
    revisions.get_or_start_edition(drafted, by=editor)
    revisions.get_or_start_edition(imported, by=None)
    revisions.discard_edition(revisions.get_or_start_edition(closed, by=editor))

    assert items_in_work(Article, [drafted.pk, imported.pk, closed.pk]) == {drafted.pk}


@pytest.mark.django_db
def test_import_is_recorded_with_what_was_there_before() -> None:
    article, known = news.article("Old", tags=["night"]), news.article("Known")
    revisions.record_outside_change(known)
    before = contents_before_import([article, known])
    Article.objects.filter(pk__in=[article.pk, known.pk]).update(title="New")

    record_import(list(Article.objects.order_by("pk")), before=before)

    rows = Revision.objects.order_by("object_id", "number").values_list("object_id", "number", "kind")
    assert list(rows) == [
        *((article.pk, 1, "found"), (article.pk, 2, "imported")),
        *((known.pk, 1, "found"), (known.pk, 2, "imported")),
    ]
    old, new = Revision.objects.of(article).order_by("number")
    assert (old.content["fields"]["title"], new.content["fields"]["title"]) == ("Old", "New")
    assert old.content["tags"] == {"tags": ["night"]}


@pytest.mark.django_db
def test_import_discards_unpublished_changes_and_withdraws_approvals() -> None:
    editor, live, draft = staff.account("Editor"), news.article("Live"), news.article("Draft", state="draft")
    content = snapshots.serialize(live)
    content["fields"]["title"] = "Correction"
    revisions.record_revision(live, content, by=editor)
    edition = revisions.get_or_start_edition(draft, by=editor)
    Edition.objects.filter(pk=edition.pk).update(approved_at=MOMENT, approved_by=editor)
    before = contents_before_import([live, draft])

    record_import([live, draft], before=before)

    assert sorted(before) == [draft.pk]
    discarded, edition = Edition.objects.order_by("pk")
    assert (discarded.stage, discarded.content) == (Stage.DISCARDED, None)
    assert (edition.stage, edition.approved_at, edition.approved_by) == (Stage.DRAFT, None, None)
    kinds = Revision.objects.of(live).order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["saved", "imported"]


@pytest.mark.django_db
def test_query_count_does_not_depend_on_the_number_of_items() -> None:
    counts = []
    for number in (1, 10):
        articles = [news.article(tags=["night"]) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            record_import(articles, before=contents_before_import(articles))
        counts.append(len(queries))

    assert counts[0] == counts[1]
