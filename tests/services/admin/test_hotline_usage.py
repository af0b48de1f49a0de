import pytest
from django.urls import reverse

from postportal.publishing.models import State
from services.models import Hotline, HotlineNumber
from tests.factories import forms, news, pages, services, staff

pytestmark = pytest.mark.django_db


def hotline_11185(**fields: object) -> Hotline:
    hotline = services.hotline("Letters and parcels", slug="letters", **fields)
    hotline.numbers.all().delete()
    HotlineNumber.objects.create(hotline=hotline, short_code="11185", region="CN", scope="domestic")
    HotlineNumber.objects.create(hotline=hotline, e164="+861011185", scope="abroad", as_printed="+86 10 11185")
    return hotline


def form(hotline: Hotline, *, role: str = "Service desk") -> str:
    account = staff.account(is_superuser=True) if role == "administrator" else None
    browser = staff.sign_in(account) if account else staff.sign_in(role=role)
    return browser.get(reverse("admin:services_hotline_change", args=[hotline.pk])).content.decode()


@pytest.mark.parametrize(
    "text",
    [
        '<p>Call <a href="tel:11185">us</a>.</p>',
        "<p>Call 11185 today.</p>",
        '<p><a href="tel:+861011185">From abroad</a></p>',
        "<p>From abroad: +86 10 11185.</p>",
        '<p><a href="/services/hotlines/#letters">Hotlines</a></p>',
    ],
)
def test_form_lists_each_text_that_contains_the_number(text: str) -> None:
    news.article("Summer tariff", body=text)

    page = form(hotline_11185(), role="administrator")

    assert "1 article, in text" in page
    assert ">Summer tariff</a>" in page
    assert "Numbers typed into texts are not updated. Put the hotline in their place." in page


def test_texts_and_menu_items_that_refer_to_the_hotline_are_counted_before_it_is_changed() -> None:
    hotline = hotline_11185()
    news.article("Summer tariff", body=f'<p>Call <a href="hotline:{hotline.pk}">11185</a>.</p>')
    pages.menu_item("Call {number}", f"hotline:{hotline.pk}")
    news.article("Other line", body=f'<p>Call <a href="hotline:{hotline.pk}1">11185</a>.</p>')

    page = form(hotline, role="administrator")

    assert "2 texts and menu items show the number of the day." in page
    assert ">Summer tariff</a>" in page
    assert "None of the numbers appear in a text." in page
    assert "Other line" not in page


def test_hotline_that_a_text_refers_to_is_not_deleted() -> None:
    hotline = hotline_11185()
    news.article(body=f'<p><a href="hotline:{hotline.pk}">11185</a></p>')

    staff.sign_in(role="Service desk").post(
        reverse("admin:services_hotline_delete", args=[hotline.pk]), {"post": "yes"}
    )

    assert Hotline.objects.filter(pk=hotline.pk).exists()


def test_items_the_user_may_not_view_are_only_counted() -> None:
    news.article("Hush", body="<p>11185</p>", state=State.DRAFT, publish_at=None)

    page = form(hotline_11185())

    assert "1 article, in text" in page
    assert "Hush" not in page


def test_short_numbers_are_not_searched_in_texts() -> None:
    news.article("Parcels", body="<p>We carried 183 parcels.</p>")
    hotline = services.hotline("Lost mail", slug="lost")
    hotline.numbers.all().delete()
    HotlineNumber.objects.create(hotline=hotline, short_code="183", region="CN", scope="domestic")

    assert "None of the numbers appear in a text." in form(hotline)


@pytest.mark.parametrize(("everywhere", "is_said"), [(True, True), (False, False)])
def test_form_shows_that_the_hotline_is_on_every_page(everywhere: bool, is_said: bool) -> None:
    page = form(hotline_11185(is_on_every_page=everywhere))

    assert ("Every page of the site (updated immediately)" in page) is is_said


def test_new_hotline_is_used_nowhere() -> None:
    page = staff.sign_in(role="Service desk").get(reverse("admin:services_hotline_add")).content.decode()

    assert "Used on" not in page


def test_hotline_whose_number_appears_in_a_text_cannot_be_deleted() -> None:
    news.article("Summer tariff", body="<p>11185</p>")
    hotline = hotline_11185()
    url = reverse("admin:services_hotline_delete", args=[hotline.pk])
    browser = staff.sign_in(role="Service desk")

    asked = browser.get(url).content.decode()
    browser.post(url, forms.delete_confirmation(hotline))

    assert "cannot be deleted because it is in use" in asked
    assert Hotline.objects.filter(pk=hotline.pk).exists()


def test_hotline_that_appears_in_no_text_can_be_deleted() -> None:
    hotline = hotline_11185()

    staff.sign_in(role="Service desk").post(
        reverse("admin:services_hotline_delete", args=[hotline.pk]), forms.delete_confirmation(hotline)
    )

    assert not Hotline.objects.filter(pk=hotline.pk).exists()
