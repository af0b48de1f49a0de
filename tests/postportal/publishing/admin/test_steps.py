from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from news.models import Article
from postportal.publishing.admin.steps import validate_redirect_target
from postportal.publishing.models import State
from postportal.publishing.workflow.definitions import STEPS
from postportal.staff.permissions import change_url
from tests.factories import editorial, forms, news, staff
from tests.postportal.publishing.revision_pages import messages_of

pytestmark = pytest.mark.django_db


def step_url(row: Any, step: str) -> str:
    return reverse("admin:news_article_step", args=[row.pk, step])


@pytest.mark.parametrize("step", STEPS)
def test_page_of_a_step_says_what_the_step_does_and_nothing_happens(step: str) -> None:
    article, browser = news.article(), staff.sign_in()

    page = browser.get(step_url(article, step))

    assert (page.status_code, page.context["title"]) == (200, STEPS[step].label)
    assert str(STEPS[step].effect) in page.content.decode()
    assert [str(message) for message in page.context["messages"]] == []
    assert Article.objects.values_list("state", flat=True).get() == State.PUBLISHED


def test_unknown_step_is_not_found() -> None:
    assert staff.sign_in().get(step_url(news.article(), "archive")).status_code == 404


@pytest.mark.parametrize(
    ("step", "fields"),
    [
        ("withdraw", {"reason"}),
        ("unpublish", {"reason", "new_address"}),
        ("reinstate", set()),
        ("publish", {"change_note"}),
        ("schedule", {"due_at", "change_note"}),
    ],
)
def test_page_asks_only_for_what_the_step_needs(step: str, fields: set[str]) -> None:
    page = staff.sign_in().get(step_url(news.article(), step))

    assert set(page.context["form"].fields) == fields


@pytest.mark.parametrize("url", ["/news/", "/", "https://example.org", "http://example.org/path?x=1"])
def test_path_or_full_url_is_a_redirect_target(url: str) -> None:
    validate_redirect_target(url)


@pytest.mark.parametrize("url", ["//example.org", "/\\example.org", "javascript:alert(1)", "news/", "https://", "/a b"])
def test_other_site_without_a_scheme_or_a_script_is_no_redirect_target(url: str) -> None:
    with pytest.raises(ValidationError, match="Enter a path of this site"):
        validate_redirect_target(url)


def test_article_is_withdrawn_from_the_page_of_the_step() -> None:
    article, browser = news.article("Old"), staff.sign_in()

    answer = browser.post(step_url(article, "withdraw"), {"reason": "Wrong tariff", "_version": 0}, follow=True)

    assert answer.redirect_chain == [(change_url(article), 302)]
    assert messages_of(answer) == [str(STEPS["withdraw"].result % {"item": "Old"})]
    article.refresh_from_db()
    assert (article.state, article.withdrawal_reason) == (State.WITHDRAWN, "Wrong tariff")


def test_button_of_the_form_saves_the_text_before_the_step() -> None:
    writer = staff.account("Author")
    article = editorial.draft_article("Old", by=writer)
    browser = staff.sign_in(writer)

    browser.post(change_url(article), forms.fill_form(browser, change_url(article), title="New", _step="submit"))

    article.refresh_from_db()
    assert (article.title, editorial.revisions.open_edition(article).stage) == ("New", "review")  # type: ignore[union-attr]


def test_author_sees_no_button_for_a_step_of_others() -> None:
    author = staff.account("Author")
    article = editorial.draft_article("Mine", by=author)

    def buttons(browser: Client) -> tuple[list[str], list[str]]:
        context = browser.get(change_url(article)).context
        return list(context["form_steps"]), [step.name for step, _url in context["page_steps"]]

    assert buttons(staff.sign_in(author)) == (["submit"], [])
    assert "publish" in buttons(staff.sign_in(role="Editor"))[0]
