"""Links with OpenID providers on the page of one's own account and on the form of an account."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.staff.models import ExternalLogin, Passkey
from postportal.staff.openid_accounts import account_of_claims
from postportal.staff.permissions import change_url
from tests.factories import staff

pytestmark = pytest.mark.django_db
ISSUER, PASSWORD, ACCOUNT = "https://id.post.example", "grue-Mast-71-fen", "/admin/account/"


@pytest.fixture(autouse=True)
def provider(settings: Settings) -> None:
    settings.OPENID_ISSUER, settings.OPENID_NAME, settings.OPENID_LINK_BY_EMAIL = ISSUER, "Post House", True


def person(*, password: str = PASSWORD) -> User:
    user = staff.account("Editor", email="li@post.example")
    user.set_password(password or None)
    user.save()
    return user


def link(user: User, *, issuer: str = ISSUER) -> ExternalLogin:
    return ExternalLogin.objects.create(user=user, issuer=issuer, subject=f"s-{user.pk}", linked_at=timezone.now())


def remove_url(login: ExternalLogin) -> str:
    return f"{ACCOUNT}logins/{login.pk}/remove/"


def details() -> list[str]:
    return list(Entry.objects.filter(action=Action.ACCOUNT_CHANGE).values_list("detail", flat=True))


def test_page_shows_the_link_which_a_login_with_the_provider_dates() -> None:
    user = person()
    login, browser = link(user), staff.sign_in(user)

    assert "Last used:" not in browser.get(ACCOUNT).content.decode().partition('id="account-sessions"')[0]
    assert account_of_claims({"sub": login.subject}) == user
    login.refresh_from_db()
    page = browser.get(ACCOUNT).content.decode().partition('id="account-sessions"')[0]
    assert login.used_at is not None
    assert ("Post House" in page, "Linked:" in page, "Last used:" in page, remove_url(login) in page) == (True,) * 4


def test_link_is_removed_after_the_password_and_by_post_only() -> None:
    user = person()
    login, browser = link(user), staff.sign_in(user)
    url = remove_url(login)

    browser.post(url, {"remove": "1"})
    wrong = browser.post(url, {"password": "wrong"})
    browser.post(url, {"password": PASSWORD})
    question = browser.get(url)

    assert ("This is not your password." in wrong.content.decode(), question.status_code) == (True, 200)
    assert "After that, Post House no longer opens your account." in question.content.decode()
    assert ExternalLogin.objects.count() == 1
    answer = browser.post(url, {"remove": "1"}, follow=True)
    assert "Your account is no longer linked with Post House." in answer.content.decode()
    assert ExternalLogin.objects.count() == 0
    assert f"no longer linked with {ISSUER}" in details()


def test_last_way_to_log_in_stays() -> None:
    user = person(password="")
    login, admin = link(user), staff.sign_in()
    former = link(user, issuer="https://former.example")
    url = f"/admin/auth/user/logins/{login.pk}/remove/"

    refused = admin.post(url, follow=True)

    assert "This is the only way to log in to the account." in refused.content.decode()
    assert ExternalLogin.objects.filter(pk=login.pk).exists()
    # What no longer opens the account can go.
    admin.post(f"/admin/auth/user/logins/{former.pk}/remove/")
    assert list(user.external_logins.all()) == [login]
    Passkey.objects.create(user=user, name="Phone", credential_id="a", public_key="b", added_at=timezone.now())
    admin.post(url)
    assert not user.external_logins.exists()


def test_administrators_see_and_remove_links_of_others() -> None:
    user = person()
    login, browser = link(user), staff.sign_in(role="Administrator")
    url = f"/admin/auth/user/logins/{login.pk}/remove/"

    page = browser.get(change_url(user)).content.decode()

    assert ("Post House, linked on" in page, url in page, browser.get(url).status_code) == (True, True, 405)
    answer = browser.post(url, follow=True)
    assert "The account is no longer linked with Post House." in answer.content.decode()
    assert details().count(f"no longer linked with {ISSUER}") == 1


def test_nobody_removes_links_of_accounts_that_are_out_of_reach() -> None:
    superuser = staff.account(is_superuser=True)
    login, own = link(superuser), link(user := person())
    url = "/admin/auth/user/logins/{}/remove/"

    refused = [staff.sign_in(role=role).post(url.format(login.pk)).status_code for role in ("Administrator", "Editor")]
    # One's own is removed on the page of the account, with the password.
    refused.append(staff.sign_in(user).post(url.format(own.pk)).status_code)
    foreign = staff.sign_in(user).get(remove_url(login)).status_code

    assert (refused, foreign, Client().post(url.format(own.pk)).status_code) == ([403, 403, 403], 404, 302)
    assert ExternalLogin.objects.count() == 2
