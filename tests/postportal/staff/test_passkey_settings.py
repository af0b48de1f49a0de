import pytest
from django.test import RequestFactory
from pytest_django import Settings

from postportal.staff.passkey_settings import check_passkey_settings, check_passkeys_are_set, offers_passkeys


@pytest.mark.parametrize(
    ("origins", "domain", "is_right"),
    [
        (["https://portal.example"], "portal.example", True),
        (["https://staff.portal.example:8443"], "portal.example", True),
        (["http://localhost:8000"], "localhost", True),
        (["http://portal.example"], "portal.example", False),
        (["https://evilportal.example"], "portal.example", False),
        (["portal.example"], "portal.example", False),
        (["https://portal.example"], "", False),
        ([], "", True),
    ],
)
def test_origins_that_browsers_refuse_are_reported(
    origins: list[str], domain: str, is_right: bool, settings: Settings
) -> None:
    settings.PASSKEY_ORIGINS, settings.PASSKEY_DOMAIN = origins, domain

    assert [error.id for error in check_passkey_settings()] == ([] if is_right else ["portal.E070"])


def test_server_without_a_domain_is_reported(settings: Settings) -> None:
    settings.PASSKEY_DOMAIN = ""
    assert [error.id for error in check_passkeys_are_set()] == ["portal.W071"]
    settings.PASSKEY_DOMAIN = "portal.example"
    assert check_passkeys_are_set() == []


def test_passkeys_are_offered_on_their_origins_only(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["portal.example", "other.example"]
    settings.PASSKEY_ORIGINS, settings.PASSKEY_DOMAIN = ["https://portal.example/"], "portal.example"

    def is_offered(host: str, *, is_secure: bool = True) -> bool:
        return offers_passkeys(RequestFactory().get("/", secure=is_secure, headers={"host": host}))

    assert is_offered("portal.example")
    assert not is_offered("other.example")
    assert not is_offered("portal.example", is_secure=False)
    settings.PASSKEY_DOMAIN = ""
    assert not is_offered("portal.example")
