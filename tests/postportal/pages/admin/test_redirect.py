import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from postportal.pages.models import Redirect
from tests.factories import forms, news, pages, staff

pytestmark = pytest.mark.django_db


def test_list_shows_the_targets() -> None:
    article = news.article("Summit")
    pages.redirect("/a.htm", article)
    pages.redirect("/b.htm", "/about/")
    pages.gone_redirect("/c.htm", reason="Over")
    lost = pages.redirect("/d.htm", news.article())
    lost.target.delete()

    rows = staff.sign_in().get(reverse("admin:pages_redirect_changelist")).content.decode()

    assert f'<a href="/admin/news/article/{article.pk}/change/">Summit</a>' in rows
    assert [text in rows for text in ("/about/", "removed: Over", "deleted item")] == [True] * 3


def test_redirect_must_have_exactly_one_target() -> None:
    browser = staff.sign_in(role="Publisher")
    url = reverse("admin:pages_redirect_add")
    data = forms.fill_form(browser, url, old_path="/old.htm", new_address="/new/", gone_reason="Over")

    page = browser.post(url, data).content.decode()
    saved = browser.post(url, {**data, "gone_reason": ""})

    assert "Enter exactly one: an item, a new URL or the reason for removal." in page
    assert saved.status_code == 302
    assert Redirect.objects.get().new_address == "/new/"


def test_item_types_are_models_with_pages() -> None:
    form = staff.sign_in().get(reverse("admin:pages_redirect_add")).context["adminform"].form

    models = {content_type.model for content_type in form.fields["content_type"].queryset}
    assert {"article", "page", "stamp"} <= models
    assert {"mention", "redirect", "user"} & models == set()


def test_item_is_chosen_by_type_and_id() -> None:
    page = pages.page("About")
    browser, url = staff.sign_in(role="Publisher"), reverse("admin:pages_redirect_add")
    content_type = ContentType.objects.get_for_model(page).pk

    data = forms.fill_form(browser, url, old_path="/old.htm", content_type=content_type, object_id=page.pk)

    assert browser.post(url, data).status_code == 302
    assert Redirect.objects.get().target == page


def test_filter_offers_the_types_that_redirects_lead_to() -> None:
    pages.redirect("/a.htm", news.article("Summit"))
    pages.redirect("/b.htm", pages.page("About"))
    pages.redirect("/c.htm", "/about/")
    url, browser = reverse("admin:pages_redirect_changelist"), staff.sign_in()
    [spec] = browser.get(url).context["cl"].filter_specs

    names = [str(name) for _key, name in spec.lookup_choices]
    key = next(key for key, name in spec.lookup_choices if name == "Article")

    assert names == ["Article", "Page"]
    found = {query: browser.get(url, {"content_type": query}).context["cl"].result_list for query in (key, "x")}
    assert [[row.old_path for row in rows] for rows in found.values()] == [["/a.htm"], ["/a.htm", "/b.htm", "/c.htm"]]
