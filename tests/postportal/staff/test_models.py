import datetime as dt

import pytest
from django.contrib.auth.models import User

from news.models import Article
from postportal.pages.models import Page
from postportal.staff.models import MAX_AUTOSAVE_AGE, MAX_AUTOSAVES_PER_USER, Autosave
from tests.factories import staff

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 20, 8, tzinfo=dt.UTC)


def store(user: User, number: int, *, key: int | None = 1, data: str = "title=x", at: dt.datetime = NOW) -> Autosave:
    return Autosave.objects.store(Article, key, user=user, form_key=f"{number:032x}", data=data, at=at)


def test_second_autosave_of_a_form_replaces_the_first() -> None:
    user = staff.account()

    store(user, 1, data="title=one")
    store(user, 1, data="title=two", at=NOW + dt.timedelta(minutes=1))

    assert list(Autosave.objects.values_list("data", "saved_at")) == [("title=two", NOW + dt.timedelta(minutes=1))]


def test_old_autosaves_of_the_user_are_deleted() -> None:
    user, other = staff.account(), staff.account()
    long_ago = NOW - MAX_AUTOSAVE_AGE - dt.timedelta(seconds=1)
    store(user, 1, at=long_ago)
    store(user, 2, at=NOW - MAX_AUTOSAVE_AGE)
    store(other, 3, at=long_ago)

    store(user, 4)

    assert sorted(Autosave.objects.values_list("form_key", flat=True)) == [f"{number:032x}" for number in (2, 3, 4)]


def test_oldest_autosaves_beyond_the_limit_of_the_user_are_deleted() -> None:
    user, other = staff.account(), staff.account()
    store(other, 999)
    for number in range(MAX_AUTOSAVES_PER_USER + 2):
        store(user, number, at=NOW + dt.timedelta(seconds=number))

    keys = Autosave.objects.filter(user=user).newest_first().values_list("form_key", flat=True)
    assert (len(keys), list(keys)[-1]) == (MAX_AUTOSAVES_PER_USER, f"{2:032x}")
    assert Autosave.objects.filter(user=other).count() == 1


def test_autosaves_are_filtered_by_item_and_user() -> None:
    user = staff.account()
    own, of_new_item = store(user, 1), store(user, 2, key=None)
    others = store(staff.account(), 3)

    assert list(Autosave.objects.of(Article, 1, user=user)) == [own]
    assert list(Autosave.objects.of(Article, None, user=user)) == [of_new_item]
    assert set(Autosave.objects.of_object(Article, 1)) == {own, others}
    assert list(Autosave.objects.of_object(Page, 1)) == []
