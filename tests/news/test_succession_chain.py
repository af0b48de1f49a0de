import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from news.models import Organization, Succession
from news.succession_chain import chain_of, public_successions, steps_of
from tests.factories import news

pytestmark = pytest.mark.django_db


def link(before: Organization, after: Organization, year: int, kind: str = "renamed") -> Succession:
    day = dt.date(year, 1, 1)
    return Succession.objects.create(
        predecessor=before, successor=after, kind=kind, happened_on=day, happened_precision="year"
    )


def words(organization: Organization) -> list[tuple[str, str, str]]:
    chain = chain_of(organization, list(public_successions(timezone.now())))
    return [(str(before), str(after), change) for before, after, change in steps_of(chain)]


def test_chain_is_read_over_several_steps() -> None:
    office, bureau, ministry, post = (news.organization(name) for name in ("Office", "Bureau", "Ministry", "Post"))
    link(bureau, ministry, 1949, "merged")
    link(office, bureau, 1912)
    link(ministry, post, 1998, "split")
    steps = [
        ("Office", "Bureau", "renamed, 1912"),
        ("Bureau", "Ministry", "merged into, 1949"),
        ("Ministry", "Post", "split off, 1998"),
    ]

    assert [words(row) for row in (office, bureau, post)] == [steps, steps, steps]


def test_siblings_are_not_in_the_chain() -> None:
    ministry, post, telecom = (news.organization(name) for name in ("Ministry", "Post", "Telecom"))
    link(ministry, post, 1998, "split")
    link(ministry, telecom, 1998, "split")

    assert words(post) == [("Ministry", "Post", "split off, 1998")]


def test_name_that_came_back_ends_the_chain() -> None:
    post, group = news.organization("Post"), news.organization("Group")
    link(post, group, 2001)
    link(group, post, 2010)

    assert words(post) == [("Post", "Group", "renamed, 2001"), ("Group", "Post", "renamed, 2010")]


def test_hidden_organizations_are_left_out() -> None:
    post, hidden, before = news.organization("Post"), news.organization(publish_at=None), news.organization("Old")
    link(before, hidden, 1990)
    link(hidden, post, 2000)

    assert words(post) == []


def test_page_shows_the_chain_if_it_is_longer_than_the_facts(client: Client) -> None:
    old, mid, new = (news.organization(name) for name in ("Old Post", "Mid Post", "New Post"))
    link(old, mid, 1990)
    assert client.get("/organizations/mid-post/").context["chain"] == []
    link(mid, new, 2000)

    assert [change for *_, change in client.get("/organizations/new-post/").context["chain"]] == [
        "renamed, 1990",
        "renamed, 2000",
    ]


def test_change_cannot_be_typed_ahead() -> None:
    row = Succession(predecessor=news.organization(), successor=news.organization(), happened_on=dt.date(2036, 1, 1))

    with pytest.raises(ValidationError, match="on its day"):
        row.full_clean()
