"""People without a password choose one by themselves, after they have proved to be there."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.staff.ways_in import can_log_in, remove_passkey
from tests.factories import staff
from tests.postportal.staff.passkey_browsers import SecureClient, answer_of, clock, with_passkey

pytestmark = pytest.mark.django_db
__all__ = ["clock"]
URL, ACCOUNT, NEW = "/admin/account/password/", "/admin/account/", "grue-Mast-71-fen"
CHOSEN = {"new_password1": NEW, "new_password2": NEW}


def without_password(user: User) -> User:
    user.set_unusable_password()
    user.save()
    return user


def has_password(user: User) -> bool:
    return User.objects.get(pk=user.pk).has_usable_password()


def test_passkey_opens_the_form_and_the_password_the_account(clock: Any) -> None:
    user, device = with_passkey()
    without_password(user)
    browser, phone = SecureClient(), SecureClient()
    for each in (browser, phone):
        each.force_login(user)
    clock.shift(1)

    # An open browser is not enough, and what is sent without proof is not read.
    assert URL in browser.get(ACCOUNT).content.decode()
    assert "Confirm that it is you" in browser.post(URL, CHOSEN).content.decode()
    assert not has_password(user)
    assert browser.post(URL, answer_of(browser, device)).status_code == 302
    weak = browser.post(URL, {"new_password1": "1234", "new_password2": "1234"}).content.decode()
    assert ("This password is too short" in weak, has_password(user)) == (True, False)
    answer = browser.post(URL, CHOSEN, follow=True)

    assert "Your password was saved." in answer.content.decode()
    # This browser stays logged in, the other does not.
    assert [each.get("/admin/").status_code for each in (browser, phone)] == [200, 302]
    assert User.objects.get(pk=user.pk).check_password(NEW)
    entry = Entry.objects.filter(action=Action.PASSWORD_CHANGE).latest("number")
    assert (entry.actor_name, entry.item_key, entry.detail) == (user.username, str(user.pk), "")
    assert "Change password" in browser.get(ACCOUNT).content.decode()


@pytest.mark.usefixtures("clock")
def test_with_the_password_the_last_passkey_can_go() -> None:
    user, _device = with_passkey()
    without_password(user)
    passkey = user.passkeys.get()
    assert remove_passkey(passkey) is not None

    user.set_password(NEW)
    user.save()

    assert (remove_passkey(passkey), can_log_in(user)) == (None, True)


def test_who_has_neither_passkey_nor_app_logs_in_again_first() -> None:
    user, browser = without_password(staff.account("Editor")), Client()
    with time_machine.travel(timezone.now(), tick=False) as now:
        browser.force_login(user)
        asked = browser.post(URL, CHOSEN).content.decode()
        session = browser.session
        session["login"] = {"since": timezone.now().isoformat()}
        session.save()
        now.shift(dt.timedelta(minutes=11))
        late = browser.post(URL, CHOSEN).content.decode()
        session["login"] = {"since": timezone.now().isoformat()}
        session.save()
        shown = browser.get(URL).content.decode()
        done = browser.post(URL, CHOSEN)

    assert ["Log out and in again first" in page for page in (asked, late, shown)] == [True, True, False]
    assert (done["Location"], has_password(user)) == (ACCOUNT, True)


def test_who_has_a_password_enters_it_to_change_it() -> None:
    with_one, without = staff.account("Editor"), without_password(staff.account("Author"))
    with_one.set_password("old-Mast-71-fen")
    with_one.save()

    assert staff.sign_in(with_one).post(URL, CHOSEN)["Location"] == "/admin/password_change/"
    assert staff.sign_in(without).get("/admin/password_change/")["Location"] == URL
    assert User.objects.get(pk=with_one.pk).check_password("old-Mast-71-fen")
    assert Client().get(URL)["Location"].startswith("/admin/login/")
