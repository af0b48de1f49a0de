import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from news.models import Organization, Succession
from tests.factories import news

pytestmark = pytest.mark.django_db


def refusals(before: Organization, after: Organization, year: int | None = None, **fields: Any) -> dict[str, list[str]]:
    """Return the errors of the succession, which is saved if there are none."""
    happened_on = dt.date(year, 7, 1) if year else None
    row = Succession(predecessor=before, successor=after, happened_on=happened_on, **fields)
    try:
        row.full_clean()
    except ValidationError as error:
        return error.message_dict
    row.save()
    return {}


def test_organization_can_be_renamed_back_and_again() -> None:
    post, mail = news.organization("Post"), news.organization("Mail")

    assert [refusals(post, mail, 2000), refusals(mail, post, 2005), refusals(post, mail, 2010)] == [{}, {}, {}]
    assert refusals(post, mail, 2010)["__all__"] == ["This successor is already listed with this date."]


def test_successor_cannot_lead_back_to_the_predecessor() -> None:
    post, mail, bureau = (news.organization(name) for name in ("Post", "Mail", "Bureau"))
    assert (refusals(post, mail), refusals(mail, bureau)) == ({}, {})

    text = "Post came before {}. If it was renamed back, enter the date of each change."
    assert refusals(mail, post) == {"successor": [text.format("Mail")]}
    assert refusals(bureau, post, 2000) == {"successor": [text.format("Bureau")]}


def test_changes_of_a_circle_must_follow_each_other() -> None:
    post, mail, bureau = (news.organization(name) for name in ("Post", "Mail", "Bureau"))
    assert (refusals(post, mail, 2000), refusals(mail, bureau, 1995)) == ({}, {})

    assert "successor" in refusals(bureau, post, 2010)
    assert refusals(bureau, post, 1997) == {}


def test_change_of_the_same_day_is_no_return() -> None:
    post, mail = news.organization("Post"), news.organization("Mail")
    assert refusals(post, mail, 2000) == {}

    assert "successor" in refusals(mail, post, 2000)


def test_both_organizations_exist_on_the_day() -> None:
    old = news.organization("Old Post", dissolved_on=dt.date(2007, 1, 1), dissolved_precision="year")
    new = news.organization("New Post", founded_on=dt.date(2007, 9, 1))

    assert refusals(old, new, 2008, happened_precision="year") == {}
    Succession.objects.all().delete()
    assert refusals(old, new, 2008) == {"happened_on": ["Old Post was dissolved earlier: 2007."]}
    assert refusals(old, new, 2007) == {"happened_on": ["New Post was founded later: 1 September 2007."]}
    assert refusals(old, new, 2007, happened_precision="year") == {}


def test_database_refuses_the_same_succession_twice() -> None:
    ends = {"predecessor": news.organization(), "successor": news.organization()}
    for happened_on in (None, dt.date(2000, 1, 1)):
        Succession.objects.create(**ends, happened_on=happened_on)
        with pytest.raises(IntegrityError), transaction.atomic():
            Succession.objects.create(**ends, happened_on=happened_on)
