"""A refused step on the form: fields are marked and linked, and nothing says that it succeeded."""

from typing import Any

import pytest
from django.contrib.messages import get_messages

from postportal.staff.permissions import change_url
from tests.factories import editorial, forms, staff

pytestmark = pytest.mark.django_db


def refuse(**changes: Any) -> Any:
    author = staff.account("Author")
    article = editorial.draft_article("Boats", by=author)
    browser = staff.sign_in(author)
    data = forms.fill_form(browser, change_url(article), **changes)
    return browser.post(change_url(article), {**data, "_step": "submit"}, follow=True)


def test_fields_that_are_missing_are_marked_and_linked_from_the_summary() -> None:
    page = refuse(title="", section="")

    form = page.context["adminform"].form
    assert page.redirect_chain[-1][0].endswith("?_refused=submit")
    assert form.errors == {"title": ["Enter a title."], "section": ["Choose a section."]}
    assert page.context["error_links"] == [("Title", "title"), ("Section", "section")]
    assert 'aria-invalid="true"' in page.content.decode()


def test_refusal_has_no_message_of_success_beside_it() -> None:
    page = refuse(section="")

    assert [message.level_tag for message in get_messages(page.wsgi_request)] == ["error"]


def test_field_that_was_corrected_since_is_not_marked() -> None:
    author = staff.account("Author")
    article = editorial.draft_article("Boats", by=author)

    page = staff.sign_in(author).get(f"{change_url(article)}?_refused=submit")

    assert (page.context["adminform"].form.errors, page.context["error_links"]) == ({}, [])


@pytest.mark.parametrize("value", ["", "nonsense", "withdraw"])
def test_other_values_in_the_url_mark_nothing(value: str) -> None:
    article = editorial.draft_article("Boats", by=staff.account("Author"))

    page = staff.sign_in().get(f"{change_url(article)}?_refused={value}")

    assert (page.status_code, page.context["error_links"]) == (200, [])
