from typing import Any

import pytest
from django.urls import reverse

from news.models import Mention
from postportal.publishing.versions import revisions
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db
NAMED = "admin:news_article_name_suggestions"


def names(role: str, **typed: str) -> list[tuple[Any, ...]]:
    found = staff.sign_in(role=role).post(reverse(NAMED), typed).json()["named"]
    return [(each["kind"], each["name"], each["label"]) for each in found]


def test_people_and_organizations_in_the_text_are_offered_in_its_order() -> None:
    news.person("Zhou", "Mei")
    news.organization("Harbour Post", abbreviation="HRBP")
    news.person("Tang", "Bo")

    found = names("Author", title="Zhou Mei", standfirst="at HRBP", body="<p>with <b>Zhou Mei</b></p>")

    assert found == [("person", "Zhou Mei", ""), ("organization", "Harbour Post", "HRBP")]


@pytest.mark.parametrize(("role", "status"), [("Editor", 200), ("Viewer", 403), ("Service desk", 403)])
def test_only_who_writes_articles_asks(role: str, status: int) -> None:
    assert staff.sign_in(role=role).post(reverse(NAMED)).status_code == status


def test_asking_is_not_a_page() -> None:
    assert staff.sign_in(role="Editor").get(reverse(NAMED)).status_code == 405


def test_form_offers_whom_the_saved_text_names_and_nobody_who_is_linked() -> None:
    article = news.article(body="<p>Zhou Mei met Tang Bo.</p>")
    news.mention(news.person("Zhou", "Mei"), article=article)
    other = news.person("Tang", "Bo")

    page = staff.sign_in(role="Editor").get(reverse("admin:news_article_change", args=[article.pk]))

    assert [each["name"] for each in page.context["name_suggestions"]] == ["Tang Bo"]
    assert f'value="link-person-{other.pk}"' in page.content.decode()


def test_button_of_a_name_saves_and_links_without_scripts() -> None:
    article = news.article("Post", state="draft", publish_at=None, body="<p>Hongmei rode.</p>")
    person = news.person("Zhou", "Mei")
    address = reverse("admin:news_article_change", args=[article.pk])
    browser = staff.sign_in(role="Editor")
    sent = forms.fill_form(browser, address, body="<p>Zhou Mei rode.</p>", _continue=f"link-person-{person.pk}")

    browser.post(address, sent)

    assert [mention.subject for mention in Mention.objects.all()] == [person]


def test_link_to_a_live_article_waits_beside_it() -> None:
    article = news.article(body="<p>Zhou Mei rode.</p>")
    person = news.person("Zhou", "Mei")
    address = reverse("admin:news_article_change", args=[article.pk])
    browser = staff.sign_in(role="Editor")

    browser.post(address, forms.fill_form(browser, address, _continue=f"link-person-{person.pk}"))

    assert Mention.objects.count() == 0
    assert [row["person"] for row in revisions.current_content(article)["parts"]["mentions"]] == [person.pk]


def test_whom_the_text_does_not_name_is_not_linked() -> None:
    article = news.article(state="draft", publish_at=None, body="<p>Zhou Mei rode.</p>")
    other = news.person("Tang", "Bo")
    address = reverse("admin:news_article_change", args=[article.pk])
    browser = staff.sign_in(role="Editor")

    browser.post(address, forms.fill_form(browser, address, _continue=f"link-person-{other.pk}"))

    assert Mention.objects.count() == 0
