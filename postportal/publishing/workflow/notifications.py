"""Who is mailed about what was said of an item, and what the mail says. Named in postportal/outbox/routes.py."""

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

from postportal.publishing.models import Comment
from postportal.publishing.versions.timeline import full_name_or_username
from postportal.publishing.workflow.rules import is_allowed
from postportal.staff.permissions import can_view, change_url

logger = logging.getLogger(__name__)

MAX_SUBJECT_LENGTH = 150


def mail_comment(model: str, pk: int) -> None:
    """Mail a comment to those whom it asks to act. `mailed_at` keeps it from being sent again; it is set after the
    server has taken the mails, since one that comes twice is better than one that never comes."""
    comment = Comment.objects.filter(pk=pk, mailed_at__isnull=True).select_related("edition", "by").first()
    if comment is None or comment.item is None:
        return
    addresses = sorted({person.email for person in recipients(comment) if person.email})
    if addresses:
        subject, body = compose_mail(comment)
        # One for each: nobody learns from it who else was asked.
        for address in addresses:
            _send(subject, body, address)
    Comment.objects.filter(pk=pk).update(mailed_at=timezone.now())


def _send(subject: str, body: str, address: str) -> None:
    """An address that the server refuses stays without: tried again, it would bring the others each mail again."""
    try:
        EmailMessage(subject, body, to=[address]).send()
    except SMTPRecipientsRefused:
        logger.exception("The mail server takes nothing for %s", address)


def recipients(comment: Comment) -> list[Any]:
    """Exactly those who may act on it now, and never whoever said it."""
    kind = comment.Kind
    if comment.kind in (kind.SUBMITTED, kind.FORCED):
        # Nobody approves what they wrote or forced out.
        return _keep_allowed(comment, _active_staff().exclude(pk__in=_involved(comment)), "publish")
    if comment.kind == kind.APPROVED:
        # The others could publish it before.
        return _keep_allowed(comment, _writers(comment), "publish")
    if comment.kind == kind.RETURNED:
        return _keep_allowed(comment, _writers(comment), "change")
    if comment.kind == kind.FAILED:
        return _keep_allowed(comment, _staff_with_ids(_involved(comment)), "change")
    if comment.kind == kind.REMARK:
        item: Any = comment.item
        said = Comment.objects.of(item).filter(edition=comment.edition_id).values("by")
        return _keep_allowed(comment, _active_staff().filter(Q(pk__in=said) | Q(pk__in=_involved(comment))), "change")
    return []


def _active_staff() -> Any:
    return get_user_model().objects.filter(is_active=True, is_staff=True).order_by("pk")


def _staff_with_ids(keys: Iterable[int]) -> Any:
    return _active_staff().filter(pk__in=keys)


def _writers(comment: Comment) -> Any:
    return _staff_with_ids(comment.edition.writers.values_list("pk", flat=True) if comment.edition else ())


def _involved(comment: Comment) -> set[int]:
    """Who wrote it, and who has let it out or said when it goes out."""
    edition = comment.edition
    if edition is None:
        return set()
    keys = {*edition.writers.values_list("pk", flat=True), edition.published_by_id}
    return {key for key in keys if key is not None}


def _keep_allowed(comment: Comment, people: Any, right: str) -> list[Any]:
    item: Any = comment.item
    others = people.exclude(pk=comment.by_id) if comment.by_id else people
    return [person for person in others if is_allowed(person, item, right) and can_view(person, type(item))]


def compose_mail(comment: Comment) -> tuple[str, str]:
    """Subject and plain text. What somebody wrote stands last, so that it cannot pass for what the portal says."""
    item: Any = comment.item
    with translation.override("en"):
        kind = str(comment.get_kind_display())
        subject = _single_line(_("%(kind)s: %(item)s") % {"kind": kind, "item": item})
        lines = [f"{capfirst(item._meta.verbose_name)}: {_single_line(str(item))}"]
        if comment.by:
            lines.append(_("By: %(name)s") % {"name": _single_line(full_name_or_username(comment.by))})
        lines.append(_("Open it: %(address)s") % {"address": comment.origin + change_url(type(item), item.pk)})
        if comment.text:
            lines += ["", comment.text]
    return subject, "\n".join(lines)


def _single_line(text: str) -> str:
    """Line breaks would start another header."""
    return Truncator(" ".join(text.split())).chars(MAX_SUBJECT_LENGTH)
