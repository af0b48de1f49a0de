"""Who is mailed about what colleagues say of an item, and what the mail says."""

import datetime as dt
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.utils import timezone

from postportal.publishing.models import Comment
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps
from postportal.publishing.workflow.due import publish_due
from postportal.publishing.workflow.notifications import mail_comment
from tests.factories import editorial, staff
from tests.postportal.publishing.conftest import person
from tests.postportal.publishing.revision_pages import address

pytestmark = pytest.mark.django_db


def mailed(capture: Any, act: Any) -> list[str]:
    """Who gets a mail about what `act` does."""
    mail.outbox.clear()
    with capture(execute=True):
        act()
    assert all(len(sent.to) == 1 and not sent.cc and not sent.bcc for sent in mail.outbox)
    return sorted(sent.to[0].split("@")[0] for sent in mail.outbox)


def remark(browser: Any, row: Any, text: str) -> None:
    browser.post(address(row, "comment"), {"text": text})


def test_submission_is_mailed_to_those_who_may_approve_it(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ed"])

    def submit() -> None:
        steps.perform("submit", article, by=newsroom["Ed"], reason="Please check the figures.")

    assert mailed(django_capture_on_commit_callbacks, submit) == ["eve", "pia"]
    assert mail.outbox[0].subject == "Submitted for review: Quiet wires"
    assert mail.outbox[0].body.endswith("\n\nPlease check the figures.")


def test_return_is_mailed_to_whoever_wrote_it_and_may_go_on(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ann"])
    steps.perform("submit", article, by=newsroom["Ann"])

    def give_back() -> None:
        steps.perform("return", article, by=newsroom["Ed"], reason="Who says so?")

    assert mailed(django_capture_on_commit_callbacks, give_back) == ["ann"]


def test_approval_is_mailed_to_writers_who_may_publish_from_now_on(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ann"])
    revisions.record_revision(article, {**snapshots.serialize(article), "tags": {"tags": ["Rail"]}}, by=newsroom["Ed"])
    steps.perform("submit", article, by=newsroom["Ann"])

    def approve() -> None:
        steps.perform("approve", article, by=newsroom["Eve"])

    # An author may do nothing about it now.
    assert mailed(django_capture_on_commit_callbacks, approve) == ["ed"]


def test_forced_publication_is_mailed_to_those_who_may_approve_it_afterwards(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ed"])

    def force() -> None:
        steps.perform("force", article, by=newsroom["Pia"], reason="The minister speaks.")

    assert mailed(django_capture_on_commit_callbacks, force) == ["eve"]


def test_edition_that_did_not_go_out_is_mailed_to_its_writers_and_to_whoever_scheduled_it(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ed"])
    due = timezone.now() + dt.timedelta(hours=1)
    steps.perform("schedule", article, by=newsroom["Eve"], due_at=due)
    type(article).objects.filter(pk=article.pk).update(slug="No slug")

    assert mailed(django_capture_on_commit_callbacks, lambda: publish_due(due)) == ["ed", "eve"]


def test_comment_is_mailed_to_writers_and_to_whoever_spoke_before(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ann"])
    steps.perform("submit", article, by=newsroom["Ann"])
    remark(staff.sign_in(newsroom["Eve"]), article, "Is this the old name?")

    def answer() -> None:
        remark(staff.sign_in(newsroom["Ed"]), article, "It is.")

    assert mailed(django_capture_on_commit_callbacks, answer) == ["ann", "eve"]
    assert "http://testserver/admin/news/article/" in mail.outbox[0].body


def test_approval_afterwards_asks_nobody_for_anything(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.forced_article("Quiet wires", by=newsroom["Pia"], writer=newsroom["Ed"])

    assert (
        mailed(django_capture_on_commit_callbacks, lambda: steps.perform("review", article, by=newsroom["Eve"])) == []
    )


def test_mail_is_sent_once(newsroom: dict[str, User], django_capture_on_commit_callbacks: Any) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ed"])
    with django_capture_on_commit_callbacks(execute=True):
        steps.perform("submit", article, by=newsroom["Ed"])
    count = len(mail.outbox)

    mail_comment("publishing.comment", Comment.objects.get().pk)

    assert (count, len(mail.outbox)) == (2, 2)


def test_address_that_the_server_refuses_keeps_no_mail_from_the_others(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = mail.EmailMessage.send

    def refuse_eve(message: mail.EmailMessage, *given: Any, **named: Any) -> int:
        if message.to == ["eve@post.example"]:
            raise SMTPRecipientsRefused({"eve@post.example": (550, b"No such user")})
        return send(message, *given, **named)

    monkeypatch.setattr(mail.EmailMessage, "send", refuse_eve)
    article = editorial.draft_article("Quiet wires", by=newsroom["Ed"])

    def submit() -> None:
        steps.perform("submit", article, by=newsroom["Ed"])

    assert mailed(django_capture_on_commit_callbacks, submit) == ["pia"]
    assert Comment.objects.get().mailed_at


def test_title_and_name_begin_no_header_of_their_own(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.draft_article("Quiet\r\nBcc: all@post.example", by=newsroom["Ed"])
    newsroom["Ed"].last_name = "X\nOpen it: https://bad.example/"
    newsroom["Ed"].save()

    assert mailed(django_capture_on_commit_callbacks, lambda: steps.perform("submit", article, by=newsroom["Ed"])) == [
        "eve",
        "pia",
    ]
    assert mail.outbox[0].subject == "Submitted for review: Quiet Bcc: all@post.example"
    assert sum(line.startswith("Open it: ") for line in str(mail.outbox[0].body).splitlines()) == 1


def test_rights_are_asked_of_the_kind_of_item(django_capture_on_commit_callbacks: Any) -> None:
    """Groups of an operator's own, not only the roles."""
    group = Group.objects.create(name="Night desk")
    group.permissions.set(Permission.objects.filter(codename__in=["publish_article", "view_article"]))
    owl = person("", "Owl")
    owl.groups.add(group)
    article = editorial.draft_article("Quiet wires", by=person("Editor", "Ed"))

    def submit() -> None:
        steps.perform("submit", article, by=staff.account("Editor"))

    assert mailed(django_capture_on_commit_callbacks, submit) == ["owl"]
