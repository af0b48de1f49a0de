import pytest
from django.urls import reverse

from news.models import Appointment, Organization, Person, Position
from tests.factories import forms, images, news, staff

pytestmark = pytest.mark.django_db


def test_editor_adds_a_person_with_names_and_a_post() -> None:
    browser = staff.sign_in(role="Editor")
    position = news.position("Director")
    address = reverse("admin:news_person_add")
    data = forms.fill_form(
        browser,
        address,
        family_name="Liu",
        given_name="Aili",
        name_zh="刘爱力",
        slug="liu-aili",
        **{"portrait": images.image().pk, "biography": "<p>Born in Hunan.</p>", "names-TOTAL_FORMS": "1"},
        **{"names-0-name": "Liu Ai-li", "names-0-kind": "variant", "appointments-TOTAL_FORMS": "1"},
        **{"appointments-0-position": position.pk, "appointments-0-from_on": "2018-09-01"},
        **{"appointments-0-from_precision": "month", "appointments-0-until_precision": "day"},
    )

    answer = browser.post(address, data)

    person = Person.objects.get()
    assert answer.status_code == 302
    assert (person.name, person.sort_name) == ("Liu Aili", "liu, aili")
    assert person.names.get().name == "Liu Ai-li"
    assert Appointment.objects.get().position == position


def test_editor_adds_an_organization_with_its_posts_and_what_it_became() -> None:
    browser = staff.sign_in(role="Editor")
    successor = news.organization("China Post Group Corporation Limited")
    address = reverse("admin:news_organization_add")
    data = forms.fill_form(
        browser,
        address,
        **{"name": "China Post Group Corporation", "slug": "cpgc", "kind": "operator", "names-TOTAL_FORMS": "1"},
        **{"names-0-name": "CPGC", "names-0-kind": "abbrev", "positions-TOTAL_FORMS": "1"},
        **{"positions-0-label": "Chairman", "positions-0-seats": "1", "positions-0-rank": "1"},
        **{"successions-TOTAL_FORMS": "1", "successions-0-successor": successor.pk, "successions-0-kind": "renamed"},
        **{"successions-0-happened_precision": "year", "successions-0-happened_on": "2019-12-01"},
    )

    answer = browser.post(address, data)

    organization = Organization.objects.get(slug="cpgc")
    assert answer.status_code == 302
    assert organization.names.get().name == "CPGC"
    assert Position.objects.get().organization == organization
    assert organization.successor_links.get().successor == successor


def test_organization_cannot_become_a_part_of_itself() -> None:
    parent = news.organization("Parent")
    child = news.organization("Child", parent=parent)
    browser = staff.sign_in(role="Editor")
    address = reverse("admin:news_organization_change", args=[parent.pk])

    form = browser.post(address, forms.fill_form(browser, address, parent=child.pk)).context["adminform"].form

    assert form.errors["parent"] == ["An organization cannot be part of itself."]


def test_source_keeps_its_aliases() -> None:
    browser = staff.sign_in(role="Editor")
    address = reverse("admin:news_source_add")
    data = forms.fill_form(
        browser,
        address,
        **{"name": "China Post News", "slug": "cpn", "aliases-TOTAL_FORMS": "1", "aliases-0-name": "CP News"},
    )

    assert browser.post(address, data).status_code == 302
    found = browser.get(reverse("admin:news_source_changelist"), {"q": "cp news"}).context["cl"].result_list
    assert [source.name for source in found] == ["China Post News"]


@pytest.mark.parametrize("query", ["刘爱力", "liu ai-li", "Liu"])
def test_person_is_found_by_any_name(query: str) -> None:
    person = news.person("Liu", "Aili", name_zh="刘爱力")
    person.names.create(name="Liu Ai-li")
    news.person("Wen", "Hao")

    found = staff.sign_in(role="Viewer").get(reverse("admin:news_person_changelist"), {"q": query})

    assert list(found.context["cl"].result_list) == [person]


def test_suggested_positions_take_no_query_each() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = staff.sign_in(role="Editor")
    query = {"app_label": "news", "model_name": "appointment", "field_name": "position", "term": "Director"}
    counts = []
    for _ in range(2):
        for _ in range(5):
            news.position()
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/admin/autocomplete/", query).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
