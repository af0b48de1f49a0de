"""Emails about comments. postportal/outbox/routes.py calls `mail_comment`."""

import logging
from collections.abc import Iterable
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from postportal.publishing.models import Comment, Publishable, Versioned
from postportal.publishing.workflow import proposals, proposed_rows
from postportal.publishing.workflow.assignments import assignment_of, due_text
from postportal.publishing.workflow.authors import authors_of
from postportal.staff.account_names import full_name_or_username
from postportal.staff.models import language_of, wanted_by
from postportal.staff.permissions import can_view, change_url, has_model_permission

logger = logging.getLogger(__name__)

MAX_SUBJECT_LENGTH = 150
# Field of the preferences with which people choose the emails about comments of a kind.
MAIL_CHOICES: dict[str, str] = {
    Comment.Kind.REMARK: "has_comment_mails",
    Comment.Kind.SUBMITTED: "has_review_mails",
    Comment.Kind.RETURNED: "has_review_mails",
    Comment.Kind.DECLINED: "has_review_mails",
    Comment.Kind.APPROVED: "has_review_mails",
    Comment.Kind.FORCED: "has_publication_mails",
    Comment.Kind.FAILED: "has_publication_mails",
    Comment.Kind.AUTHOR: "has_assignment_mails",
    Comment.Kind.HANDED_OVER: "has_assignment_mails",
    Comment.Kind.ASSIGNED: "has_assignment_mails",
}


def mail_comment(model: str, pk: int) -> None:
    """Email a comment to the people who can act on it. `mailed_at` prevents a second delivery; it is set after sending,
    because an email that arrives twice is better than one that never arrives."""
    comment = Comment.objects.filter(pk=pk, mailed_at__isnull=True).select_related("edition", "by").first()
    if comment is None or _load_item(comment) is None:
        return
    people = {person.email: person for person in recipients(comment) if person.email}
    # One email per person, so that nobody sees the other addresses.
    for address, person in sorted(people.items()):
        subject, body = compose_mail(comment, language=language_of(person))
        _send(subject, body, address)
    Comment.objects.filter(pk=pk).update(mailed_at=timezone.now())


def _load_item(comment: Comment) -> Any:
    """Return the item of the comment, also of one on a new row that is only proposed."""
    model: Any = comment.content_type.model_class()
    if comment.item is None and issubclass(model, Versioned):
        proposed = proposed_rows.find_row(model, comment.object_id)
        if proposed is not None:
            comment.item = proposed
    return comment.item


def _send(subject: str, body: str, address: str) -> None:
    """Send one email. A refused address is only logged: a retry would send the others their emails again."""
    try:
        EmailMessage(subject, body, to=[address]).send()
    except SMTPRecipientsRefused:
        logger.exception("The mail server refused the recipient %s", address)


def recipients(comment: Comment) -> list[Any]:
    """Return the users who can act on the comment now and want such emails, except its author."""
    return wanted_by(_people_to_act(comment), field=MAIL_CHOICES.get(comment.kind, ""))


def _people_to_act(comment: Comment) -> list[Any]:
    kind = comment.Kind
    if comment.kind in (kind.SUBMITTED, kind.FORCED):
        # Nobody approves their own text or publication.
        return _keep_allowed(comment, _active_staff().exclude(pk__in=_involved(comment)), "publish")
    if comment.kind == kind.APPROVED and isinstance(comment.item, Publishable):
        # Others could publish it before the approval.
        return _keep_allowed(comment, _writers(comment), "publish")
    if comment.kind in (kind.APPROVED, kind.DECLINED):
        return _keep_allowed(comment, _writers(comment), "change")
    if comment.kind == kind.RETURNED:
        return _keep_allowed(comment, _writers(comment) | _authors(comment), "change")
    if comment.kind in (kind.AUTHOR, kind.HANDED_OVER, kind.ASSIGNED):
        return _keep_allowed(comment, _mentioned(comment), "change")
    if comment.kind == kind.FAILED:
        return _keep_allowed(comment, _staff_with_ids(_involved(comment)), "change")
    if comment.kind == kind.REMARK:
        item: Any = comment.item
        authors = Comment.objects.of(item).filter(edition=comment.edition_id).values("by")
        commented = _active_staff().filter(Q(pk__in=authors) | Q(pk__in=_involved(comment)))
        return _keep_allowed(comment, commented | _authors(comment) | _mentioned(comment), "change")
    return []


def _active_staff() -> Any:
    return get_user_model().objects.filter(is_active=True, is_staff=True).order_by("pk")


def _staff_with_ids(keys: Iterable[int]) -> Any:
    return _active_staff().filter(pk__in=keys)


def _writers(comment: Comment) -> Any:
    return _staff_with_ids(comment.edition.writers.values_list("pk", flat=True) if comment.edition else ())


def _authors(comment: Comment) -> Any:
    item: Any = comment.item
    # Proposals have writers only.
    return _staff_with_ids([author.pk for author in authors_of(item)] if isinstance(item, Publishable) else ())


def _mentioned(comment: Comment) -> Any:
    return _staff_with_ids(comment.mentioned.values_list("pk", flat=True))


def _involved(comment: Comment) -> set[int]:
    """Return the IDs of the writers and of the user who published or scheduled the edition."""
    edition = comment.edition
    if edition is None:
        return set()
    keys = {*edition.writers.values_list("pk", flat=True), edition.published_by_id}
    return {key for key in keys if key is not None}


def _keep_allowed(comment: Comment, people: Any, permission: str) -> list[Any]:
    item: Any = comment.item
    others = people.exclude(pk=comment.by_id) if comment.by_id else people
    viewers = [person for person in others if can_view(person, type(item))]
    if isinstance(item, Publishable):
        return [person for person in viewers if has_model_permission(person, permission, item)]
    # A proposal: whoever may change the row publishes it.
    may_act = {"publish": proposals.may_decide, "change": proposals.may_propose}[permission]
    return [person for person in viewers if may_act(person, item)]


def compose_mail(comment: Comment, *, language: str = "en") -> tuple[str, str]:
    """Return subject and plain text. The comment comes last, so that it cannot imitate the rest of the email."""
    item: Any = comment.item
    with translation.override(language):
        kind = str(comment.get_kind_display())
        subject = _single_line(_("%(kind)s: %(item)s") % {"kind": kind, "item": item})
        lines = [f"{capfirst(item._meta.verbose_name)}: {_single_line(str(item))}"]
        if comment.by:
            lines.append(_("By: %(name)s") % {"name": _single_line(full_name_or_username(comment.by))})
        if comment.kind == Comment.Kind.ASSIGNED and (due := due_text(assignment_of(item))):
            lines.append(due)
        lines.append(_("Open: %(url)s") % {"url": comment.origin + change_url(item)})
        if comment.text:
            lines += ["", comment.text]
    return subject, "\n".join(lines)


def _single_line(text: str) -> str:
    """Remove line breaks, which would start another header, and shorten the text."""
    return Truncator(" ".join(text.split())).chars(MAX_SUBJECT_LENGTH)
