from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse

from news.models import Organization, Section
from postportal.staff.deletion import list_uses
from postportal.staff.model_admin import PortalAdmin
from tests.factories import forms, news, services, staff

pytestmark = pytest.mark.django_db


def test_uses_are_counted_and_the_newest_are_linked() -> None:
    section = news.section("News")
    rows = [news.article(f"Story {number}", section=section) for number in range(12)]

    heading, names = list_uses([section], site=admin.site)

    assert heading == "12 articles, as “section”"
    assert names[0] == f'<a href="/admin/news/article/{rows[-1].pk}/change/">Story 11</a>'
    assert names[10:] == ["and 2 more"]


def test_uses_are_escaped() -> None:
    section = news.section("News")
    news.article("<script>x</script>", section=section)

    assert "&lt;script&gt;" in list_uses([section], site=admin.site)[1][0]


def test_unused_rows_have_no_uses() -> None:
    assert list_uses([], site=admin.site) == []
    assert list_uses([news.section("News")], site=admin.site) == []


def test_delete_page_lists_the_uses() -> None:
    organization = news.organization("State Post Bureau")
    news.position(organization=organization)
    services.service(organization=organization)
    url = reverse("admin:news_organization_delete", args=[organization.pk])

    for answer in (staff.sign_in().get(url), staff.sign_in().post(url, forms.delete_confirmation(organization))):
        page = answer.content.decode()
        assert "“State Post Bureau” cannot be deleted because it is in use:" in page
        assert "1 position, as “organization”" in page
        assert "1 service, as “organization”" in page
    assert Organization.objects.count() == 1


def test_bulk_deletion_lists_the_uses() -> None:
    used, unused = news.section("News"), news.section("Messages")
    news.article(section=used)
    fields = {"action": "delete_selected", **forms.selected_rows(used, unused), "post": "yes"}

    page = staff.sign_in().post(reverse("admin:news_section_changelist"), fields).content.decode()

    assert "These sections cannot be deleted because some of them are in use:" in page
    assert Section.objects.count() == 2


def test_unused_row_is_deleted() -> None:
    section = news.section("News")

    staff.sign_in().post(reverse("admin:news_section_delete", args=[section.pk]), forms.delete_confirmation(section))

    assert Section.objects.count() == 0


def test_row_that_is_used_concurrently_is_not_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    section = news.section("News")
    news.article(section=section)
    monkeypatch.setattr(PortalAdmin, "protecting_uses", lambda self, rows: [])
    monkeypatch.setattr("django.contrib.admin.utils.NestedObjects.can_fast_delete", lambda *args, **kwargs: False)
    monkeypatch.setattr("django.contrib.admin.options.get_deleted_objects", nothing_protected)
    browser = staff.sign_in()
    fields = {"action": "delete_selected", **forms.selected_rows(section), "post": "yes"}

    single = browser.post(
        reverse("admin:news_section_delete", args=[section.pk]), forms.delete_confirmation(section), follow=True
    )
    several = browser.post(reverse("admin:news_section_changelist"), fields, follow=True)

    assert "This item is now in use." in single.content.decode()
    assert "Some of these items are now in use." in several.content.decode()
    assert Section.objects.count() == 1


def nothing_protected(*args: Any) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
    return [], {}, set(), []


def test_uses_without_an_admin_form_are_not_linked() -> None:
    article = news.article("Night mail", tags=["rail"])

    uses = list_uses([article.tags.get()], site=admin.site)

    names = uses[uses.index("1 tagged item, as “tag”") + 1]
    assert names == ["Night mail tagged with rail"]
