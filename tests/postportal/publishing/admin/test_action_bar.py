"""The filled button of the form for each role and stage, and what the menu offers, withholds and explains."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from news.models import Article
from postportal.publishing.models import Edition
from postportal.publishing.workflow import steps
from postportal.publishing.workflow.definitions import STEPS, Menu
from postportal.staff.permissions import change_url
from tests.factories import editorial, forms, news, releases, staff
from tests.postportal.permissions.items import make_item
from tests.postportal.publishing.revision_pages import messages_of

pytestmark = pytest.mark.django_db
ADD = "/admin/news/article/add/"


def bar_of(browser: Client, url: str) -> Any:
    return browser.get(url).context["bar"]


def primary(browser: Client, url: str) -> str:
    entry = bar_of(browser, url).primary
    return entry.step if entry else ""


@pytest.mark.parametrize(
    ("state", "author", "editor", "publisher"),
    [
        ("draft", "", "submit", "submit"),
        ("review", "", "publish", "publish"),
        ("approved", "", "publish", "publish"),
        ("scheduled", "", "", ""),
        ("live", "", "submit", "submit"),
        ("correction", "", "submit", "submit"),
        ("withdrawn", "", "submit", "submit"),
        ("unpublished", "", "", "publish"),
    ],
)
def test_filled_button_is_the_likely_step(state: str, author: str, editor: str, publisher: str) -> None:
    writer, chief = staff.account("Author"), staff.account(is_superuser=True)
    row = make_item("article", state, actor=chief, writer=writer, chief=chief)

    found = [primary(staff.sign_in(role=role), change_url(row)) for role in ("Author", "Editor", "Publisher")]

    assert found == [author, editor, publisher]


def test_author_submits_an_own_draft_and_publisher_publishes_at_the_planned_time() -> None:
    author = staff.account("Author")
    article = editorial.draft_article("Boats", by=author)
    assert primary(staff.sign_in(author), change_url(article)) == "submit"

    steps.perform("submit", article, by=author)
    publisher = staff.sign_in(role="Publisher")
    data = forms.fill_form(publisher, change_url(article), due_at="2099-12-24T18:00:00")
    publisher.post(change_url(article), {**data, "_continue": "1"})

    assert Edition.objects.get().planned_at is not None
    assert primary(publisher, change_url(article)) == "schedule"


def test_writer_with_the_right_to_publish_is_not_offered_it_for_an_own_text_and_reads_why() -> None:
    editor = staff.account("Editor")
    browser = staff.sign_in(editor)
    article = editorial.draft_article("Boats", by=editor)

    new, own = bar_of(browser, ADD), bar_of(browser, change_url(article))

    assert [step for bar in (new, own) for step in names(bar)] == ["submit", "submit"]
    assert own.withheld == ["You wrote part of this text, so someone else must approve it first."]
    assert own.withheld[0] in browser.get(change_url(article)).content.decode()


def names(bar: Any) -> list[str]:
    listed = [entry.step for _menu, entries in bar.menu for entry in entries]
    return list(dict.fromkeys([*([bar.primary.step] if bar.primary else []), *listed]))


def test_item_of_a_release_is_not_published_alone() -> None:
    article = editorial.submitted_article("Boats", by=staff.account("Author"))
    releases.release("", article)

    bar = bar_of(staff.sign_in(role="Publisher"), change_url(article))

    assert "publish" not in names(bar)
    assert "Remove it from the release first." in bar.withheld[0]


def test_every_step_is_in_the_menu_of_its_group_with_its_effect() -> None:
    row = make_item("article", "live", actor=staff.account(), writer=staff.account(), chief=staff.account())
    browser = staff.sign_in(role="Publisher")

    groups = dict(bar_of(browser, change_url(row)).menu)

    assert [entry.step for entry in groups[Menu.TAKE_DOWN]] == ["withdraw", "unpublish"]
    assert all(step.menu in Menu for step in STEPS.values())
    assert str(STEPS["withdraw"].effect) in browser.get(change_url(row)).content.decode()


def test_correction_is_submitted_with_its_note_from_the_live_form() -> None:
    article, editor = news.article("Boats", standfirst="By rail."), staff.account("Editor")
    browser = staff.sign_in(editor)
    data = forms.fill_form(browser, change_url(article), title="More boats", change_note="There are more.")

    browser.post(change_url(article), {**data, "_step": "submit"})

    edition = Edition.objects.get()
    assert (edition.stage, edition.change_note) == ("review", "There are more.")


def test_submission_of_a_live_item_without_a_change_says_so() -> None:
    article, browser = news.article("Boats", standfirst="By rail."), staff.sign_in(role="Editor")

    answer = browser.post(
        change_url(article), {**forms.fill_form(browser, change_url(article)), "_step": "submit"}, follow=True
    )

    assert messages_of(answer)[-1] == "Nothing was changed, so “Submit for review” was not needed."
    assert not Edition.objects.exists()


def test_title_of_several_lines_becomes_one_line() -> None:
    browser = staff.sign_in(role="Author")

    browser.post(ADD, {**forms.fill_form(browser, ADD, title="Night\r\nmail"), "_continue": "1"})

    assert Article.objects.get().title == "Night mail"


def test_form_of_a_register_has_the_bar_with_save_and_the_rest_in_its_menu() -> None:
    person = news.person()

    page = staff.sign_in().get(reverse("admin:news_person_change", args=[person.pk])).content.decode()

    assert page.count('class="action-bar"') == 1
    assert all(f'name="{name}"' in page for name in ("_save", "_continue", "_addanother"))
    assert f'class="menu-danger" href="/admin/news/person/{person.pk}/delete/"' in page
