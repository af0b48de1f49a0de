"""Filing: the tags, section and source of an item and what it is linked to, changed at once and for readers too.

Filing is no writing: it opens no unpublished changes, makes nobody a writer and ends no approval. Unpublished changes
of somebody else get the same change, so that their publication does not undo it.
"""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from postportal.audit.actions import Action
from postportal.audit.log import log_action, log_actions
from postportal.publishing.models import Publishable, Revision, Versioned
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.versions.snapshots import Content
from postportal.staff.database_rules import refusal_text
from postportal.staff.permissions import has_model_permission
from postportal.staff.row_limits import is_within_limits
from postportal.tags.models import tag_key


@dataclass(frozen=True)
class AddedRow:
    """A child row to add, unless there is one with the same `key`: foreign keys by name, and the keys of their rows."""

    relation: str
    key: Mapping[str, int]
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Filing:
    """A change of where items are filed."""

    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    # Foreign keys: the name of each, and the row that it refers to from now on.
    columns: Mapping[str, models.Model | None] = field(default_factory=dict)
    # Other columns of drafts, such as the language, and their values.
    values: Mapping[str, Any] = field(default_factory=dict)
    add_rows: tuple[AddedRow, ...] = ()

    @property
    def names(self) -> str:
        """Return the names of the fields that change, for the audit log."""
        tags = ["tags"] if self.add_tags or self.remove_tags else []
        rows = sorted({row.relation for row in self.add_rows})
        return ", ".join([*tags, *self.columns, *self.values, *rows])


def file_items(
    items: Iterable[Publishable], filing: Filing, *, by: Any, note: str = ""
) -> tuple[list[Publishable], dict[Publishable, list[str]]]:
    """File each item; return those that changed, and the reasons for each that was refused. One refusal does not undo
    the others."""
    done, refused = [], {}
    for item in items:
        try:
            if file_item(item, filing, by=by, note=note):
                done.append(item)
        except ValidationError as error:
            refused[item] = error.messages
    if done:
        log_actions(Action.FILE, done, user=by, detail=filing.names)
    return done, refused


@transaction.atomic
def file_item(item: Publishable, filing: Filing, *, by: Any, note: str = "") -> bool:
    """Change the row that readers see, and the unpublished changes if there are any; record a revision of what editors
    see. Return True if anything changed. Raises ValidationError if the item was deleted or the database refuses."""
    try:
        item = lock_item(item)
        if not _is_in_reach(item, filing, by=by):
            raise ValidationError(_("Your account is limited to other sections."))
        revisions.record_outside_change(item)
        with transaction.atomic():
            is_changed = _change_row(item, filing)
    except type(item).DoesNotExist:
        raise ValidationError(_("Someone deleted this item.")) from None
    except IntegrityError as error:
        raise ValidationError(refusal_text(error, default=snapshots.VALUE_TAKEN_MESSAGE)) from None
    edition = revisions.open_edition(item)
    if edition is None or edition.content is None:
        content = snapshots.serialize(item)
    else:
        content = _changed_content(item, edition.content, filing)
    is_recorded = revisions.record_filing(item, content, by=by, note=note) is not None
    return is_changed or is_recorded


def _is_in_reach(item: Publishable, filing: Filing, *, by: Any) -> bool:
    """Return True if the user may work on the item both where it is and where it is filed."""
    keys = {"fields": {name: row.pk for name, row in filing.columns.items() if row is not None}}
    return is_within_limits(by, item, content=keys)


def record_save(item: Versioned, content: Content, *, by: Any, note: str = "") -> bool:
    """Record that `by` saved this content in the form. Where only tags differ and `by` may publish, they are filed;
    anything else is written as a draft. Return True if it was filed."""
    newest = Revision.objects.of(item).newest_first().first()
    filing = _filing_between(newest.content, content) if newest else None
    if not isinstance(item, Publishable) or filing is None or not has_model_permission(by, "publish", item):
        revisions.record_revision(item, content, by=by, note=note)
        return False
    if item.is_edited_in_edition:
        file_item(item, filing, by=by, note=note)
    else:
        # The form has written the row.
        revisions.record_filing(item, content, by=by, note=note)
    log_action(Action.FILE, user=by, item=item, detail=filing.names)
    return True


def _filing_between(before: Content, after: Content) -> Filing | None:
    """Return the change of tags between two contents, None if it is no change or not the only one."""
    if before["tags"] == after["tags"] or {**before, "tags": None} != {**after, "tags": None}:
        return None
    old, new = ({name for names in side["tags"].values() for name in names} for side in (before, after))
    return Filing(add_tags=tuple(sorted(new - old)), remove_tags=tuple(sorted(old - new)))


def _change_row(item: Publishable, filing: Filing) -> bool:
    is_changed = False
    for tag_field in snapshots.tag_fields(type(item)):
        manager = getattr(item, tag_field.name)
        before = set(manager.names())
        manager.remove(*_matching(before, filing.remove_tags))
        manager.add(*filing.add_tags)
        is_changed |= set(manager.names()) != before
    for name, row in filing.columns.items():
        is_changed |= getattr(item, f"{name}_id") != (row.pk if row else None)
        setattr(item, name, row)
    for name, value in filing.values.items():
        is_changed |= getattr(item, name) != value
        setattr(item, name, value)
    for row_to_add in filing.add_rows:
        is_changed |= _add_row(item, row_to_add)
    if is_changed and filing.values:
        item.full_clean(exclude=["withdrawal_reason"])
    if is_changed:
        # Also for tags alone: the time of the change is that of the row, and the outbox hears of it.
        item.save()
    return is_changed


def _add_row(item: Publishable, row: AddedRow) -> bool:
    relation = getattr(item, row.relation)
    keys = {relation.model._meta.get_field(name).attname: key for name, key in row.key.items()}
    if relation.filter(**keys).exists():
        return False
    relation.create(**keys, **row.values)
    return True


def _add_row_to_content(item: Publishable, rows: list[Content], added: AddedRow) -> None:
    """Add the row as it is in the database, unless the unpublished changes have one like it."""
    if not any(all(row[name] == key for name, key in added.key.items()) for row in rows):
        keys = {f"{name}__pk": key for name, key in added.key.items()}
        rows += map(snapshots.row_values, getattr(item, added.relation).filter(**keys))


def _changed_content(item: Publishable, content: Content, filing: Filing) -> Content:
    content = copy.deepcopy(content)
    for name, names in content["tags"].items():
        # Spelled as on the row, where equal tags are one.
        on_row = {tag_key(tag): tag for tag in getattr(item, name).names()}
        added = {on_row.get(tag_key(tag), tag) for tag in filing.add_tags}
        kept = set(names) - set(_matching(names, [*filing.remove_tags, *filing.add_tags]))
        content["tags"][name] = sorted(kept | added)
    for name, row in filing.columns.items():
        content["fields"][name] = row.pk if row else None
    for row_to_add in filing.add_rows:
        _add_row_to_content(item, content["parts"][row_to_add.relation], row_to_add)
    return content


def _matching(names: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """Return those of the tags that are among the wanted ones, however they are spelt."""
    folded = {tag_key(name) for name in wanted}
    return [name for name in names if tag_key(name) in folded]
