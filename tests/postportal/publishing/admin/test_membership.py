from typing import Any

import pytest
from django.urls import reverse

from postportal.publishing.models import Release, State
from postportal.publishing.workflow import release_members
from postportal.staff.permissions import change_url
from tests.factories import editorial, news, staff
from tests.factories.releases import release
from tests.postportal.publishing.revision_pages import messages_of

pytestmark = pytest.mark.django_db


def membership_url(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_release", args=[row.pk])


def test_item_is_added_and_removed_from_its_own_form() -> None:
    article, browser = editorial.draft_article("Hush fares", by=staff.account("Author")), staff.sign_in(role="Editor")
    url = membership_url(article)
    form = browser.get(change_url(article)).content.decode()

    browser.post(url, {"new_name": "New tariff"})
    release_joined = release_members.release_of(article)
    page_of_member = browser.get(change_url(article)).content.decode()
    browser.post(url, {"leave": "1"})

    assert f'href="{url}"' in form
    assert release_joined == Release.objects.get(name="New tariff")
    assert "This item will be published with the release" in page_of_member
    assert release_members.release_of(article) is None


@pytest.mark.parametrize("fields", [{}, {"new_name": " "}, {"new_name": "x" * 151}, {"release": "999999"}])
def test_form_with_neither_release_nor_new_name_is_refused(fields: dict[str, str]) -> None:
    article, browser = editorial.draft_article("Hush fares", by=staff.account("Author")), staff.sign_in()

    answer = browser.post(membership_url(article), fields)

    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not Release.objects.exists()


def test_refused_item_creates_no_release() -> None:
    article, browser = news.article(), staff.sign_in()

    answer = browser.post(membership_url(article), {"new_name": "Launch"})

    assert messages_of(answer) == ["There are no unpublished changes."]
    assert not Release.objects.exists()


def test_form_with_both_release_and_new_name_is_refused() -> None:
    article, browser, launch = editorial.draft_article("Fares", by=staff.account("Author")), staff.sign_in(), release()

    answer = browser.post(membership_url(article), {"release": launch.pk, "new_name": "Another"})

    assert answer.context["form"].non_field_errors() == ["Choose a release, or enter a name for a new one."]
    assert (release_members.release_of(article), Release.objects.count()) == (None, 1)


@pytest.mark.parametrize(("state", "has_change_note"), [(State.DRAFT, False), (State.PUBLISHED, True)])
def test_change_note_is_asked_for_live_items_only(state: str, has_change_note: bool) -> None:
    page = staff.sign_in().get(membership_url(news.article(state=state)))

    assert ("change_note" in page.context["form"].fields) == has_change_note


def test_who_may_not_add_releases_cannot_name_a_new_one(django_user_model: Any) -> None:
    fields = staff.sign_in(role="Editor").get(membership_url(news.article())).context["form"].fields

    assert list(fields) == ["release", "new_name", "change_note"]


@pytest.mark.parametrize(("role", "status"), [("Author", 403), ("Viewer", 403), ("Service desk", 403), ("Editor", 200)])
def test_membership_is_for_those_who_work_on_releases_and_on_the_item(role: str, status: int) -> None:
    article = news.article()

    assert staff.sign_in(role=role).get(membership_url(article)).status_code == status


def test_row_of_a_scheduled_release_cannot_be_removed() -> None:
    launch = release()
    person = news.person(publish_at=None)
    release_members.add_to_release(launch, person, by=staff.account(is_superuser=True))
    Release.objects.update(stage=Release.Stage.SCHEDULED, due_at=news.LONG_AGO.replace(year=2200))

    answer = staff.sign_in().post(membership_url(person), {"leave": "1"}, follow=True)

    person.refresh_from_db()
    assert release_members.release_of(person) == launch
    assert len(messages_of(answer)) == 1
