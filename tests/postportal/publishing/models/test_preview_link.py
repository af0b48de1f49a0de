"""Preview links: the key, and when a link ends."""

import datetime as dt

import pytest
from django.contrib.auth.models import User

from news.models import Article
from postportal.publishing.models import PreviewLink, State
from postportal.publishing.models.preview_link import KEY_LENGTH, create_link
from postportal.publishing.versions.revisions import discard_edition, open_edition
from tests.factories import editorial, news, staff

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def link_to(article: Article) -> PreviewLink:
    user = staff.account("Editor")
    link, _url = create_link(article, open_edition(article), by=user, at=NOW, expires_at=NOW + DAY)
    return link


@pytest.fixture
def draft() -> Article:
    return editorial.draft_article("Night mail", by=staff.account("Editor"))


def test_link_is_found_by_its_key_which_is_not_stored(draft: Article) -> None:
    link, url = create_link(draft, None, by=staff.account("Editor"), at=NOW, expires_at=NOW + DAY)
    key = url.strip("/").split("/")[-1]

    assert len(key) == KEY_LENGTH
    assert list(PreviewLink.objects.with_key(key)) == [link]
    assert list(PreviewLink.objects.with_key(link.digest)) == []
    assert key not in map(str, vars(link).values())


@pytest.mark.parametrize(("offset", "is_usable"), [(-1, True), (0, False), (1, False)])
def test_link_expires_to_the_second(draft: Article, offset: int, is_usable: bool) -> None:
    link, at = link_to(draft), NOW + DAY + dt.timedelta(seconds=offset)

    assert link.is_usable(at) is is_usable
    assert PreviewLink.objects.usable(at).exists() is is_usable


def test_revoked_link_ends(draft: Article) -> None:
    link = link_to(draft)
    link.revoked_at = NOW
    link.save()

    assert (link.is_usable(NOW), PreviewLink.objects.usable(NOW).exists()) == (False, False)


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_link_ends_with_the_account_that_made_it(draft: Article, field: str) -> None:
    link = link_to(draft)
    User.objects.filter(pk=link.created_by_id).update(**{field: False})
    closed = PreviewLink.objects.get(pk=link.pk).is_usable(NOW)
    User.objects.filter(pk=link.created_by_id).delete()
    deleted = PreviewLink.objects.get(pk=link.pk).is_usable(NOW)

    assert (link.is_usable(NOW), closed, deleted) == (True, False, False)


def test_link_ends_with_its_edition(draft: Article) -> None:
    link = link_to(draft)
    assert link.edition is not None

    discard_edition(link.edition)

    assert not link.is_usable(NOW)


@pytest.mark.parametrize(
    ("state", "is_usable"), [(State.DRAFT, True), (State.SCHEDULED, True), (State.PUBLISHED, False)]
)
def test_link_without_an_edition_ends_with_the_publication(state: State, is_usable: bool) -> None:
    article = news.article(state=state, publish_at=NOW + DAY)

    assert link_to(article).is_usable(NOW) is is_usable


def test_link_to_a_deleted_item_ends(draft: Article) -> None:
    link = link_to(draft)
    Article.objects.filter(pk=draft.pk).delete()

    assert not PreviewLink.objects.get(pk=link.pk).is_usable(NOW)
