from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from news.models import Article
from postportal.publishing.models import Edition, State
from postportal.publishing.versions import revisions
from postportal.publishing.workflow import steps
from postportal.staff.models import Autosave
from postportal.staff.permissions import change_url
from tests.factories import forms, news, staff
from tests.postportal.publishing.revision_pages import messages_of

pytestmark = pytest.mark.django_db
LIST = reverse("admin:news_article_changelist")


def step_url(row: Any, step: str) -> str:
    return reverse("admin:news_article_step", args=[row.pk, step])


def save(row: Any, user: Any = None, **changes: Any) -> None:
    browser = staff.sign_in(user, role="" if user else "Editor")
    browser.post(change_url(row), {**forms.fill_form(browser, change_url(row)), "_continue": "1", **changes})


def listed_versions(browser: Client) -> dict[int, int]:
    return {row.pk: row.shown_version for row in browser.get(LIST).context["cl"].result_list}


@pytest.mark.parametrize("action", ["publish_selected", "delete_selected"])
def test_list_action_skips_items_saved_since(action: str) -> None:
    changed, other = (news.article(name, state=State.DRAFT, standfirst="By rail.") for name in ("Changing", "Other"))
    browser = staff.sign_in()
    fields = forms.selected_rows(changed, other)
    save(changed, staff.account("Editor", last_name="Wen", first_name="Li"), title="Changed")

    answer = browser.post(LIST, {"action": action, "post": "yes", **fields}, follow=True)

    assert messages_of(answer)[0].startswith("Li Wen saved “Changed” at ")
    left = dict(Article.objects.values_list("title", "state"))
    assert left == {"Changed": State.DRAFT, **({"Other": State.PUBLISHED} if action == "publish_selected" else {})}


def test_list_shows_the_version_of_each_row() -> None:
    article, browser = news.article(state=State.DRAFT), staff.sign_in()
    before = listed_versions(browser)
    save(article, title="Changed")

    assert (before, listed_versions(browser)) == ({article.pk: 0}, {article.pk: 2})
    assert f'<input type="hidden" name="_version_{article.pk}" value="2">' in browser.get(LIST).content.decode()


def test_confirmation_page_repeats_the_versions() -> None:
    article, browser = news.article("Old"), staff.sign_in()
    pages = [
        browser.post(LIST, {"action": action, **forms.selected_rows(article)})
        for action in ("delete_selected", "unpublish_selected")
    ]

    hidden = f'<input type="hidden" name="_version_{article.pk}" value="0">'
    assert [hidden in page.content.decode() for page in pages] == [True, True]


def test_items_the_list_did_not_show_are_counted_and_skipped() -> None:
    shown, unseen = news.article(state=State.DRAFT), news.article(state=State.DRAFT)
    Article.objects.update(standfirst="By rail.")
    fields = {"action": "publish_selected", "select_across": "1", **forms.selected_rows(shown)}

    answer = staff.sign_in(role="Editor").post(LIST, fields, follow=True)

    assert messages_of(answer) == [
        "1 item was not changed because it was not on the page you were viewing.",
        "1 item was published.",
    ]
    unseen.refresh_from_db()
    assert unseen.state == State.DRAFT


@pytest.mark.parametrize("token", [None, "", "x", "99"])
def test_selection_without_a_version_changes_nothing(token: str | None) -> None:
    article = news.article(state=State.DRAFT, standfirst="By rail.")
    version = {} if token is None else {f"_version_{article.pk}": token}

    staff.sign_in().post(LIST, {"action": "publish_selected", "_selected_action": [article.pk], **version})

    assert Article.objects.get().state == State.DRAFT


def test_delete_page_does_not_delete_what_was_saved_since() -> None:
    article, browser = news.article("Old", state=State.DRAFT), staff.sign_in()
    address = reverse("admin:news_article_delete", args=[article.pk])
    shown = browser.get(address).context["version"]
    save(article, title="Changed")

    stale = browser.post(address, {"post": "yes", "_version": shown}, follow=True)
    without = browser.post(address, {"post": "yes"})
    left = Article.objects.count()
    browser.post(address, {"post": "yes", "_version": browser.get(address).context["version"]})

    assert (messages_of(stale)[0].partition(" at ")[2][8:], without.status_code, left) == (
        *(", so nothing was done. Check it and try again.", 302),
        1,
    )
    assert Article.objects.count() == 0


def test_delete_page_of_a_draft_does_not_delete_what_was_published_since() -> None:
    article, browser = news.article("Old", state=State.DRAFT, standfirst="By rail."), staff.sign_in()
    address = reverse("admin:news_article_delete", args=[article.pk])
    shown = browser.get(address).context["version"]
    steps.perform("publish", article, by=staff.account("Editor"))

    browser.post(address, {"post": "yes", "_version": shown})

    assert Article.objects.get().state == State.PUBLISHED


def test_autosave_outlives_the_item() -> None:
    article, writer = news.article("Old", state=State.DRAFT), staff.account("Editor")
    browser = staff.sign_in(writer)
    fields = forms.fill_form(browser, change_url(article), title="Mine")
    browser.post(reverse("admin:news_article_autosave", args=[article.pk]), fields)

    staff.sign_in().post(reverse("admin:news_article_delete", args=[article.pk]), forms.delete_confirmation(article))

    assert (Article.objects.count(), Autosave.objects.get().object_id) == (0, None)
    offers = browser.get(reverse("admin:news_article_add")).context["autosave"]["offers"]
    assert [offer["form_key"] for offer in offers] == [fields["_form_key"]]


@pytest.mark.parametrize("step", ["withdraw", "unpublish"])
def test_stale_step_page_keeps_its_fields_and_takes_no_step(step: str) -> None:
    article = news.article("Old", standfirst="By rail.")
    browser = staff.sign_in(role="Publisher")
    shown = browser.get(step_url(article, step)).context["version"]
    save(article, title="Changed")

    page = browser.post(step_url(article, step), {"reason": "Wrong tariff", "_version": shown})

    article.refresh_from_db()
    assert (page.status_code, article.state) == (200, State.PUBLISHED)
    assert (page.context["form"]["reason"].value(), page.context["version"]) == ("Wrong tariff", 2)
    browser.post(step_url(article, step), {"reason": "Wrong tariff", "_version": 2})
    article.refresh_from_db()
    assert article.withdrawal_reason == "Wrong tariff"


@pytest.mark.parametrize("token", [None, "", "x", "7"])
def test_step_without_a_version_changes_nothing(token: str | None) -> None:
    article = news.article("Old", standfirst="By rail.")
    version = {} if token is None else {"_version": token}

    staff.sign_in(role="Publisher").post(step_url(article, "withdraw"), {"reason": "Wrong tariff", **version})

    assert Article.objects.get().state == State.PUBLISHED


def test_step_sent_twice_is_taken_once_with_a_message() -> None:
    article, browser = news.article("Old", standfirst="By rail."), staff.sign_in(role="Publisher")
    fields = {"reason": "Wrong tariff", "_version": 0}
    browser.post(step_url(article, "withdraw"), fields)
    at = Article.objects.get().withdrawn_at

    again = browser.post(step_url(article, "withdraw"), fields, follow=True)

    assert messages_of(again)[-1:] == ["“Old” is already withdrawn."]
    assert Article.objects.get().withdrawn_at == at


def test_form_sent_twice_with_a_step_is_saved_once() -> None:
    article = news.article("Old", state=State.DRAFT, publish_at=None, standfirst="By rail.")
    browser, organization = staff.sign_in(role="Editor"), news.organization()
    fields = forms.fill_form(browser, change_url(article))
    row = {
        "mentions-TOTAL_FORMS": 1,
        "mentions-0-order": 1,
        "mentions-0-label": "",
        "mentions-0-organization": organization.pk,
    }
    revisions.get_or_start_edition(article, by=staff.account("Editor"))
    Edition.objects.update(approved_at=news.LONG_AGO)

    sent = {**fields, **row, "_step": "submit"}
    first = browser.post(change_url(article), sent, follow=True)
    second = browser.post(change_url(article), sent, follow=True)

    assert (messages_of(first)[-1:], messages_of(second)[-1:]) == (
        ["“Old” was submitted for review."],
        ["“Old” is already in review."],
    )
    assert Article.objects.get().mentions.count() == 1
    assert Edition.objects.count() == 1
