import pytest

from postportal.search.models import Synonym
from tests.factories import forms, staff
from tests.postportal.search.admin.test_pinned_result import form_errors

pytestmark = pytest.mark.django_db
ADD = "/admin/search/synonym/add/"


def test_editor_adds_synonyms_and_sees_errors() -> None:
    browser = staff.sign_in(role="Editor")

    rejected = browser.post(ADD, forms.fill_form(browser, ADD, words="parcel, parcels"))
    saved = browser.post(ADD, forms.fill_form(browser, ADD, words=" parcel，package ,parcel"))
    duplicate = browser.post(ADD, forms.fill_form(browser, ADD, words="parcel, package"))

    assert form_errors(rejected)["words"] == ["Enter 2 to 20 different words or phrases, separated by commas."]
    assert saved.status_code == 302
    assert Synonym.objects.get().words == "parcel, package"
    assert form_errors(duplicate)["words"] == ["There is already an entry with these words."]


def test_length_is_checked_after_normalizing() -> None:
    browser = staff.sign_in(role="Editor")

    # Normalizing turns each ligature into 18 characters.
    response = browser.post(ADD, forms.fill_form(browser, ADD, words="gold, " + "\ufdfa" * 20))

    assert "at most 300 characters" in str(form_errors(response)["words"])
