import pytest
from django.utils import timezone

from postportal.publishing.models import CalendarKey
from tests.factories import staff

pytestmark = pytest.mark.django_db


def test_key_belongs_to_its_account_and_is_stored_as_a_hash() -> None:
    user, other = staff.account("Editor"), staff.account("Editor")
    keys = [CalendarKey.objects.renew(each, at=timezone.now()) for each in (user, other)]

    assert [CalendarKey.objects.owner_of(key) for key in keys] == [user, other]
    assert [key for key in keys for row in CalendarKey.objects.values() if key in str(row)] == []


@pytest.mark.parametrize("key", ["", "x", "a.b.c", "A" * 43])
def test_invented_key_is_not_valid(key: str) -> None:
    CalendarKey.objects.renew(staff.account("Editor"), at=timezone.now())

    assert CalendarKey.objects.owner_of(key) is None


def test_stored_hash_is_not_a_key() -> None:
    CalendarKey.objects.renew(staff.account("Editor"), at=timezone.now())

    assert CalendarKey.objects.owner_of(CalendarKey.objects.get().digest) is None


def test_new_key_ends_the_old_one() -> None:
    user = staff.account("Editor")
    old, new = (CalendarKey.objects.renew(user, at=timezone.now()) for _ in range(2))

    assert [CalendarKey.objects.owner_of(key) for key in (old, new)] == [None, user]
    assert CalendarKey.objects.count() == 1


def test_key_ends_with_the_password() -> None:
    user = staff.account("Editor")
    key = CalendarKey.objects.renew(user, at=timezone.now())
    user.set_password("new")
    user.save()

    assert CalendarKey.objects.owner_of(key) is None
    assert CalendarKey.objects.of(user) is None


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_key_of_an_account_that_may_not_log_in_is_not_valid(field: str) -> None:
    user = staff.account("Editor")
    key = CalendarKey.objects.renew(user, at=timezone.now())
    setattr(user, field, False)
    user.save()

    assert CalendarKey.objects.owner_of(key) is None
