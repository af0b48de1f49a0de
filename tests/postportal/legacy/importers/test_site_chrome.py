import pytest

from news.models import Section
from postportal.pages.models import MenuItem, SiteSettings
from services.models import Hotline, HotlineNumber, Service
from tests.factories import services
from tests.postportal.legacy.captures import FOOTER, capture_text, news_text
from tests.postportal.legacy.conftest import ImportTexts

pytestmark = pytest.mark.django_db
LIFE = "China Post Life: “8610 4008909999” cannot be dialled; the number from abroad is unknown"


def test_hotlines_are_created_with_numbers_to_dial(import_texts: ImportTexts) -> None:
    report = import_texts(news_text(), news_text(title="Another", url="http://old.example/html1/report/1/2-1.htm"))

    numbers = HotlineNumber.objects.order_by("hotline__order", "order")
    assert [(each.hotline.purpose, each.short_code, each.region, each.e164, each.scope) for each in numbers] == [
        ("Postal Business", "11185", "CN", "", "domestic"),
        ("Postal Business", "", "", "+861011185", "abroad"),
        ("Postal Savings", "95580", "CN", "", "domestic"),
        ("Postal Savings", "", "", "+861095580", "abroad"),
        ("Logistics and EMS", "11183", "CN", "", "domestic"),
        ("Logistics and EMS", "", "", "+861011183", "abroad"),
        ("China Post Life", "4008909999", "CN", "", "domestic"),
    ]
    assert all(each.is_on_every_page and each.verified_on is None for each in Hotline.objects.order_by("pk"))
    assert report.site_findings == [LIFE]


def test_hotline_with_the_same_number_is_not_changed(import_texts: ImportTexts) -> None:
    ours = services.hotline("Letters and parcels")
    services.short_code_number(ours, short_code="11185")
    services.number_from_abroad(ours, e164="+861011185")

    report = import_texts(capture_text("T\n2019-05-20\n\nText.", navigation="Postal Business: 8610 11185\n"))

    assert list(Hotline.objects.values_list("purpose", flat=True)) == ["Letters and parcels"]
    assert (Service.objects.count(), report.site_findings) == (1, [])


def test_different_numbers_are_only_reported(import_texts: ImportTexts) -> None:
    ours = services.hotline("Postal Business")
    services.short_code_number(ours, short_code="11111")
    savings = services.hotline("Money")
    services.short_code_number(savings, short_code="95580")
    services.number_from_abroad(savings, e164="+862195580")

    report = import_texts(
        capture_text("T\n2019-05-20\n\nText.", navigation="Postal Business: 8610 11185\nPostal Savings: 8610 95580\n")
    )

    assert Hotline.objects.count() == 2
    assert report.site_findings == [
        "Postal Business: our number differs from 8610 11185",
        "Postal Savings: our number from abroad is +862195580, the page has 8610 95580",
    ]


def test_landline_is_dialled_from_anywhere_and_an_invalid_number_is_reported(import_texts: ImportTexts) -> None:
    navigation = "Boats: 8621 12345678\nNets: 86 1234567\n渡船：8621 87654321\n"

    report = import_texts(capture_text("T\n2019-05-20\n\nText.", navigation=navigation))

    assert list(HotlineNumber.objects.order_by("pk").values_list("e164", "scope")) == [
        ("+862112345678", "anywhere"),
        ("+862187654321", "anywhere"),
    ]
    assert report.site_findings == ["Nets: “86 1234567” is not a valid telephone number"]


def test_hotline_with_a_taken_slug_gets_another(import_texts: ImportTexts) -> None:
    services.hotline("Other", slug="postal-business", service=services.service("Other", slug="postal-business"))

    import_texts(capture_text("T\n2019-05-20\n\nText.", navigation="Postal Business: 8610 11185\n"))

    assert Hotline.objects.get(purpose="Postal Business").slug == "postal-business-2"


def test_empty_menu_is_filled_in_with_a_computed_year(import_texts: ImportTexts) -> None:
    report = import_texts(news_text())

    assert list(MenuItem.objects.order_by("order").values_list("label", "address")) == [
        ("Postman Story", "/news/section/postman-story/"),
        ("Postal Equipments", "/news/section/postal-equipments/"),
        ("{year} Stamps", "/stamps/{year}/"),
    ]
    assert MenuItem.objects.get(label="{year} Stamps").label_for_year(2026) == "2026 Stamps"
    assert Section.objects.filter(slug="postman-story", name_zh="邮递员故事").exists()
    assert report.site_findings == [LIFE]


def test_menu_of_editors_is_not_changed(import_texts: ImportTexts) -> None:
    MenuItem.objects.create(label="Postman story", address="/news/")

    report = import_texts(news_text())

    assert MenuItem.objects.count() == 1
    assert report.site_findings == [LIFE, "not in the menu: Postal Equipments", "not in the menu: {year} Stamps"]


def test_menu_entry_without_a_page_is_reported(import_texts: ImportTexts) -> None:
    navigation = "• Home\n• Contact us\n• Boats\nPostal Business: 8610 11185\n"

    report = import_texts(capture_text("T\n2019-05-20\n\nText.", navigation=navigation))

    assert list(MenuItem.objects.order_by("order").values_list("label", "address")) == [
        ("Home", "/"),
        ("Contact us", "/contact/"),
    ]
    assert report.site_findings == ["no page for the menu entry “Boats”"]


def test_register_numbers_are_stored_once(import_texts: ImportTexts) -> None:
    import_texts(news_text())

    assert SiteSettings.load().register_numbers == "京ICP备10203040号\n京公网安备110401400999号"


def test_register_numbers_of_editors_are_not_changed(import_texts: ImportTexts) -> None:
    SiteSettings.objects.create(register_numbers="京ICP备10203040号")

    report = import_texts(capture_text("T\n2019-05-20\n\nText.", navigation="", footer=FOOTER))

    assert SiteSettings.load().register_numbers == "京ICP备10203040号"
    assert report.site_findings == ["register number not in the site settings: 京公网安备110401400999号"]


def test_unchanged_file_restores_no_menu_items(import_texts: ImportTexts) -> None:
    import_texts(news_text())
    MenuItem.objects.all().delete()

    import_texts(news_text())

    assert MenuItem.objects.count() == 0
