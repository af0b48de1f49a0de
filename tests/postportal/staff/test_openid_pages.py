"""Sign-in by OpenID Connect with a provider that signs for real, and lies."""

import base64
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as portal_settings
from django.contrib.auth.models import User
from django.test import Client
from joserfc.jwk import ECKey
from pytest_django import Settings

from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.staff.models import AuthenticatorApp, ExternalLogin
from postportal.staff.openid_pages import UNKNOWN_PERSON
from tests.factories import staff
from tests.factories.openid_provider import CLIENT_ID, CLIENT_SECRET, Provider, run_provider

pytestmark = pytest.mark.django_db
START, BACK, LOGIN = "/admin/openid/", "/admin/openid/back/", "/admin/login/"


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with run_provider() as running:
        settings.OPENID_ISSUER, settings.OPENID_NAME = running.issuer, "Post House"
        settings.OPENID_CLIENT_ID, settings.OPENID_CLIENT_SECRET = CLIENT_ID, CLIENT_SECRET
        yield running


def person(role: str = "Editor", **fields: Any) -> User:
    return staff.account(role, **{"email": "li@post.example", **fields})


def sign_in(provider: Provider, browser: Client | None = None, *, url: str = START) -> tuple[Client, Any]:
    browser = browser or Client()
    redirect = browser.get(url)
    assert redirect.status_code == 302
    return browser, browser.get(f"{BACK}?{provider.authorize(redirect['Location'])}")


def is_logged_in(browser: Client) -> bool:
    return bool(browser.get("/admin/").status_code == 200)


def test_person_with_a_verified_address_is_linked_and_logged_in(provider: Provider) -> None:
    user = person()

    browser, answer = sign_in(provider, url=f"{START}?next=/admin/account/")

    assert (answer.status_code, answer["Location"], is_logged_in(browser)) == (302, "/admin/account/", True)
    login = ExternalLogin.objects.get()
    assert (login.user, login.issuer, login.subject) == (user, provider.issuer, "person-1")
    details = Entry.objects.filter(action=Action.ACCOUNT_CHANGE).values_list("detail", flat=True)
    assert "linked with the OpenID provider" in details
    assert Entry.objects.filter(action=Action.LOGIN, actor_name=user.username).count() == 1


def test_login_page_links_to_the_provider_where_it_is_on(provider: Provider, settings: Settings) -> None:
    assert "Log in with Post House" in Client().get(f"{LOGIN}?next=/admin/account/").content.decode()
    settings.OPENID_ISSUER = ""
    assert "Post House" not in Client().get(LOGIN).content.decode()
    assert [Client().get(url).status_code for url in (START, BACK)] == [404, 404]


def test_login_leads_to_no_other_site(provider: Provider) -> None:
    person()

    _browser, answer = sign_in(provider, url=f"{START}?next=//elsewhere.example/")

    assert answer["Location"] == "/admin/"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another-client"},
        {"aud": None},
        {"aud": ["another-client", CLIENT_ID], "azp": "another-client"},
        {"exp": 1},
        {"exp": None},
        {"nonce": "replayed"},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"iat": int(time.time()) + 86_400},
    ],
)
def test_token_with_a_wrong_claim_is_refused(claims: dict[str, Any], provider: Provider) -> None:
    person()
    provider.claims |= claims

    browser, answer = sign_in(provider)

    assert (answer["Location"], is_logged_in(browser), ExternalLogin.objects.count()) == (LOGIN, False, 0)
    assert "Login with Post House did not work." in browser.get(LOGIN).content.decode()


def unsigned(provider: Provider) -> str:
    def part(content: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")

    now = int(time.time())
    claims = {**provider.claims, "iss": provider.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300}
    return f"{part({'alg': 'none'})}.{part(claims)}."


@pytest.mark.parametrize("fault", ["other key", "unsigned", "no token", "other issuer", "error"])
def test_answer_that_is_not_the_providers_is_refused(fault: str, provider: Provider) -> None:
    person()
    if fault == "other key":
        provider.signing_key = ECKey.generate_key("P-256", {"kid": "one"})
    elif fault == "unsigned":
        provider.metadata["id_token_signing_alg_values_supported"] = ["none", "ES256"]  # type: ignore[assignment]
        provider.id_token = unsigned(provider)
    elif fault == "no token":
        provider.id_token = "nothing"
    browser = Client()
    query = provider.authorize(browser.get(START)["Location"])
    if fault == "other issuer":
        provider.metadata["issuer"] = "https://evil.example"
        # As another process sees it, which has not read it before.
        from postportal.staff import openid_client

        openid_client._provider_of.cache_clear()
    elif fault == "error":
        query = query.replace("code=", "error=access_denied&x=")

    browser.get(f"{BACK}?{query}")

    assert not is_logged_in(browser)


def test_answer_belongs_to_the_browser_that_asked_and_is_good_once(provider: Provider) -> None:
    person()
    browser, other = Client(), Client()
    query = provider.authorize(browser.get(START)["Location"])

    other.get(f"{BACK}?{query}")
    other.get(BACK)
    browser.get(f"{BACK}?{query.replace('state=', 'state=x')}")
    assert (is_logged_in(other), is_logged_in(browser)) == (False, False)
    browser.get(f"{BACK}?{query}")
    assert is_logged_in(browser)
    browser.post("/admin/logout/")
    browser.get(f"{BACK}?{query}")
    assert not is_logged_in(browser)


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": "li@post.example\u0131"},
    ],
)
def test_address_that_is_not_verified_opens_nothing(claims: dict[str, Any], provider: Provider) -> None:
    person()
    provider.claims |= claims

    browser, _answer = sign_in(provider)

    assert (is_logged_in(browser), ExternalLogin.objects.count()) == (False, 0)
    assert "There is no account here for you." in browser.get(LOGIN).content.decode()
    assert Entry.objects.filter(action=Action.LOGIN_FAILED, detail=UNKNOWN_PERSON).count() == 1


def test_address_of_two_accounts_or_of_a_linked_one_opens_nothing(provider: Provider) -> None:
    user = person()
    other = person(username="other")
    assert not is_logged_in(sign_in(provider)[0])

    other.delete()
    ExternalLogin.objects.create(user=user, issuer=provider.issuer, subject="somebody", linked_at=user.date_joined)
    assert not is_logged_in(sign_in(provider)[0])


def test_subject_stays_with_its_account_when_the_address_moves(provider: Provider) -> None:
    user = person()
    sign_in(provider)
    User.objects.filter(pk=user.pk).update(email="new@post.example")
    person(username="successor")

    browser, _answer = sign_in(provider)

    assert browser.session["_auth_user_id"] == str(user.pk)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not is_logged_in(sign_in(provider)[0])


def test_linking_by_address_can_be_turned_off(provider: Provider, settings: Settings) -> None:
    person()
    settings.OPENID_LINK_BY_EMAIL = False

    assert not is_logged_in(sign_in(provider)[0])


def test_account_is_created_without_role_where_a_setting_says_so(provider: Provider, settings: Settings) -> None:
    provider.claims |= {"given_name": "Li\nx", "family_name": 7, "preferred_username": "li wen<script>"}
    assert not is_logged_in(sign_in(provider)[0])
    settings.OPENID_CREATE_ACCOUNTS = True

    browser, _answer = sign_in(provider)

    user = User.objects.get(email="li@post.example")
    assert (user.username, user.first_name, user.last_name) == ("liwenscript", "Li x", "")
    assert (user.is_staff, user.is_superuser, user.groups.count(), user.has_usable_password()) == (
        True,
        False,
        0,
        False,
    )
    assert is_logged_in(browser)


def test_created_account_takes_no_name_of_another(provider: Provider, settings: Settings) -> None:
    settings.OPENID_CREATE_ACCOUNTS = True
    person(username="LI.wen", email="else@post.example")

    sign_in(provider)

    assert User.objects.get(email="li@post.example").username == "li@post.example"


def test_groups_of_the_provider_give_and_take_their_roles_only(provider: Provider, settings: Settings) -> None:
    settings.OPENID_ROLES = {"cms-chiefs": "Publisher", "cms-stamps": "Philatelist"}
    user = person("Editor")
    provider.claims["groups"] = ["cms-chiefs", "Administrator", 7]

    sign_in(provider)
    first = set(user.groups.values_list("name", flat=True))
    provider.claims["groups"] = "cms-chiefs"
    sign_in(provider)

    assert (first, set(user.groups.values_list("name", flat=True))) == ({"Editor", "Publisher"}, {"Editor"})


@pytest.mark.parametrize("is_left_to_provider", [False, True])
def test_second_factor_is_asked_for_unless_the_provider_answers_for_it(
    is_left_to_provider: bool, provider: Provider, settings: Settings
) -> None:
    settings.OPENID_SECOND_FACTOR = is_left_to_provider
    user = person()
    AuthenticatorApp.objects.create(user=user, name="app", confirmed=True)

    browser, answer = sign_in(provider, url=f"{START}?next=/admin/account/")

    assert (answer.status_code, is_logged_in(browser)) == ((302, True) if is_left_to_provider else (200, False))
    if not is_left_to_provider:
        from django_otp.oath import totp

        code = f"{totp(AuthenticatorApp.objects.get().bin_key):06d}"
        note = answer.context["form"].note
        step = browser.post(LOGIN, {"passed": note, "code": code, "next": answer.context["next"]})
        assert (step["Location"], is_logged_in(browser)) == ("/admin/account/", True)


def test_logout_offers_the_logout_of_the_provider(provider: Provider) -> None:
    person()
    browser, _answer = sign_in(provider)

    page = browser.post("/admin/logout/").content.decode()

    assert f"{provider.issuer}/logout?id_token_hint=" in page
    assert "Log out of Post House too" in page
    assert "Post House too" not in staff.sign_in(person(username="other")).post("/admin/logout/").content.decode()


def test_provider_that_is_down_leaves_the_password(provider: Provider, settings: Settings) -> None:
    settings.OPENID_ISSUER = "http://127.0.0.1:9"
    browser = Client()

    assert browser.get(START)["Location"] == LOGIN
    assert "did not work" in browser.get(LOGIN).content.decode()


def test_library_is_not_loaded_where_the_sign_in_is_off() -> None:
    code = (
        "import django, sys; django.setup(); from django.test import Client; "
        "Client().get('/admin/openid/', secure=True); print({'authlib', 'requests', 'joserfc'} & set(sys.modules))"
    )
    root = Path(portal_settings.BASE_DIR)
    environment = {"DJANGO_SETTINGS_MODULE": "postportal.settings", "DEBUG": "1", "DATABASE_URL": "sqlite://:memory:"}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=False
    )

    assert run.stdout.strip() == "set()", run.stderr
