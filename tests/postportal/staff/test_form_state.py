from http import HTTPStatus

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse

from postportal.staff.form_state import form_state, post_copy
from postportal.staff.models import Autosave
from tests.factories import news, staff


def test_state_belongs_to_one_request(rf: RequestFactory) -> None:
    first, second = rf.get("/"), rf.get("/")
    form_state(first).is_dry_run = True

    assert (form_state(first).is_dry_run, form_state(second).is_dry_run) == (True, False)


def test_copy_posts_its_own_fields_and_leaves_the_original_as_it_is(rf: RequestFactory) -> None:
    request = rf.get("/?page=2")

    copy = post_copy(request, QueryDict("title=Mine"))

    # `FILES` last: it is parsed together with `POST`.
    assert (copy.method, copy.FILES, copy.POST["title"], copy.GET["page"]) == ("POST", {}, "Mine", "2")
    assert (request.method, "title" in request.POST) == ("GET", False)


def test_copy_of_a_post_keeps_the_uploaded_files(rf: RequestFactory) -> None:
    request = rf.post("/", {"title": "Theirs"})

    copy = post_copy(request, QueryDict("title=Mine"))

    assert (copy.FILES, copy.POST["title"], request.POST["title"]) == (request.FILES, "Mine", "Theirs")


def test_copy_shares_user_and_meta_but_not_the_state(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    form_state(request).shown_version = "5.17"

    copy = post_copy(request, QueryDict(), is_dry_run=True)
    form_state(copy).saved_item = news.Article()

    assert (copy.user, copy.META) == (request.user, request.META)
    assert copy.META is request.META
    assert (form_state(copy).is_dry_run, form_state(copy).shown_version) == (True, "5.17")
    assert (form_state(request).is_dry_run, form_state(request).saved_item) == (False, None)


@pytest.mark.django_db
def test_page_that_shows_an_autosave_still_sets_the_csrf_cookie() -> None:
    browser, key = staff.sign_in(), "a" * 32
    article = news.article()
    browser.post(reverse("admin:news_article_autosave", args=[article.pk]), {"_form_key": key, "title": "Mine"})
    assert Autosave.objects.count() == 1
    browser.cookies.pop("csrftoken", None)

    page = browser.get(reverse("admin:news_article_change", args=[article.pk]), {"_take": key})

    assert (page.status_code, "csrftoken" in page.cookies) == (HTTPStatus.OK, True)
