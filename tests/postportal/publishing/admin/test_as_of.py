import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from postportal.publishing.previews.as_of import SESSION_KEY
from tests.factories import editorial, staff

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]
AS_OF = "/admin/as-of/"


def scheduled_article(due_at: dt.datetime) -> Article:
    writer, editor = staff.account("Author"), staff.account("Editor")
    return editorial.scheduled_article("Night mail returns", by=writer, scheduled_by=editor, due_at=due_at)


def test_time_is_chosen_on_the_page_and_left_with_its_button() -> None:
    article = scheduled_article(timezone.now() + dt.timedelta(days=1))
    browser = staff.sign_in(role="Editor")

    page = browser.get(AS_OF)
    at = timezone.localtime(timezone.now() + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%S")
    ahead = browser.post(AS_OF, {"at": at, "next": article.get_absolute_url()}, follow=True)
    page_now = browser.get(AS_OF)
    back = browser.post(AS_OF, {"back": "1"}, follow=True)

    assert ("Night mail returns" in page.content.decode(), page.status_code) == (True, 200)
    assert ahead.redirect_chain == [(article.get_absolute_url(), 302)]
    assert ("preview-bar" in ahead.content.decode(), "You are viewing the site as of" in page_now.content.decode()) == (
        True,
        True,
    )
    assert ("preview-bar" in back.content.decode(), SESSION_KEY in browser.session) == (False, False)


def test_form_of_a_scheduled_item_has_a_button_for_its_time() -> None:
    due = timezone.now() + dt.timedelta(hours=1, microseconds=5)
    article = scheduled_article(due)
    browser = staff.sign_in(role="Viewer")
    page = browser.get(reverse("admin:news_article_change", args=[article.pk]))
    at = timezone.localtime(page.context["preview_at"]).strftime("%Y-%m-%dT%H:%M:%S.%f")
    assert f'name="at" value="{at}"' in page.content.decode()

    answer = browser.post(AS_OF, {"at": at, "next": page.context["public_url"]}, follow=True)

    assert "Night mail returns" in answer.content.decode()


@pytest.mark.parametrize("at", ["", "soon", "1999-01-01T00:00:00"])
def test_time_that_is_not_valid_or_in_the_past_is_refused(at: str) -> None:
    browser = staff.sign_in(role="Editor")

    answer = browser.post(AS_OF, {"at": at})

    assert (answer.status_code, SESSION_KEY in browser.session) == (200, False)
    assert list(answer.context["form"].errors) == ["at"]


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_redirect_stays_on_this_site(address: str) -> None:
    browser = staff.sign_in(role="Editor")

    answer = browser.post(AS_OF, {"at": "2126-12-08T09:30:00", "next": address})

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_time_in_the_url_is_proposed() -> None:
    answer = staff.sign_in(role="Editor").get(AS_OF, {"at": "2126-12-08T01:30:00+00:00"})

    assert 'value="2126-12-08T09:30:00"' in answer.content.decode()


def test_anonymous_users_are_asked_to_log_in(client: Client) -> None:
    assert "/admin/login/" in client.get(AS_OF)["Location"]
    assert "/admin/login/" in client.post(AS_OF, {"at": "2126-12-08T09:30:00"})["Location"]
