import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client, RequestFactory
from taggit.models import TaggedItem

from postportal.site.edit_link import edit_url
from tests.factories import news, staff

pytestmark = pytest.mark.django_db


def test_edit_link_is_for_staff_who_may_change_the_row(client: Client) -> None:
    article = news.article()
    path = article.get_absolute_url()
    link = f'href="/admin/news/article/{article.pk}/change/"'

    seen = [
        link in browser.get(path).content.decode()
        for browser in (client, staff.sign_in(role="Publisher"), staff.sign_in(role="Service desk"))
    ]

    assert seen == [False, True, False]


def edit_url_for(user: User | AnonymousUser, row: object) -> str:
    request = RequestFactory().get("/")
    request.COOKIES["sessionid"] = "any"
    request.user = user
    return edit_url(request, row)


def test_edit_url_needs_a_staff_account() -> None:
    article = news.article()
    reader = User.objects.create(username="reader", is_superuser=True)

    assert edit_url_for(AnonymousUser(), article) == ""
    assert edit_url_for(reader, article) == ""
    assert edit_url_for(staff.account(is_superuser=True), article) == f"/admin/news/article/{article.pk}/change/"


def test_row_without_an_admin_form_has_no_edit_url() -> None:
    assert edit_url_for(staff.account(is_superuser=True), TaggedItem(pk=1)) == ""


def test_session_is_not_loaded_without_its_cookie() -> None:
    # A request without a user would raise AttributeError.
    assert edit_url(RequestFactory().get("/"), news.article()) == ""
