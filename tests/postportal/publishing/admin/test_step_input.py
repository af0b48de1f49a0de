"""Input beside the steps, which is never lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from news.models import Article
from postportal.publishing.admin.step_input import unused_text
from postportal.publishing.models import Edition, Release
from postportal.publishing.workflow import release_members, steps
from postportal.staff.permissions import change_url
from tests.factories import editorial, forms, news, releases, staff
from tests.postportal.publishing.revision_pages import messages_of

pytestmark = pytest.mark.django_db

NOTE = "We added how often the boats sail."


def send(browser: Client, article: Article, **fields: Any) -> Any:
    data = forms.fill_form(browser, change_url(article), **fields)
    return browser.post(change_url(article), {"_continue": "1", **data}, follow=True)


def shown(browser: Client, article: Article) -> Any:
    return browser.get(change_url(article)).context["form_step_form"]


@pytest.mark.parametrize("step", ["publish", "schedule", ""])
def test_note_and_time_are_kept_when_the_step_is_refused_and_shown_to_the_publisher(step: str) -> None:
    editor = staff.account("Editor")
    article = editorial.correction(news.article("Boats", standfirst="S"), by=editor, title="More boats")
    browser = staff.sign_in(editor)

    answer = send(browser, article, change_note=NOTE, due_at="2099-12-24T18:00:00", _step=step)

    assert not step or any("could not be done" in message for message in messages_of(answer))
    for other in (browser, staff.sign_in(role="Publisher")):
        form = shown(other, article)
        assert (form["change_note"].value(), str(form["due_at"].value())) == (NOTE, "2099-12-24 18:00:00")
    page = staff.sign_in(role="Publisher").get(reverse("admin:news_article_step", args=[article.pk, "publish"]))
    assert page.context["form"]["change_note"].value() == NOTE


def test_note_of_the_corrector_is_handed_on_with_the_submission_and_published() -> None:
    editor = staff.account("Editor")
    article = editorial.correction(news.article("Boats", standfirst="S"), by=editor, title="More boats")
    send(staff.sign_in(editor), article, change_note=NOTE, _step="submit")
    publisher = staff.sign_in(role="Publisher")

    send(publisher, article, change_note=shown(publisher, article)["change_note"].value(), _step="publish")

    article.refresh_from_db()
    assert (article.title, article.change_note) == ("More boats", NOTE)


def test_suggested_time_that_nobody_changed_is_not_kept() -> None:
    editor = staff.account("Editor")
    article = editorial.draft_article("Boats", by=editor)
    browser = staff.sign_in(editor)
    suggested = shown(browser, article)["due_at"].value()

    send(browser, article, title="New", due_at=suggested.strftime("%Y-%m-%dT%H:%M:%S"))

    assert Edition.objects.get().planned_at is None


def test_input_that_is_not_valid_saves_nothing_and_comes_back() -> None:
    article, browser = editorial.draft_article("Old", by=staff.account("Author")), staff.sign_in(role="Editor")
    note = "N" * 301

    page = send(browser, article, title="New", due_at="soon", change_note=note, _step="schedule")

    article.refresh_from_db()
    assert article.title == "Old"
    form = page.context["form_step_form"]
    assert (form["due_at"].value(), form["change_note"].value(), set(form.errors)) == (
        "soon",
        note,
        {"due_at", "change_note"},
    )
    assert page.context["adminform"].form["title"].value() == "New"
    assert "Enter a valid date/time." in page.content.decode()


def test_note_on_a_live_item_that_nobody_changed_is_given_back() -> None:
    article, browser = news.article("Boats", standfirst="S"), staff.sign_in()

    answer = send(browser, article, change_note=NOTE)

    assert f"Your text was not used: “{NOTE}”" in messages_of(answer)
    assert not Edition.objects.exists()


def test_refused_page_of_a_step_keeps_the_reason() -> None:
    editor = staff.account(is_superuser=True)
    article = editorial.submitted_article("Boats", by=staff.account("Author"))
    steps.perform("return", article, by=editor, reason="Say when.")
    url = reverse("admin:news_article_step", args=[article.pk, "force"])
    Article.objects.update(section=None)
    browser = staff.sign_in(editor)

    page = browser.post(url, {"reason": "Roads are closed.", "_version": 1})

    assert page.context["form"]["reason"].value() == "Roads are closed."
    assert "Choose a section." in page.context["refusals"]
    assert "Roads are closed." in page.content.decode()


def test_page_of_a_step_keeps_the_reason_when_the_item_moved_on() -> None:
    article, browser = news.article("Boats"), staff.sign_in()
    url = reverse("admin:news_article_step", args=[article.pk, "withdraw"])
    version = browser.get(url).context["version"]
    editorial.correction(article, by=staff.account("Editor"), title="More boats")

    page = browser.post(url, {"reason": "Wrong tariff", "_version": version})

    assert page.context["form"]["reason"].value() == "Wrong tariff"
    assert page.context["version"] == 2


def test_reason_for_a_step_that_a_colleague_took_first_is_given_back() -> None:
    article, browser = news.article("Boats"), staff.sign_in()
    steps.perform("withdraw", article, by=staff.account(is_superuser=True), reason="Old tariff")
    url = reverse("admin:news_article_step", args=[article.pk, "withdraw"])

    answer = browser.post(url, {"reason": "Wrong tariff", "_version": 0}, follow=True)

    assert messages_of(answer) == ["“Boats” is already withdrawn.", "Your text was not used: “Wrong tariff”"]


def test_reason_that_is_sent_twice_is_not_given_back() -> None:
    article, user = news.article("Boats"), staff.account(is_superuser=True)
    steps.perform("withdraw", article, by=user, reason="Wrong tariff")
    article.refresh_from_db()

    assert unused_text(article, "Wrong tariff", by=user) == ""


def test_note_survives_the_choice_between_two_versions() -> None:
    editor = staff.account("Editor")
    article = editorial.correction(news.article("Boats", standfirst="S"), by=editor, title="More boats")
    browser = staff.sign_in(editor)
    data = forms.fill_form(browser, change_url(article), title="Mine", change_note=NOTE)
    editorial.correction(article, by=staff.account("Editor"), title="Theirs")
    page = browser.post(change_url(article), {**data, "_continue": "1"})
    chosen = {"_mine": page.context["my_data"], "_version": page.context["version"], "choice:fields.title": "mine"}

    browser.post(change_url(article), chosen)

    edition = Edition.objects.get()
    assert (edition.content["fields"]["title"], edition.change_note) == ("Mine", NOTE)


def test_adding_to_a_release_from_its_page_keeps_the_note() -> None:
    editor = staff.account("Editor")
    article = editorial.correction(news.article("Boats", standfirst="S"), by=editor, title="More boats")
    Edition.objects.update(change_note=NOTE)
    release = Release.objects.create(name="Spring")

    release_members.add_to_release(release, article, by=editor)

    edition = Edition.objects.get()
    assert (edition.change_note, edition.is_minor) == (NOTE, False)


def test_publication_from_the_list_uses_the_note() -> None:
    article = editorial.correction(
        news.article("Boats", standfirst="S"), by=staff.account("Editor"), title="More boats"
    )
    Edition.objects.update(change_note=NOTE)

    data = {"action": "publish_selected", **forms.selected_rows(article)}
    staff.sign_in().post(reverse("admin:news_article_changelist"), data)

    article.refresh_from_db()
    assert (article.title, article.change_note) == ("More boats", NOTE)


def test_refused_unpublishing_from_the_list_keeps_the_reason() -> None:
    article = editorial.draft_article("Draft", by=staff.account("Author"))
    data = {"action": "unpublish_selected", "reason": "Wrong tariff", **forms.selected_rows(article)}

    page = staff.sign_in().post(reverse("admin:news_article_changelist"), data)

    assert page.context["form"]["reason"].value() == "Wrong tariff"


def test_refused_schedule_of_a_release_keeps_the_time() -> None:
    release = releases.release("", editorial.draft_article("Boats", by=staff.account("Author")))
    browser = staff.sign_in()
    url = reverse("admin:publishing_release_step", args=[release.pk, "schedule"])

    page = browser.post(url, {"due_at": "2099-12-24T18:00:00"}, follow=True)

    assert page.context["schedule_form"]["due_at"].value() == "2099-12-24T18:00:00"
    assert "2099-12-24T18:00:00" in page.content.decode()
