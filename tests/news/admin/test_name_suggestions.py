import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from news.admin import name_suggestions
from news.models import Mention
from postportal.publishing.versions import revisions
from tests.factories import forms, news, staff

pytestmark = pytest.mark.django_db
NAMES = "admin:news_article_name_suggestions"


def suggested_names(role: str, **texts: str) -> list[tuple[Any, ...]]:
    found = staff.sign_in(role=role).post(reverse(NAMES), texts).json()["suggestions"]
    return [(each["kind"], each["name"], each["label"]) for each in found]


def test_people_and_organizations_are_suggested_in_the_order_of_the_text() -> None:
    news.person("Zhou", "Mei")
    news.organization("Harbour Post", abbreviation="HRBP")
    news.person("Tang", "Bo")

    found = suggested_names("Author", title="Zhou Mei", standfirst="at HRBP", body="<p>with <b>Zhou Mei</b></p>")

    assert found == [("person", "Zhou Mei", ""), ("organization", "Harbour Post", "HRBP")]


@pytest.mark.parametrize(("role", "status"), [("Editor", 200), ("Viewer", 403), ("Service desk", 403)])
def test_only_writers_of_articles_get_suggestions(role: str, status: int) -> None:
    assert staff.sign_in(role=role).post(reverse(NAMES)).status_code == status


def test_suggestions_cannot_be_fetched_by_get() -> None:
    assert staff.sign_in(role="Editor").get(reverse(NAMES)).status_code == 405


def test_form_suggests_names_in_the_saved_text_that_are_not_linked() -> None:
    article = news.article(body="<p>Zhou Mei met Tang Bo.</p>")
    news.mention(news.person("Zhou", "Mei"), article=article)
    other = news.person("Tang", "Bo")

    page = staff.sign_in(role="Editor").get(reverse("admin:news_article_change", args=[article.pk]))

    assert [each["name"] for each in page.context["name_suggestions"]] == ["Tang Bo"]
    assert f'value="link-person-{other.pk}"' in page.content.decode()


def test_button_saves_and_links_without_scripts() -> None:
    article = news.article("Post", state="draft", publish_at=None, body="<p>Hongmei rode.</p>")
    person = news.person("Zhou", "Mei")
    url = reverse("admin:news_article_change", args=[article.pk])
    browser = staff.sign_in(role="Editor")
    data = forms.fill_form(browser, url, body="<p>Zhou Mei rode.</p>", _continue=f"link-person-{person.pk}")

    browser.post(url, data)

    assert [mention.subject for mention in Mention.objects.all()] == [person]


def test_link_to_a_live_article_is_an_unpublished_change() -> None:
    article = news.article(body="<p>Zhou Mei rode.</p>")
    person = news.person("Zhou", "Mei")
    url = reverse("admin:news_article_change", args=[article.pk])
    browser = staff.sign_in(role="Editor")

    browser.post(url, forms.fill_form(browser, url, _continue=f"link-person-{person.pk}"))

    assert Mention.objects.count() == 0
    assert [row["person"] for row in revisions.current_content(article)["parts"]["mentions"]] == [person.pk]


def test_name_that_is_not_in_the_text_is_not_linked() -> None:
    article = news.article(state="draft", publish_at=None, body="<p>Zhou Mei rode.</p>")
    other = news.person("Tang", "Bo")
    url = reverse("admin:news_article_change", args=[article.pk])
    browser = staff.sign_in(role="Editor")

    browser.post(url, forms.fill_form(browser, url, _continue=f"link-person-{other.pk}"))

    assert Mention.objects.count() == 0


def test_shared_name_is_a_choice_with_what_tells_them_apart() -> None:
    designer = news.person("Zhang", "Wei", slug="zhang-a", told_apart_by="stamp designer, born 1960")
    director = news.person("Zhang", "Wei", slug="zhang-b")
    post = news.organization("Yunhai Post")
    news.appointment(person=director, position=news.position(organization=post), from_on=dt.date(2020, 1, 1))
    found = name_suggestions.suggest_names(staff.account("Editor"), title="Zhang Wei rides", standfirst="", body="")

    assert [(each["id"], each["kind_in_words"], each["choice"]) for each in found] == [
        (designer.pk, "stamp designer, born 1960", "Zhang Wei"),
        (director.pk, "Director, Yunhai Post", "Zhang Wei"),
    ]


def test_choice_is_settled_by_one_link() -> None:
    article = news.article("Zhang Wei rides")
    rows = [news.person("Zhang", "Wei", slug=f"zhang-{letter}") for letter in "ab"]
    news.mention(rows[0], article=article)

    assert name_suggestions.unlinked_suggestions(staff.account("Editor"), article) == []


@pytest.mark.parametrize("role", ["Editor", "Author"])
def test_whoever_is_not_in_the_register_is_offered_to_be_added_or_proposed(role: str) -> None:
    news.position("Director", organization=news.organization("Postal Museum"))
    text = {"body": "<p>Jane Newperson, Director of the Postal Museum</p>"}
    people = staff.sign_in(role=role).post(reverse(NAMES), text).json()["people"]

    assert [person["url"] for person in people] == [
        "/admin/news/person/add/?family_name=Newperson&given_name=Jane&name_order=given"
    ]
