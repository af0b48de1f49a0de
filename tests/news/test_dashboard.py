import datetime as dt

import pytest
from django.utils import timezone

from postportal.publishing.models import State
from postportal.richtext.link_targets import get_link_target
from postportal.staff.quick_search import search_everything
from tests.factories import news, staff

pytestmark = pytest.mark.django_db


def quick_search(text: str) -> list[tuple[str, str]]:
    """Return the text and the detail of each row that the quick search finds for an administrator."""
    groups = search_everything(text, user=staff.account(is_superuser=True), at=timezone.now(), limit=5)
    return [(item.text, item.detail) for _search, items in groups for item in items]


def test_quick_search_shows_state_and_date_of_articles() -> None:
    news.article("Night mail", dateline_on=dt.date(2021, 12, 8), state=State.DRAFT)

    assert quick_search("night") == [("Night mail", "Draft, 8 December 2021")]


@pytest.mark.parametrize("text", ["liu", "刘爱力", "ai-li", "aili liu"])
def test_quick_search_finds_people_by_all_their_names(text: str) -> None:
    news.person("Liu", "Aili", name_zh="刘爱力").names.create(name="Liu Ai-li")
    news.person("Wen", "Hao")

    assert quick_search(text) == [("Liu Aili", "刘爱力")]


@pytest.mark.parametrize("text", ["universal", "upu", "weltpostverein"])
def test_quick_search_finds_organizations_by_all_their_names(text: str) -> None:
    news.organization("Universal Postal Union", abbreviation="UPU").names.create(name="Weltpostverein")
    news.organization("Highland Railway")

    assert quick_search(text) == [("Universal Postal Union", "")]


def test_link_targets_are_the_rows_that_readers_find() -> None:
    now = timezone.now()
    news.person(slug="public")
    news.person(slug="hidden", publish_at=now + dt.timedelta(days=1))
    withdrawn = news.article(state=State.WITHDRAWN, withdrawal_reason="Wrong.")
    person, article = get_link_target("news:person_news"), get_link_target("news:article")
    assert person
    assert article

    assert person.existing_keys([("public",), ("hidden",), ("unknown",)], now) == {("public",)}
    keys = [(withdrawn.dateline_on, withdrawn.slug, language) for language in ("en", "zh-hans")]
    assert article.existing_keys(keys, now) == {keys[0]}
