import datetime as dt

import pytest

from postportal.pages.forms import ContactForm, form_age, sign_opening_time

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
VALID_DATA = {"topic": "post", "name": "Li Na", "email": "na@example.org", "message": "Where is my parcel?"}


def form(*, age: float = 60, **data: str) -> ContactForm:
    opened = sign_opening_time(NOW - dt.timedelta(seconds=age))
    return ContactForm({**VALID_DATA, "started": opened, **data}, at=NOW)


def test_valid_message_is_accepted() -> None:
    assert form().errors == {}


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("topic", "", "Choose a topic for your message"),
        ("topic", "money", "Choose a topic from the list"),
        ("name", "  ", "Enter your name"),
        ("name", "x" * 121, "Your name must be 120 characters or fewer"),
        ("email", "", "Enter your email address"),
        ("email", "na@", "Enter an email address in the correct format, like name@example.org"),
        (
            "email",
            "na@example.org\nBcc: all@example.org",
            "Enter an email address in the correct format, like name@example.org",
        ),
        ("message", "", "Enter a message"),
        ("message", "x" * 5001, "Your message must be 5,000 characters or fewer"),
        ("homepage", "https://spam.example", "Leave the last field blank. It is there only to stop robots"),
    ],
)
def test_invalid_field_has_an_error(field: str, value: str, error: str) -> None:
    assert form(**{field: value}).errors == {field: [error]}


def test_name_is_put_on_one_line() -> None:
    bound_form = form(name=" Li\r\nBcc: all@example.org ")

    assert (bound_form.errors, bound_form.cleaned_data["name"]) == ({}, "Li Bcc: all@example.org")


@pytest.mark.parametrize(
    ("age", "errors"),
    [
        (2.9, ["The form was sent too quickly. Send it again"]),
        (3, []),
        (24 * 3600, []),
        (24 * 3600 + 1, ["The form has expired. Send it again"]),
        (-60, ["The form has expired. Send it again"]),
    ],
)
def test_form_sent_too_soon_or_too_late_is_refused(age: float, errors: list[str]) -> None:
    assert list(form(age=age).non_field_errors()) == errors


def test_other_errors_hide_those_about_time() -> None:
    assert form(age=0, name="").errors == {"name": ["Enter your name"]}


@pytest.mark.parametrize("signed_time", ["", "x", "2026-11-23T09:00:00+00:00", "2026-11-23T09:00:00+00:00:abc"])
def test_forged_opening_time_is_refused(signed_time: str) -> None:
    assert form_age(signed_time, at=NOW) is None
    assert list(form(started=signed_time).non_field_errors()) == ["The form has expired. Send it again"]
