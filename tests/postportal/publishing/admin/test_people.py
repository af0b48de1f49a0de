"""Authors and assignment in the form of an item, in lists and in the history."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from postportal.publishing.models import Assignment
from postportal.publishing.workflow import assignments, authors
from tests.factories import editorial, forms, staff
from tests.postportal.publishing.conftest import person
from tests.postportal.publishing.revision_pages import admin_url, messages_of, reload

pytestmark = pytest.mark.django_db
NOW = timezone.now()
OVERDUE = "2026-01-09"


def act(actor: User, row: Any, action: str, **fields: Any) -> Any:
    return staff.sign_in(actor).post(admin_url(row, "people", action), fields, follow=True)


def test_second_author_edits_and_submits_as_the_first_may(newsroom: dict[str, User]) -> None:
    article, bob = editorial.draft_article("Quiet wires", by=newsroom["Ann"]), person("Author", "Bob")
    browser, url = staff.sign_in(bob), admin_url(article, "change")
    assert browser.post(url, {"title": "Mine"}).status_code == 403

    assert messages_of(act(newsroom["Ann"], article, "add-author", user=bob.username)) == ["Bob is now an author."]
    browser.post(url, {**forms.fill_form(browser, url, title="Louder wires"), "_continue": "1"})

    assert reload(article).title == "Louder wires"
    assert "Ann, Bob" in browser.get("/admin/news/article/").content.decode()
    history = browser.get(admin_url(article, "history")).content.decode()
    assert "Authors changed" in history
    assert "+ Bob" in history


def test_item_is_handed_over_by_its_author(newsroom: dict[str, User]) -> None:
    article, bob = editorial.draft_article("Quiet wires", by=newsroom["Ann"]), person("Author", "Bob")

    act(newsroom["Ann"], article, "hand-over", user=bob.username, note="The figures are missing.")

    assert staff.sign_in(newsroom["Ann"]).post(admin_url(article, "change"), {"title": "x"}).status_code == 403
    page = staff.sign_in(bob).get(admin_url(article, "change"))
    assert page.context["bar"].primary.step == "submit"
    assert "The figures are missing." in page.content.decode()


@pytest.mark.parametrize("action", ["add-author", "remove-author", "hand-over", "assign", "finish"])
def test_people_are_changed_by_authors_and_reviewers_only(newsroom: dict[str, User], action: str) -> None:
    article, bob = editorial.draft_article("Quiet wires", by=newsroom["Ann"]), person("Author", "Bob")

    assert act(bob, article, action, user=bob.username).status_code == 403
    # Reviewers assign, authors do not.
    may_author = 403 if action in ("assign", "finish") else 200
    assert act(newsroom["Ann"], article, action, user=bob.username).status_code == may_author
    assert staff.sign_in(newsroom["Ed"]).get(admin_url(article, "people", action)).status_code == 405


def test_assignment_is_in_the_form_the_list_and_the_filter(newsroom: dict[str, User]) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ann"])
    editorial.draft_article("Other", by=newsroom["Ann"])

    act(newsroom["Ed"], article, "assign", user=newsroom["Ann"].username, due_on=OVERDUE)

    browser = staff.sign_in(newsroom["Ann"])
    assert browser.get(admin_url(article, "change")).context["is_overdue"]
    for query in ("me", "yes", "overdue"):
        answer = browser.get("/admin/news/article/", {"assigned": query})
        assert [row.title for row in answer.context["cl"].result_list] == ["Quiet wires"]
    assert "Overdue" in answer.content.decode().split("field-writer")[1].split("</td>")[0]
    assert browser.get("/admin/news/article/?assigned=no").context["cl"].result_count == 1
    # She may say that it is done.
    assert act(newsroom["Ann"], article, "finish").status_code == 200
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("assign", {"user": "999999"}),
        ("assign", {"due_on": "0026-01-01"}),
        ("hand-over", {"user": ""}),
        ("hand-over", {"user": "x' OR 1=1"}),
        ("add-author", {"user": "viewer"}),
    ],
)
def test_what_is_no_colleague_or_no_day_is_refused(action: str, fields: dict[str, str]) -> None:
    ed, viewer = staff.account("Editor"), staff.account("Viewer")
    article = editorial.draft_article("Quiet wires", by=ed)
    fields = {name: viewer.username if value == "viewer" else value for name, value in fields.items()}

    answer = act(ed, article, action, **fields)

    assert len(messages_of(answer)) == 1
    assert (authors.authors_of(article), assignments.assignment_of(article)) == ([ed], None)


def test_answer_to_a_script_is_the_panel_alone(newsroom: dict[str, User]) -> None:
    article, url = editorial.draft_article("Quiet wires", by=newsroom["Ann"]), "people"

    answer = staff.sign_in(newsroom["Ann"]).post(
        admin_url(article, url, "hand-over"),
        {"user": "Ed"},
        headers={"Accept": "application/x-panel"},
    )

    assert next(template.name for template in answer.templates) == "admin/publishing/_people.html"
    # She has no say in it any more.
    assert "hand-over" not in answer.content.decode()


def test_refused_form_keeps_what_was_typed(newsroom: dict[str, User]) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ann"])
    fields = {"user": "Edd", "note": "The figures are missing."}

    answer = staff.sign_in(newsroom["Ann"]).post(
        admin_url(article, "people", "hand-over"), fields, headers={"Accept": "application/x-panel"}
    )

    page = answer.content.decode()
    reasons = page.split('id="id_hand_over_user_error"')[1].split("</ul>")[0]
    assert "No colleague who can edit this item is called “Edd”." in reasons
    assert ('value="Edd"' in page, 'value="The figures are missing."' in page) == (True, True)
    assert page.count('<details class="people-form" open>') == 1
