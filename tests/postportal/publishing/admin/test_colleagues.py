"""Choosing a colleague by typing the name."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postportal.publishing.admin.colleagues import ColleagueField, names_to_choose
from tests.factories import editorial, staff
from tests.postportal.publishing.revision_pages import admin_url

ANN = User(pk=1, username="ann", first_name="Ann", last_name="Li")
BO = User(pk=2, username="bo", first_name="Bo")
BO_WEN = User(pk=3, username="bowen", first_name="Bo")
DESK = User(pk=4, username="desk")
# Has taken the username of somebody else as a name.
FALSE_DESK = User(pk=5, username="zed", first_name="Desk")


def field_of(*people: User) -> ColleagueField:
    field = ColleagueField(required=False)
    field.offer(names_to_choose(people))
    return field


def test_names_that_could_be_those_of_others_have_the_username() -> None:
    names = [name for name, _colleague in names_to_choose([ANN, BO, BO_WEN, DESK, FALSE_DESK])]

    assert names == ["Ann Li", "Bo (bo)", "Bo (bowen)", "desk (desk)", "Desk (zed)"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Ann Li", ANN),
        ("  ann   LI ", ANN),
        ("ANN", ANN),
        ("Bo (bowen)", BO_WEN),
        ("bowen", BO_WEN),
        ("bo", BO),
        ("desk", DESK),
        ("Desk (zed)", FALSE_DESK),
        ("", None),
        (" ", None),
    ],
)
def test_colleague_is_found_by_the_name_of_the_list_or_the_username(typed: str, found: User | None) -> None:
    assert field_of(ANN, BO, BO_WEN, DESK, FALSE_DESK).clean(typed) == found


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Wen", "ambiguous"), ("1", "unknown"), ("An", "unknown")],
)
def test_what_names_nobody_or_several_is_refused(typed: str, code: str) -> None:
    wens = [User(pk=number, username=f"w{number}", first_name="Wen") for number in (7, 8)]

    with pytest.raises(ValidationError) as caught:
        field_of(ANN, *wens).clean(typed)

    assert caught.value.code == code


def test_form_shows_the_name_of_the_chosen_account_and_nothing_for_a_former_colleague() -> None:
    assert [field_of(ANN).prepare_value(value) for value in (1, 9, "Typed", None)] == ["Ann Li", "", "Typed", None]


@pytest.mark.django_db
def test_page_lists_the_names_once_and_asks_as_often_for_five_colleagues_as_for_sixty() -> None:
    article = editorial.draft_article("Quiet wires", by=staff.account("Editor", username="first"))
    browser, counts = staff.sign_in(User.objects.get(username="first")), []
    browser.get(admin_url(article, "change"))
    for total in (5, 60):
        for number in range(User.objects.count(), total):
            staff.account("Editor", username=f"colleague-{number}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = browser.get(admin_url(article, "change")).content.decode()
        counts.append(len(queries))

    assert page.count('<option value="colleague-7">') == 1
    assert page.count('list="colleagues"') == 3
    assert counts[0] == counts[1]
