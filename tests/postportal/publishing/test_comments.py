"""What colleagues say to each other about an item, and who is mailed about it."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from postportal.publishing import saves, snapshots, steps
from postportal.publishing.models import Comment, Edition, State
from postportal.publishing.models.comment import LONGEST
from postportal.publishing.notices import mail_comment
from postportal.staff.boxes import boxes_for, counts
from tests.factories import forms, news, staff
from tests.postportal.publishing.versions import IDS, ITEMS, address, told

pytestmark = pytest.mark.django_db
DRAFT = {"standfirst": "By rail.", "state": State.DRAFT, "publish_at": None}


def person(role: str, name: str, **fields: Any) -> User:
    return staff.account(role, first_name=name, email=f"{name.lower()}@post.example", **fields)


def draft(writer: User, title: str = "Quiet wires", **fields: Any) -> Any:
    article = news.article(title, **{**DRAFT, "created_by": writer, **fields})
    saves.keep(article, snapshots.take(article), by=writer)
    return article


def entries(box: str, user: User) -> list[Any]:
    found = boxes_for(user)[box].entries(user, timezone.now())
    assert counts([boxes_for(user)[box]], user, timezone.now()).get(box, 0) == len(found)
    return found


def mailed(capture: Any, act: Any) -> list[str]:
    """Who gets a mail about what `act` does."""
    mail.outbox.clear()
    with capture(execute=True):
        act()
    assert all(len(sent.to) == 1 and not sent.cc and not sent.bcc for sent in mail.outbox)
    return sorted(sent.to[0].split("@")[0] for sent in mail.outbox)


@pytest.fixture
def newsroom() -> dict[str, User]:
    people = {
        "Ann": person("Author", "Ann"),
        "Ed": person("Editor", "Ed"),
        "Eve": person("Editor", "Eve"),
        "Pia": person("Publisher", "Pia"),
    }
    person("Viewer", "Vic")
    person("Service desk", "Sid")
    person("Philatelist", "Phil")
    person("Editor", "Gone", is_active=False)
    person("Editor", "Reader", is_staff=False)
    staff.account("Editor", username="without-address")
    return people


def test_submission_is_mailed_to_those_who_may_approve_it(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = draft(newsroom["Ed"])

    def submit() -> None:
        steps.take("submit", article, by=newsroom["Ed"], reason="Please check the figures.")

    assert mailed(django_capture_on_commit_callbacks, submit) == ["eve", "pia"]
    assert mail.outbox[0].subject == "Submitted for review: Quiet wires"
    assert mail.outbox[0].body.endswith("\n\nPlease check the figures.")


def test_return_is_mailed_to_whoever_wrote_it_and_may_go_on(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = draft(newsroom["Ann"])
    steps.take("submit", article, by=newsroom["Ann"])

    def give_back() -> None:
        steps.take("return", article, by=newsroom["Ed"], reason="Who says so?")

    assert mailed(django_capture_on_commit_callbacks, give_back) == ["ann"]


def test_approval_is_mailed_to_writers_who_may_publish_from_now_on(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = draft(newsroom["Ann"])
    saves.keep(article, {**snapshots.take(article), "tags": {"tags": ["Rail"]}}, by=newsroom["Ed"])
    steps.take("submit", article, by=newsroom["Ann"])

    def approve() -> None:
        steps.take("approve", article, by=newsroom["Eve"])

    # An author may do nothing about it now.
    assert mailed(django_capture_on_commit_callbacks, approve) == ["ed"]


def test_forced_publication_is_mailed_to_those_who_may_approve_it_afterwards(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = draft(newsroom["Ed"])

    def force() -> None:
        steps.take("force", article, by=newsroom["Pia"], reason="The minister speaks.")

    assert mailed(django_capture_on_commit_callbacks, force) == ["eve"]


def test_edition_that_did_not_go_out_is_mailed_to_its_writers_and_to_whoever_scheduled_it(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = draft(newsroom["Ed"])
    due = timezone.now() + dt.timedelta(hours=1)
    steps.take("schedule", article, by=newsroom["Eve"], due_at=due)
    type(article).objects.filter(pk=article.pk).update(slug="No slug")

    assert mailed(django_capture_on_commit_callbacks, lambda: steps.settle_due(due)) == ["ed", "eve"]


def test_comment_is_mailed_to_writers_and_to_whoever_spoke_before(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = draft(newsroom["Ann"])
    steps.take("submit", article, by=newsroom["Ann"])
    comment(staff.signed_in(newsroom["Eve"]), article, "Is this the old name?")

    def answer() -> None:
        comment(staff.signed_in(newsroom["Ed"]), article, "It is.")

    assert mailed(django_capture_on_commit_callbacks, answer) == ["ann", "eve"]
    assert "http://testserver/admin/news/article/" in mail.outbox[0].body


def test_approval_afterwards_asks_nobody_for_anything(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = forced(newsroom)

    assert mailed(django_capture_on_commit_callbacks, lambda: steps.take("review", article, by=newsroom["Eve"])) == []


def test_mail_is_sent_once(newsroom: dict[str, User], django_capture_on_commit_callbacks: Any) -> None:
    article = draft(newsroom["Ed"])
    with django_capture_on_commit_callbacks(execute=True):
        steps.take("submit", article, by=newsroom["Ed"])
    count = len(mail.outbox)

    mail_comment("publishing.comment", Comment.objects.get().pk)

    assert (count, len(mail.outbox)) == (2, 2)


def test_title_and_name_begin_no_header_of_their_own(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = draft(newsroom["Ed"], title="Quiet\r\nBcc: all@post.example")
    newsroom["Ed"].last_name = "X\nOpen it: https://bad.example/"
    newsroom["Ed"].save()

    assert mailed(django_capture_on_commit_callbacks, lambda: steps.take("submit", article, by=newsroom["Ed"])) == [
        "eve",
        "pia",
    ]
    assert mail.outbox[0].subject == "Submitted for review: Quiet Bcc: all@post.example"
    assert sum(line.startswith("Open it: ") for line in str(mail.outbox[0].body).splitlines()) == 1


# Approval afterwards --------------------------------------------------------------------------------------------------


def forced(newsroom: dict[str, User]) -> Any:
    article = draft(newsroom["Ed"])
    return steps.take("force", article, by=newsroom["Pia"], reason="The minister speaks.")


def test_forced_publication_is_listed_until_somebody_else_has_approved_it(newsroom: dict[str, User]) -> None:
    article = forced(newsroom)
    before = entries("unreviewed", newsroom["Eve"])

    steps.take("review", article, by=newsroom["Eve"])

    edition = Edition.objects.get()
    assert [entry.text for entry in before] == ["Quiet wires"]
    assert entries("unreviewed", newsroom["Eve"]) == []
    assert (edition.approved_by, edition.stage) == (newsroom["Eve"], "published")


@pytest.mark.parametrize("name", ["Ed", "Pia"])
def test_whoever_wrote_it_or_forced_it_does_not_approve_it_afterwards(newsroom: dict[str, User], name: str) -> None:
    article = forced(newsroom)

    with pytest.raises(ValidationError) as refusal:
        steps.take("review", article, by=newsroom[name])

    assert refusal.value.messages == ["You wrote it or let it out, so somebody else has to approve it."]


def test_correction_that_waits_is_not_what_is_approved_afterwards(newsroom: dict[str, User]) -> None:
    article = forced(newsroom)
    saves.keep(article, {**snapshots.take(article), "tags": {"tags": ["Rail"]}}, by=newsroom["Ann"])

    steps.take("review", article, by=newsroom["Eve"])

    first, second = Edition.objects.order_by("number")
    assert (first.approved_by, second.approved_by) == (newsroom["Eve"], None)


def test_form_says_that_it_was_forced_and_offers_the_step(newsroom: dict[str, User]) -> None:
    article = forced(newsroom)
    shown = staff.signed_in(newsroom["Eve"]).get(address(article, "change")).content.decode()

    assert "Published without review by" in shown
    assert "The minister speaks." in shown
    assert address(article, "step", "review") in shown


def test_step_is_not_offered_where_nothing_was_forced() -> None:
    article = news.article()

    shown = staff.signed_in(role="Editor").get(address(article, "change")).content.decode()

    assert address(article, "step", "review") not in shown


# Under the form -------------------------------------------------------------------------------------------------------


def comment(browser: Client, row: Any, text: str, **headers: str) -> Any:
    return browser.post(address(row, "comment"), {"text": text}, follow=True, headers=headers or None)


@pytest.mark.parametrize("make", ITEMS, ids=IDS)
def test_comment_stands_under_the_form_until_it_is_done(make: Any) -> None:
    row, browser = make(), staff.signed_in()

    answer = comment(browser, row, "Who <b>says</b> so?")

    said = Comment.objects.get()
    shown = browser.get(address(row, "change")).content.decode()
    assert answer.redirect_chain == [(f"{address(row, 'change')}#comments", 302)]
    assert "Who &lt;b&gt;says&lt;/b&gt; so?" in shown
    browser.post(address(row, "comment_done", said.pk))
    said.refresh_from_db()
    assert said.done_at
    assert address(row, "comment_done", said.pk) not in browser.get(address(row, "change")).content.decode()


def test_comment_is_taken_in_place_so_that_unsaved_text_stays() -> None:
    article, browser = news.article(), staff.signed_in()

    answer = browser.post(address(article, "comment"), {"text": "Why?"}, headers={"Accept": "application/x-part"})

    assert next(template.name for template in answer.templates) == "admin/publishing/_comments.html"
    assert "<p>Why?</p>" in answer.content.decode()


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST + 1), "a\x00b"])
def test_comment_that_is_empty_or_too_long_is_refused_in_words(text: str) -> None:
    article, browser = news.article(), staff.signed_in()

    answer = comment(browser, article, text)

    assert Comment.objects.count() == 0
    assert len(told(answer)) == 1


def test_refused_comment_stays_in_its_field() -> None:
    article, browser = news.article(), staff.signed_in()
    text = "word " * LONGEST

    answer = browser.post(address(article, "comment"), {"text": text}, headers={"Accept": "application/x-part"})

    assert text.strip() in answer.content.decode()


@pytest.mark.parametrize(("role", "status"), [("Author", 200), ("Editor", 200), ("Viewer", 403), ("Service desk", 403)])
def test_whoever_only_looks_says_nothing(role: str, status: int) -> None:
    article = news.article("Quiet wires")
    browser = staff.signed_in(role=role)

    answer = comment(browser, article, "Why?")

    assert answer.status_code == status
    assert Comment.objects.count() == (status == 200)
    assert status == 200 or "Quiet wires" not in answer.content.decode()


def test_viewer_reads_what_was_said() -> None:
    article = news.article()
    comment(staff.signed_in(role="Editor"), article, "Why so late?")

    assert "Why so late?" in staff.signed_in(role="Viewer").get(address(article, "change")).content.decode()


def test_comment_of_another_item_is_not_marked_by_its_number() -> None:
    one, other, browser = news.article(), news.article(), staff.signed_in()
    comment(browser, one, "Why?")

    answer = browser.post(address(other, "comment_done", Comment.objects.get().pk))

    assert answer.status_code == 404
    assert Comment.objects.get().done_at is None


def test_returned_draft_says_why_on_the_home_and_in_the_form(newsroom: dict[str, User]) -> None:
    article = draft(newsroom["Ann"])
    steps.take("submit", article, by=newsroom["Ann"])
    steps.take("return", article, by=newsroom["Ed"], reason="Who says so?")

    (mine,) = entries("my-drafts", newsroom["Ann"])
    (asked,) = entries("comments", newsroom["Ann"])
    shown = staff.signed_in(newsroom["Ann"]).get(address(article, "change")).content.decode()
    assert (mine.detail, asked.detail) == ("Who says so?", "Who says so?")
    assert "Returned to the writer" in shown
    assert entries("comments", newsroom["Ed"]) == []


def test_submitting_again_says_that_it_was_done(newsroom: dict[str, User]) -> None:
    article = draft(newsroom["Ann"])
    steps.take("submit", article, by=newsroom["Ann"])
    steps.take("return", article, by=newsroom["Ed"], reason="Who says so?")

    steps.take("submit", article, by=newsroom["Ann"])

    assert Comment.objects.get(kind=Comment.Kind.RETURNED).done_by == newsroom["Ann"]
    assert entries("comments", newsroom["Ann"]) == []


def test_note_for_colleagues_is_what_reviewers_read_first(newsroom: dict[str, User]) -> None:
    article = draft(newsroom["Ann"])
    browser = staff.signed_in(newsroom["Ann"])
    shown = forms.filled(browser, address(article, "change"))

    browser.post(address(article, "change"), {**shown, "_step": "submit", "save_note": "Figures from the ministry."})

    assert Comment.objects.get(kind=Comment.Kind.SUBMITTED).text == "Figures from the ministry."


def test_form_costs_the_same_for_one_comment_and_for_many() -> None:
    article, browser = news.article(), staff.signed_in()

    def queries() -> int:
        browser.get(address(article, "change"))
        with CaptureQueriesContext(connection) as captured:
            browser.get(address(article, "change"))
        return len(captured)

    comment(staff.signed_in(role="Editor"), article, "First")
    one = queries()
    for number in range(20):
        comment(staff.signed_in(role="Editor"), article, f"No {number}")

    assert queries() == one


def test_rights_are_asked_of_the_kind_of_item(django_capture_on_commit_callbacks: Any) -> None:
    """Groups of an operator's own, not only the roles."""
    group = Group.objects.create(name="Night desk")
    group.permissions.set(Permission.objects.filter(codename__in=["publish_article", "view_article"]))
    owl = person("", "Owl")
    owl.groups.add(group)
    article = draft(person("Editor", "Ed"))

    def submit() -> None:
        steps.take("submit", article, by=staff.account("Editor"))

    assert mailed(django_capture_on_commit_callbacks, submit) == ["owl"]
