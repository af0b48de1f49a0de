from typing import Any

import pytest
from django.urls import reverse

from postportal.pages.models import ContactMessage, MenuItem, Page, Redirect, ServiceNotice, SiteSettings
from tests.factories import forms, news, pages, staff

pytestmark = pytest.mark.django_db
SETTINGS = "/admin/pages/sitesettings/1/change/"


def messages(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_site_settings_are_one_form() -> None:
    browser = staff.sign_in(role="Publisher")

    answer = browser.get(reverse("admin:pages_sitesettings_changelist"), follow=True)
    saved = browser.post(SETTINGS, forms.fill_form(browser, SETTINGS, name="Yunhai Post", brand="#123456"))

    assert answer.redirect_chain == [(SETTINGS, 302)]
    assert saved.status_code == 302
    assert SiteSettings.objects.values_list("pk", "name", "brand").get() == (1, "Yunhai Post", "#123456")


def test_site_settings_can_be_neither_added_nor_deleted() -> None:
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
def test_colour_is_a_colour_and_nothing_else(colour: str) -> None:
    browser = staff.sign_in(role="Publisher")

    answer = browser.post(SETTINGS, forms.fill_form(browser, SETTINGS, brand=colour))

    assert list(answer.context["adminform"].form.errors) == ["brand"]


def test_menu_is_put_into_order_in_its_list() -> None:
    rows = [pages.menu_item("About", "/about/", order=1), pages.menu_item("News", "/news/", order=2)]
    browser = staff.sign_in(role="Publisher")
    listing = reverse("admin:pages_menuitem_changelist")
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "_save": "Save"}
    for number, row in enumerate(rows):
        data |= {f"form-{number}-id": row.pk, f"form-{number}-order": 9 - number}
        data[f"initial-form-{number}-order"] = row.order

    page = browser.get(listing).content.decode()
    browser.post(listing, data)

    assert page.count('aria-label="Order"') == 2
    assert list(MenuItem.objects.in_order().values_list("label", flat=True)) == ["News", "About"]


def test_list_edit_adds_no_rows() -> None:
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


def test_contact_message_is_read_and_marked_as_answered() -> None:
    message = pages.contact_message(message="Where is\nmy <b>parcel</b>?")
    browser = staff.sign_in(role="Service desk")
    listing = reverse("admin:pages_contactmessage_changelist")

    page = browser.get(reverse("admin:pages_contactmessage_change", args=[message.pk])).content.decode()
    answer = browser.post(listing, {"action": "mark_as_answered", "_selected_action": [message.pk]}, follow=True)
    again = browser.post(listing, {"action": "mark_as_answered", "_selected_action": [message.pk]}, follow=True)

    assert "Where is<br>my &lt;b&gt;parcel&lt;/b&gt;?" in page
    assert messages(answer) == ["1 message is answered."]
    assert messages(again) == ["0 messages are answered."]
    assert ContactMessage.objects.get().answered_at is not None


def test_contact_message_cannot_be_rewritten() -> None:
    message = pages.contact_message()
    browser = staff.sign_in()

    browser.post(reverse("admin:pages_contactmessage_change", args=[message.pk]), {"message": "Praise", "name": "X"})

    message.refresh_from_db()
    assert (message.message, message.name) == ("Where is my parcel?", "Li Na")
    assert browser.get(reverse("admin:pages_contactmessage_add")).status_code == 403


@pytest.mark.parametrize(("answer", "count"), [("waiting", 1), ("answered", 0), ("nonsense", 1)])
def test_contact_messages_are_filtered_by_answer(answer: str, count: int) -> None:
    pages.contact_message()

    listed = staff.sign_in().get(reverse("admin:pages_contactmessage_changelist"), {"answer": answer})

    assert len(listed.context["cl"].result_list) == count


def test_redirects_say_where_they_lead() -> None:
    article = news.article("Summit")
    pages.redirect("/a.htm", article)
    pages.redirect("/b.htm", "/about/")
    pages.gone_redirect("/c.htm", reason="Over")
    lost = pages.redirect("/d.htm", news.article())
    lost.target.delete()

    rows = staff.sign_in().get(reverse("admin:pages_redirect_changelist")).content.decode()

    assert f'<a href="/admin/news/article/{article.pk}/change/">Summit</a>' in rows
    assert [text in rows for text in ("/about/", "gone: Over", "deleted item")] == [True] * 3


def test_redirect_leads_to_one_thing() -> None:
    browser = staff.sign_in(role="Publisher")
    address = reverse("admin:pages_redirect_add")
    data = forms.fill_form(browser, address, old_path="/old.htm", new_address="/new/", gone_reason="Over")

    page = browser.post(address, data).content.decode()
    saved = browser.post(address, {**data, "gone_reason": ""})

    assert "Enter exactly one: an item, a new URL or the reason for removal." in page
    assert saved.status_code == 302
    assert Redirect.objects.get().new_address == "/new/"


def test_notice_and_page_are_added() -> None:
    browser = staff.sign_in(role="Editor")
    notice, page = reverse("admin:pages_servicenotice_add"), reverse("admin:pages_page_add")

    browser.post(notice, forms.fill_form(browser, notice, text="Delays in the north", language="en"))
    browser.post(page, forms.fill_form(browser, page, title="About", path="about", body="<p>Us</p>"))
    staff.publish(Page.objects.get())

    assert ServiceNotice.objects.get().text == "Delays in the north"
    assert browser.get(Page.objects.get().get_absolute_url()).status_code == 200


def test_page_cannot_take_an_address_of_the_portal() -> None:
    browser = staff.sign_in(role="Editor")
    address = reverse("admin:pages_page_add")

    answer = browser.post(address, forms.fill_form(browser, address, title="News", path="news", language="en"))

    assert list(answer.context["adminform"].form.errors) == ["path"]
