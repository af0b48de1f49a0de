import datetime as dt

import pytest
from taggit.models import Tag, TaggedItem

from postportal.audit.models import Entry
from postportal.search.query import parse
from postportal.search.results import search
from postportal.tags.merging import count_tagged_items, merge_tags
from postportal.tags.models import FormerSlug
from tests.factories import news, services

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


def tag(name: str) -> Tag:
    return Tag.objects.get(name=name)


def test_items_have_the_kept_tag_once() -> None:
    both = news.article(tags=["Rail", "Railway"])
    one = news.article(tags=["Railway", "Night"])
    issue = services.stamp_issue("Trains", year=2016, number=4)
    issue.tags.add("Trains")

    count = merge_tags(tag("Rail"), [tag("Railway"), tag("Trains")])

    assert count == 3
    assert [sorted(row.tags.names()) for row in (both, one, issue)] == [["Rail"], ["Night", "Rail"], ["Rail"]]
    assert TaggedItem.objects.count() == 4
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["Night", "Rail"]


def test_count_counts_each_item_once() -> None:
    news.article(tags=["Rail", "Railway"])
    news.article(tags=["Rail"])
    news.article(tags=["Night"])

    assert count_tagged_items([tag("Rail"), tag("Railway")]) == 2


def test_old_names_lead_to_the_kept_tag() -> None:
    news.article(tags=["Rail", "Éisenbahn"])
    merge_tags(tag("Rail"), [tag("Éisenbahn")])

    later = news.article(tags=["EISENBAHN"])

    assert list(later.tags.names()) == ["Rail"]


def test_old_slugs_lead_to_the_last_tag_that_was_kept() -> None:
    news.article(tags=["Rail", "Railway", "鐵路"])
    merge_tags(tag("Railway"), [tag("鐵路")])
    merge_tags(tag("Rail"), [tag("Railway")])

    assert FormerSlug.objects.current_slugs(["railway", "鐵路", "rail"]) == {"railway": "rail", "鐵路": "rail"}


def test_slug_that_is_merged_a_second_time_leads_to_the_second_tag() -> None:
    news.article(tags=["Rail", "Railway", "Night"])
    merge_tags(tag("Rail"), [tag("Railway")])
    Tag.objects.create(name="Railways", slug="railway")
    merge_tags(tag("Night"), [tag("Railways")])

    assert FormerSlug.objects.current_slugs(["railway"]) == {"railway": "night"}


def test_merge_is_logged() -> None:
    news.article(tags=["Rail", "Railway"])
    merge_tags(tag("Rail"), [tag("Railway")])

    entry = Entry.objects.latest("number")
    assert (entry.action, entry.item_name, entry.detail) == ("merge", "Rail", "Merged into it: Railway. Items: 1")


@pytest.mark.django_db(transaction=True)
def test_search_finds_the_items_by_the_kept_tag() -> None:
    article = news.article("Letter", tags=["Railway"])
    Tag.objects.create(name="Nachtzug")
    merge_tags(tag("Nachtzug"), [tag("Railway")])

    assert [hit.pk for hit in search(parse("nachtzug"), at=AT)[0:5]] == [article.pk]
    assert search(parse("railway"), at=AT).count() == 0
