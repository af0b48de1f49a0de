"""Confirmation and dismissal of proposals to link a person in articles of the archive."""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import Article, Mention, NameFinding, Person
from postportal.audit.actions import Action
from postportal.audit.log import log_actions
from postportal.publishing.models import Publishable
from postportal.publishing.workflow.filing import AddedRow, Filing, file_item
from postportal.staff.permissions import has_model_permission


def may_confirm(user: Any) -> bool:
    """Return True if the user may link people in live articles: whoever may publish them."""
    return has_model_permission(user, "publish", Article)


def may_dismiss(user: Any) -> bool:
    return has_model_permission(user, "change", Person)


def confirm(
    person: Person, keys: Collection[int], *, by: Any
) -> tuple[list[Publishable], dict[Publishable, list[str]]]:
    """Link the person in the articles of these proposals, in unpublished changes too. Return the articles that changed,
    and the reasons for each that was refused."""
    rows = NameFinding.objects.proposed_mentions(timezone.now()).filter(person=person, pk__in=keys)
    done: list[Publishable] = []
    refused: dict[Publishable, list[str]] = {}
    note = _("Linked: %(name)s") % {"name": person}
    for row in rows.select_related("article").order_by("pk"):
        order = Mention.objects.filter(article=row.article).count()
        label = "" if row.name in (person.name, person.name_zh) else row.name
        added = AddedRow(
            "mentions",
            key={"person": person.pk},
            values={"label": label, "order": order, "origin": Mention.Origin.DETECTOR},
        )
        try:
            is_changed = file_item(row.article, Filing(add_rows=(added,)), by=by, note=note)
        except ValidationError as error:
            refused[row.article] = error.messages
            continue
        done += [row.article] if is_changed else []
    if done:
        log_actions(Action.FILE, done, user=by, detail="mentions")
    return done, refused


def dismiss(rows: Iterable[NameFinding], *, by: Any) -> int:
    """Propose these no more, also when the article is saved again, and return how many there were."""
    keys = [row.pk for row in rows]
    found = NameFinding.objects.filter(pk__in=keys, dismissed_at=None)
    return found.update(dismissed_at=timezone.now(), dismissed_by=by)
