"""Emails about comments: recipients and content."""

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
from tests.postportal.publishing.revision_pages import admin_url

pytestmark = pytest.mark.django_db


def emailed(capture: Any, act: Any) -> list[str]:
    """Return the users who are emailed about what `act` does."""
    mail.outbox.clear()
    with capture(execute=True):
        act()
    assert all(len(sent.to) == 1 and not sent.cc and not sent.bcc for sent in mail.outbox)
    return sorted(sent.to[0].split("@")[0] for sent in mail.outbox)


def remark(browser: Any, row: Any, text: str) -> None:
    browser.post(admin_url(row, "comment"), {"text": text})


def test_submission_is_emailed_to_users_who_can_approve_it(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ed"])

    def submit() -> None:
        steps.perform("submit", article, by=newsroom["Ed"], reason="Please check the figures.")

    assert emailed(django_capture_on_commit_callbacks, submit) == ["eve", "pia"]
    assert mail.outbox[0].subject == "Submitted for review: Quiet wires"
    assert mail.outbox[0].body.endswith("\n\nPlease check the figures.")


def test_return_is_emailed_to_writers_who_can_change_it(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ann"])
    steps.perform("submit", article, by=newsroom["Ann"])

    def return_to_writer() -> None:
        steps.perform("return", article, by=newsroom["Ed"], reason="Who says so?")

    assert emailed(django_capture_on_commit_callbacks, return_to_writer) == ["ann"]


def test_approval_is_emailed_to_writers_who_can_publish(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ann"])
    revisions.record_revision(article, {**snapshots.serialize(article), "tags": {"tags": ["Rail"]}}, by=newsroom["Ed"])
    steps.perform("submit", article, by=newsroom["Ann"])

    def approve() -> None:
        steps.perform("approve", article, by=newsroom["Eve"])

    # The author cannot publish it.
    assert emailed(django_capture_on_commit_callbacks, approve) == ["ed"]


def test_publication_without_review_is_emailed_to_users_who_can_approve_it(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ed"])

    def force() -> None:
        steps.perform("force", article, by=newsroom["Pia"], reason="The minister speaks.")

    assert emailed(django_capture_on_commit_callbacks, force) == ["eve"]


def test_failed_publication_is_emailed_to_writers_and_to_the_user_who_scheduled_it(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ed"])
    due = timezone.now() + dt.timedelta(hours=1)
    steps.perform("schedule", article, by=newsroom["Eve"], due_at=due)
    type(article).objects.filter(pk=article.pk).update(slug="No slug")

    assert emailed(django_capture_on_commit_callbacks, lambda: publish_due(due)) == ["ed", "eve"]


def test_comment_is_emailed_to_writers_and_earlier_commenters(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ann"])
    steps.perform("submit", article, by=newsroom["Ann"])
    remark(staff.sign_in(newsroom["Eve"]), article, "Is this the old name?")

    def answer() -> None:
        remark(staff.sign_in(newsroom["Ed"]), article, "It is.")

    assert emailed(django_capture_on_commit_callbacks, answer) == ["ann", "eve"]
    assert "http://testserver/admin/news/article/" in mail.outbox[0].body


def test_approval_after_publication_is_not_emailed(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.forced_article("Quiet wires", by=newsroom["Pia"], writer=newsroom["Ed"])

    assert (
        emailed(django_capture_on_commit_callbacks, lambda: steps.perform("review", article, by=newsroom["Eve"])) == []
    )


def test_email_is_sent_once(newsroom: dict[str, User], django_capture_on_commit_callbacks: Any) -> None:
    article = editorial.draft_article("Quiet wires", by=newsroom["Ed"])
    with django_capture_on_commit_callbacks(execute=True):
        steps.perform("submit", article, by=newsroom["Ed"])
    count = len(mail.outbox)

    mail_comment("publishing.comment", Comment.objects.get().pk)

    assert (count, len(mail.outbox)) == (2, 2)


def test_refused_recipient_does_not_stop_the_other_emails(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = mail.EmailMessage.send

    def refuse_eve(message: mail.EmailMessage, *args: Any, **kwargs: Any) -> int:
        if message.to == ["eve@post.example"]:
            raise SMTPRecipientsRefused({"eve@post.example": (550, b"No such user")})
        return send(message, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMessage, "send", refuse_eve)
    article = editorial.draft_article("Quiet wires", by=newsroom["Ed"])

    def submit() -> None:
        steps.perform("submit", article, by=newsroom["Ed"])

    assert emailed(django_capture_on_commit_callbacks, submit) == ["pia"]
    assert Comment.objects.get().mailed_at


def test_title_and_name_cannot_add_headers_or_lines(
    newsroom: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    article = editorial.draft_article("Quiet\r\nBcc: all@post.example", by=newsroom["Ed"])
    newsroom["Ed"].last_name = "X\nOpen: https://bad.example/"
    newsroom["Ed"].save()

    assert emailed(django_capture_on_commit_callbacks, lambda: steps.perform("submit", article, by=newsroom["Ed"])) == [
        "eve",
        "pia",
    ]
    assert mail.outbox[0].subject == "Submitted for review: Quiet Bcc: all@post.example"
    assert sum(line.startswith("Open: ") for line in str(mail.outbox[0].body).splitlines()) == 1


def test_permissions_of_custom_groups_are_respected(django_capture_on_commit_callbacks: Any) -> None:
    group = Group.objects.create(name="Night desk")
    group.permissions.set(Permission.objects.filter(codename__in=["publish_article", "view_article"]))
    owl = person("", "Owl")
    owl.groups.add(group)
    article = editorial.draft_article("Quiet wires", by=person("Editor", "Ed"))

    def submit() -> None:
        steps.perform("submit", article, by=staff.account("Editor"))

    assert emailed(django_capture_on_commit_callbacks, submit) == ["owl"]
