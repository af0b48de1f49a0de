import pytest
from django.contrib.admin import site
from django.test import RequestFactory
from django.urls import reverse
from taggit.models import Tag

from tests.factories import images, news, pages, services, staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["lukasz", "Łukasz", "ŁUKASIEWICZ łuk"])
def test_autocomplete_finds_people_however_they_are_typed(typed: str) -> None:
    news.person("Łukasiewicz", "Łukasz", slug="lukasz")
    news.person("Zhou", "Mei")
    query = {"app_label": "news", "model_name": "mention", "field_name": "person", "term": typed}

    results = staff.sign_in().get(reverse("admin:autocomplete"), query).json()["results"]

    assert [result["text"] for result in results] == ["Łukasiewicz Łukasz"]


@pytest.mark.parametrize(
    ("model", "typed"),
    [
        ("person", "dang"),
        ("organization", "poczta lodz"),
        ("position", "gerant lodz"),
        ("appointment", "dang gerant"),
        ("section", "epoque"),
        ("source", "邮政"),
    ],
)
def test_lists_find_folded_names(model: str, typed: str) -> None:
    organization = news.organization("Poczta Łódź", slug="lodz")
    position = news.position("Gérant", organization=organization)
    news.appointment(person=news.person("Đặng", "Dũng", slug="dang"), position=position)
    news.section("Époque")
    news.source("Xinhua", name_zh="郵政")
    url = reverse(f"admin:news_{model}_changelist")
    browser = staff.sign_in()

    found = [len(browser.get(url, {"q": text}).context["cl"].result_list) for text in (typed, f"{typed} zzz")]

    assert found == [1, 0]


TITLES = [
    ("Résumé of the year", "Resume"),
    ("Resume of the year", "RÉSUMÉ"),
    ("Night mail", "ｎｉｇｈｔ　ＭＡＩＬ"),
    ("Ｎｉｇｈｔ mail", "night"),
    ("郵政改革", "邮政"),
    ("邮政改革", "郵政"),
    ("Łódź – Kraków by rail", "lodz krakow"),
    ("Night-mail trains", "night mail"),
    ("Night mail trains", "night-mail"),
    ("U.S. mail", "US mail"),
    ("O’Brien’s round", "O'Brien's"),
    ("100% recycled", "100%"),
]


def make_titled(kind: str, title: str) -> None:
    """Make two rows of the kind, of which one has the title."""
    for name in (title, "Zebra"):
        slug = "titled" if name == title else "zebra"
        if kind == "news_article":
            news.article(name, slug=slug)
        elif kind == "pages_page":
            pages.page(name, path=slug)
        elif kind == "images_image":
            images.image(name, title=slug)
        elif kind == "services_hotline":
            services.hotline(name, slug=slug)
        elif kind == "services_service":
            services.service(name, slug=slug)
        elif kind == "services_stampissue":
            services.stamp_issue(name, slug=slug)
        else:
            services.stamp(services.stamp_issue(slug=slug), name=name)


KINDS = ["news_article", "pages_page", "images_image", "services_hotline", "services_service", "services_stamp"]


@pytest.mark.parametrize(("stored", "typed"), TITLES)
@pytest.mark.parametrize("kind", [*KINDS, "services_stampissue"])
def test_lists_find_titles_however_they_are_typed(kind: str, stored: str, typed: str) -> None:
    make_titled(kind, stored)
    url, browser = reverse(f"admin:{kind}_changelist"), staff.sign_in()

    found = [len(browser.get(url, {"q": text}).context["cl"].result_list) for text in (typed, f"{typed} qqq")]

    assert found == [1, 0]


@pytest.mark.parametrize(("stored", "typed"), TITLES)
def test_quick_search_finds_titles_however_they_are_typed(stored: str, typed: str) -> None:
    for kind in KINDS[:4]:
        make_titled(kind, stored)
    services.stamp_issue(stored, slug="issue")

    results = staff.sign_in().get(reverse("admin:quick_search_suggestions"), {"q": typed}).json()["results"]

    assert sorted(row["kind"] for row in results) == ["Article", "Hotline", "Page", "Picture", "Stamp issue"]


@pytest.mark.parametrize("kind", ["services_stamp", "services_stampissue"])
def test_stamps_and_issues_are_found_by_chinese_titles(kind: str) -> None:
    issue = services.stamp_issue("Viaducts", slug="viaducts", title_zh="高架橋")
    services.stamp(issue, name="Arch", name_zh="橋拱")

    page = staff.sign_in().get(reverse(f"admin:{kind}_changelist"), {"q": "桥"})

    assert len(page.context["cl"].result_list) == 1


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("news_article", "night-mail"),
        ("news_article", "ABC.12-3"),
        ("news_article", "abc.12-3"),
        ("pages_page", "about/us"),
        ("services_hotline", "111"),
        ("services_stamp", "CN016.26"),
        ("services_stamp", "viaducts"),
    ],
)
def test_urls_and_numbers_are_found_as_they_are_written_and_once(kind: str, typed: str) -> None:
    news.article("Post", slug="night-mail", external_id="ABC.12-3")
    pages.page("Who", path="about/us")
    hotline = services.hotline("Letters")
    services.short_code_number(hotline, short_code="11185")
    services.number_from_abroad(hotline, e164="+8610111850")
    services.stamp(services.stamp_issue("Viaducts"), name="Arch", wns_number="CN016.26")

    page = staff.sign_in().get(reverse(f"admin:{kind}_changelist"), {"q": typed})

    assert len(page.context["cl"].result_list) == 1


def test_autocomplete_finds_titles_however_they_are_typed() -> None:
    news.article("Résumé", language="en")
    query = {"app_label": "news", "model_name": "article", "field_name": "translation_of", "term": "resume"}

    results = staff.sign_in().get(reverse("admin:autocomplete"), query).json()["results"]

    assert [result["text"] for result in results] == ["Résumé"]


@pytest.mark.parametrize("model", ["news_article", "news_person", "taggit_tag", "images_image", "auth_user"])
@pytest.mark.parametrize("text", ["a " * 1500, "a-" * 1500, "- " * 1500])
def test_lists_take_a_pasted_text(model: str, text: str) -> None:
    page = staff.sign_in().get(reverse(f"admin:{model}_changelist"), {"q": text})

    assert page.status_code == 200


def test_quick_search_finds_folded_names() -> None:
    news.person("Łukasiewicz", "Łukasz", slug="lukasz")

    page = staff.sign_in().get(reverse("admin:quick_search"), {"q": "lukasz"})

    assert "Łukasiewicz" in page.content.decode()


# Exact values, addresses, and the few rows of tables that never grow long.
NOT_FOLDED = {
    "auth.Group",
    "auth.User",
    "audit.Entry",
    "legacy.Capture",
    "pages.ContactMessage",
    "pages.MenuItem",
    "pages.Redirect",
    "pages.ServiceNotice",
    "services.HolidayCalendar",
    "publishing.Release",
    "search.PinnedResult",
    "search.Synonym",
    "search.ZeroResultSearch",
}


def test_every_list_of_content_is_searched_by_folded_columns(rf: RequestFactory) -> None:
    unfolded = {
        model._meta.label
        for model, model_admin in site._registry.items()
        if (fields := model_admin.get_search_fields(rf.get("/")))
        and not any("folded_" in field for field in fields)
        and model is not Tag
    }

    assert unfolded - NOT_FOLDED == set()
