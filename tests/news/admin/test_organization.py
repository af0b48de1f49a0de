import pytest
from django.urls import reverse

from news.models import Organization, Position
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db


def test_editor_adds_an_organization_with_positions_and_successors() -> None:
    browser = staff.sign_in(role="Editor")
    successor = news.organization("China Post Group Corporation Limited")
    url = reverse("admin:news_organization_add")
    data = forms.fill_form(
        browser,
        url,
        **{"name": "China Post Group Corporation", "slug": "cpgc", "kind": "operator", "names-TOTAL_FORMS": "1"},
        **{
            "names-0-name": "CPGC",
            "names-0-kind": "abbrev",
            "names-0-from_precision": "day",
            "names-0-until_precision": "day",
            "positions-TOTAL_FORMS": "1",
        },
        **{"positions-0-label": "Chairman", "positions-0-seats": "1", "positions-0-rank": "1"},
        **{
            "successor_links-TOTAL_FORMS": "1",
            "successor_links-0-successor": successor.pk,
            "successor_links-0-kind": "renamed",
        },
        **{"successor_links-0-happened_precision": "year", "successor_links-0-happened_on": "2019-12-01"},
    )

    answer = browser.post(url, data)

    organization = Organization.objects.get(slug="cpgc")
    assert answer.status_code == 302
    assert organization.names.get().name == "CPGC"
    assert Position.objects.get().organization == organization
    assert organization.successor_links.get().successor == successor


def test_organization_cannot_be_part_of_its_own_branch() -> None:
    parent = news.organization("Parent")
    child = news.organization("Child", parent=parent)
    browser = staff.sign_in(role="Editor")
    url = reverse("admin:news_organization_change", args=[parent.pk])

    form = browser.post(url, forms.fill_form(browser, url, parent=child.pk)).context["adminform"].form

    assert form.errors["parent"] == ["An organization cannot be part of itself."]
