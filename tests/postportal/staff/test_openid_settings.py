import pytest
from pytest_django import Settings

from postportal.staff.openid_settings import check_openid_settings


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("OPENID_ISSUER", "http://login.post.example", "portal.E072"),
        ("OPENID_ISSUER", "login.post.example", "portal.E072"),
        ("OPENID_CLIENT_ID", "", "portal.E073"),
        ("OPENID_SCOPE", "email", "portal.E074"),
        ("OPENID_ROLES", {"cms": "Editors"}, "portal.E075"),
    ],
)
def test_settings_with_which_nobody_could_sign_in_are_reported(
    name: str, value: object, error: str, settings: Settings
) -> None:
    settings.OPENID_ISSUER, settings.OPENID_CLIENT_ID = "https://login.post.example", "portal"
    settings.OPENID_ROLES = {"cms": "Editor"}
    assert check_openid_settings() == []

    setattr(settings, name, value)

    assert [found.id for found in check_openid_settings()] == [error]


def test_nothing_is_checked_where_the_sign_in_is_off(settings: Settings) -> None:
    settings.OPENID_ISSUER, settings.OPENID_CLIENT_ID = "", ""

    assert check_openid_settings() == []
