import pytest
from django.urls import reverse

from postportal.pages.models import MenuItem
from tests.factories import pages, staff

pytestmark = pytest.mark.django_db


def test_order_is_edited_in_the_list() -> None:
    rows = [pages.menu_item("About", "/about/", order=1), pages.menu_item("News", "/news/", order=2)]
    browser = staff.sign_in(role="Publisher")
    changelist = reverse("admin:pages_menuitem_changelist")
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "_save": "Save"}
    for number, row in enumerate(rows):
        data |= {f"form-{number}-id": row.pk, f"form-{number}-order": 9 - number}
        data[f"initial-form-{number}-order"] = row.order

    page = browser.get(changelist).content.decode()
    browser.post(changelist, data)

    assert page.count('aria-label="Order"') == 2
    assert list(MenuItem.objects.in_order().values_list("label", flat=True)) == ["News", "About"]


def test_forged_list_edit_adds_no_rows() -> None:
    pages.menu_item()
    data = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "_save": "Save",
        "form-0-order": "1",
        "form-1-order": "2",
    }

    staff.sign_in(role="Publisher").post(reverse("admin:pages_menuitem_changelist"), data)

    assert MenuItem.objects.count() == 1
