from typing import Any

import pytest
from django.core import serializers
from taggit.models import Tag

from postportal.outbox.models import OutboxEvent
from tests.factories import news, services

pytestmark = pytest.mark.django_db


def enqueued_after(action: Any) -> list[tuple[str, int]]:
    """Return the objects that `action` adds to the outbox, each once."""
    OutboxEvent.objects.all().delete()
    action()
    return sorted(set(OutboxEvent.objects.values_list("model_label", "object_id")))


def test_saved_and_deleted_rows_are_enqueued() -> None:
    article = news.article()
    pk = article.pk

    assert enqueued_after(article.save) == [("news.article", pk)]
    assert enqueued_after(article.delete) == [("news.article", pk)]


def test_changed_child_row_enqueues_its_parent() -> None:
    person = news.person()
    name = person.names.create(name="Former Name")

    assert enqueued_after(name.save) == [("news.person", person.pk)]
    assert enqueued_after(name.delete) == [("news.person", person.pk)]


def test_renamed_tag_enqueues_the_rows_that_have_it() -> None:
    tagged = [news.article(tags=["rail"]), news.article(tags=["rail", "sea"])]
    news.article(tags=["sea"])
    issue = services.stamp_issue(tags=["rail"])
    tag = Tag.objects.get(name="rail")

    expected = [*(("news.article", article.pk) for article in tagged), ("services.stampissue", issue.pk)]
    assert enqueued_after(tag.save) == expected
    assert enqueued_after(tag.delete) == expected


def test_new_tag_enqueues_nothing() -> None:
    news.article(tags=["rail"])

    assert enqueued_after(lambda: Tag.objects.create(name="sea")) == []


def test_tagging_enqueues_the_item() -> None:
    article = news.article()

    assert enqueued_after(lambda: article.tags.add("rail")) == [("news.article", article.pk)]
    assert enqueued_after(article.tags.clear) == [("news.article", article.pk)]


def test_loaded_fixtures_are_not_enqueued() -> None:
    article = news.article()
    [loaded] = serializers.deserialize("json", serializers.serialize("json", [article]))

    assert enqueued_after(loaded.save) == []
