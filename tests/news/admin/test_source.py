import pytest
from django.urls import reverse

from tests.factories import forms, staff

pytestmark = pytest.mark.django_db


def test_editor_adds_a_source_that_is_found_by_its_alias() -> None:
    browser = staff.sign_in(role="Editor")
    url = reverse("admin:news_source_add")
    data = forms.fill_form(
        browser,
        url,
        **{"name": "China Post News", "slug": "cpn", "aliases-TOTAL_FORMS": "1", "aliases-0-name": "CP News"},
    )

    assert browser.post(url, data).status_code == 302
    found = browser.get(reverse("admin:news_source_changelist"), {"q": "cp news"}).context["cl"].result_list
    assert [source.name for source in found] == ["China Post News"]
