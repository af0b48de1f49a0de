import pytest

from postportal.pages.models import Redirect
from postportal.pages.redirects import conflicting_redirects, redirect_former_urls
from tests.factories import news, pages

pytestmark = pytest.mark.django_db


def test_former_url_is_redirected_to_the_item() -> None:
    article = news.article()

    redirect_former_urls(article, {"/old/": article, "/same/": article}, {"/new/": article, "/same/": article})

    row = Redirect.objects.get()
    assert (row.old_host, row.old_path, row.target) == ("", "/old/", article)


def test_second_change_makes_no_chain() -> None:
    article = news.article()
    redirect_former_urls(article, {"/first/": article}, {"/second/": article})
    redirect_former_urls(article, {"/second/": article}, {"/third/": article})

    assert {row.old_path: row.target for row in Redirect.objects.all()} == {"/first/": article, "/second/": article}


def test_url_that_is_used_again_is_no_longer_redirected() -> None:
    article = news.article()
    redirect_former_urls(article, {"/first/": article}, {"/second/": article})
    redirect_former_urls(article, {"/second/": article}, {"/first/": article})

    assert [row.old_path for row in Redirect.objects.all()] == ["/second/"]


def test_redirects_to_a_former_url_follow_the_item() -> None:
    article = news.article()
    pages.redirect("/old.htm", "/first/")

    redirect_former_urls(article, {"/first/": article}, {"/second/": article})

    assert Redirect.objects.get(old_path="/old.htm").target == article


def test_former_url_of_a_removed_item_can_have_a_new_url() -> None:
    article = news.article()

    redirect_former_urls(article, {"/old/": article}, {}, "/news/")

    row = Redirect.objects.get()
    assert (row.new_address, row.target) == ("/news/", None)


def test_url_of_a_removed_child_row_is_redirected_to_the_item() -> None:
    article, child = news.article(), news.person()

    redirect_former_urls(article, {"/item/": article, "/child/": child}, {"/item/": article})

    assert Redirect.objects.get(old_path="/child/").target == article


def test_conflicting_redirects_leave_out_those_of_the_item() -> None:
    article, other = news.article(), news.article("Other")
    pages.redirect("/own/", article)
    pages.redirect("/other/", other)
    pages.redirect("/elsewhere/", "https://bank.example/")
    pages.gone_redirect("/gone/", reason="Over.")

    urls = dict.fromkeys(["/own/", "/other/", "/elsewhere/", "/gone/", "/free/"], article)

    assert conflicting_redirects(urls, article) == [
        ("/elsewhere/", "https://bank.example/"),
        ("/gone/", "Over."),
        ("/other/", "Other"),
    ]
