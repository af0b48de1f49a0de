import pytest
from django.urls import reverse

from postportal.pages.models import SiteSettings
from tests.factories import forms, pages, staff

pytestmark = pytest.mark.django_db
SETTINGS = "/admin/pages/sitesettings/1/change/"


def test_changelist_redirects_to_the_form() -> None:
    browser = staff.sign_in(role="Publisher")

    answer = browser.get(reverse("admin:pages_sitesettings_changelist"), follow=True)
    saved = browser.post(SETTINGS, forms.fill_form(browser, SETTINGS, name="Yunhai Post", brand="#123456"))

    assert answer.redirect_chain == [(SETTINGS, 302)]
    assert saved.status_code == 302
    assert SiteSettings.objects.values_list("pk", "name", "brand").get() == (1, "Yunhai Post", "#123456")


def test_settings_cannot_be_added_or_deleted() -> None:
    pages.site_settings()
    browser = staff.sign_in()

    statuses = [
        browser.get("/admin/pages/sitesettings/add/").status_code,
        browser.post("/admin/pages/sitesettings/1/delete/", {"post": "yes"}).status_code,
        browser.get("/admin/pages/sitesettings/2/change/").status_code,
    ]

    assert statuses == [403, 403, 302]
    assert SiteSettings.objects.count() == 1


@pytest.mark.parametrize("colour", ["red", "#FFF", "#12345", "url(x)", "#0b4a3a;}"])
def test_invalid_colour_is_refused(colour: str) -> None:
    browser = staff.sign_in(role="Publisher")

    answer = browser.post(SETTINGS, forms.fill_form(browser, SETTINGS, brand=colour))

    assert list(answer.context["adminform"].form.errors) == ["brand"]
