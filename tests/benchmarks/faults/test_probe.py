"""Access to the database of the portal under test."""

import pytest

from benchmarks.faults import probe
from news.models import Article
from postportal.audit.models import Entry
from postportal.publishing.models import Revision, State
from postportal.publishing.workflow import steps
from tests.factories import editorial, images, staff

pytestmark = pytest.mark.django_db


def test_set_up_returns_the_keys_of_the_rows_that_forms_need() -> None:
    keys = probe.set_up("secret")

    assert sorted(keys) == ["organization", "people", "section"]
    assert len(keys["people"]) == 2


def test_report_has_the_text_and_revisions_of_each_story() -> None:
    article = editorial.draft_article("Story s1", by=staff.account("Editor"))
    steps.perform("force", article, by=staff.account(is_superuser=True), reason="It cannot wait.")

    [story] = probe.report()["stories"]

    assert (story["title"], story["text"]["standfirst"], story["is_published"]) == ("Story s1", "By rail.", True)
    assert [text["standfirst"] for text in story["revisions"]] == ["By rail."]
    assert (story["entries"], story["waiting"] > 0) == (Entry.objects.filter(action="force-publish").count(), True)


def test_revision_of_a_missing_article_and_missing_picture_are_problems() -> None:
    article = editorial.draft_article("Story s1", by=staff.account("Editor"))
    picture = images.image("Noise")
    picture.file.storage.delete(picture.file.name)
    Article.objects.filter(pk=article.pk, state=State.DRAFT).delete()

    problems = probe.report()["faults"]

    assert f"{Revision.objects.count()} × publishing.Revision without an article" in problems
    assert f"incomplete: {picture.file.name}" in problems


def test_delivery_empties_the_outbox() -> None:
    editorial.draft_article("Story s1", by=staff.account("Editor"))
    assert probe.report()["waiting"] > 0

    probe.deliver()

    assert probe.report()["waiting"] == 0
