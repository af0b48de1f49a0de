from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from postportal.pages.models import MenuItem
from postportal.publishing.models import State
from tests.factories import news, pages, services, staff

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


def save(**fields: str) -> Any:
    data = {"place": "header", "order": "1", "label": "Call {number}", "label_zh": "", "address": "", "hotline": ""}
    return staff.sign_in(role="Publisher").post(reverse("admin:pages_menuitem_add"), data | fields)


def test_menu_item_calls_a_hotline_that_was_chosen() -> None:
    hotline = services.hotline()
    services.short_code_number(hotline)

    save(hotline=f"hotline:{hotline.pk}")

    row = MenuItem.objects.get()
    form = staff.sign_in(role="Publisher").get(reverse("admin:pages_menuitem_change", args=[row.pk]))
    assert row.address == f"hotline:{hotline.pk}"
    assert form.context["adminform"].form.initial["hotline"] == row.address
    assert form.context["adminform"].form.initial["address"] == ""


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "Enter a URL or choose a hotline."),
        ({"address": "/about/", "hotline": "x"}, "Enter a URL or choose a hotline, not both."),
        ({"address": "javascript:alert(1)"}, "Enter a URL that starts with"),
        ({"address": "hotline:0"}, "Enter a URL that starts with"),
    ],
)
def test_menu_item_has_either_a_url_or_a_hotline(fields: dict[str, str], error: str) -> None:
    hotline = services.hotline()
    services.short_code_number(hotline)
    if "hotline" in fields:
        fields = {**fields, "hotline": f"hotline:{hotline.pk}"}

    assert error in save(**fields).content.decode()
    assert not MenuItem.objects.exists()


def test_menu_item_leads_to_an_item_that_was_found() -> None:
    draft = news.article("Merger", state=State.DRAFT)
    address = f"article:{draft.pk}"

    answer = save(label="Soon", address=address)

    page = staff.sign_in(role="Publisher").get(answer.url)
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert MenuItem.objects.get().address == address
    assert any(f"“Soon” leads to Article {draft.pk}, which is not public." in text for text in said)
    assert "Merger" not in page.content.decode()


def test_address_has_a_button_for_the_dialog_of_links() -> None:
    page = staff.sign_in(role="Publisher").get(reverse("admin:pages_menuitem_add")).content.decode()

    assert 'class="link-field" data-links-url="/admin/link-choices/"' in page
    assert "portal/admin/link_field.js" in page
