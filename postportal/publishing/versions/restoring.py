"""Restoring an old version of an item, as a new revision."""

import copy
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, router, transaction
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.publishing.models import Publishable, Revision, Versioned
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.versions.child_rows import is_valid_alone, match_rows
from postportal.publishing.versions.comparison import column_text
from postportal.publishing.versions.display import field_label
from postportal.publishing.versions.related_names import RelatedNames, related_keys
from postportal.publishing.versions.shared_rows import SharedRows
from postportal.publishing.versions.snapshots import Content, provisional_key
from postportal.staff.database_rules import constraint_fields, refusal_text
from postportal.staff.row_limits import is_within_limits


@dataclass
class RestoreResult:
    """The new revision, or None if nothing changed, and what could not be restored."""

    revision: Revision | None
    # The row as it was written, whose texts know what cleaning left out.
    row: Versioned
    # References to deleted rows, each in words.
    lost: list[str] = field(default_factory=list)
    # Labels of the fields that the version lacks and that keep their values, because readers know the item.
    kept: list[str] = field(default_factory=list)
    # Child rows that the version does not have and that stay, because other rows refer to them.
    in_use: list[str] = field(default_factory=list)
    # True for a planned change whose moment passed while it was deleted: it waits for a new time.
    is_held: bool = False


# When readers see a row is decided with each embargo, and never by restoring an old text. The end as well: a row that
# was hidden would be back, or end before it begins.
VISIBILITY_FIELDS = frozenset({"publish_at", "expire_at"})


@transaction.atomic
def restore(item: Versioned, revision: Revision, *, by: Any, note: str = "") -> RestoreResult:
    """Restore the revision: as unpublished changes to a live item, or else in its row. Raises ValidationError with all
    reasons for a refusal."""
    item = lock_item(item)
    revisions.record_outside_change(item)
    current = revisions.current_content(item)
    shared = SharedRows(item)
    content, lost, in_use = restorable_content(item, revision.content, current=current)
    if not is_within_limits(by, item, content=content):
        raise ValidationError(_("Your account is limited to other sections."))
    kept = _keep_what_readers_need(item, content, current) if item.is_edited_in_edition else []
    try:
        with transaction.atomic():
            content, row = _store(item, content)
    except IntegrityError as error:
        raise ValidationError(refusal_text(error, default=snapshots.VALUE_TAKEN_MESSAGE)) from None
    note = note or str(_("Version %(number)s") % {"number": revision.number})
    restored = revisions.record_revision(item, content, by=by, kind=Revision.Kind.RESTORED, note=note)
    shared.record(item, by=by)
    if restored:
        log_action(Action.RESTORE, user=by, item=item, detail=f"version {revision.number}")
    return RestoreResult(restored, row, lost, kept, in_use)


def _keep_what_readers_need(item: Versioned, content: Content, current: Content) -> list[str]:
    """Fill in what the content lacks for a public row, such as a section, from the current content. Return the labels
    of these fields."""
    row = type(item)._default_manager.get(pk=item.pk)
    snapshots.fill_fields(row, content)
    kept = []
    for constraint in row._meta.constraints:
        if not isinstance(constraint, models.CheckConstraint) or _is_kept(constraint, row):
            continue
        for name in constraint_fields(constraint):
            if content["fields"].get(name, "") in (None, "") and current["fields"].get(name) not in (None, ""):
                content["fields"][name] = current["fields"][name]
                kept.append(field_label(type(item), "fields", name))
    return kept


def _is_kept(constraint: models.CheckConstraint, row: Versioned) -> bool:
    try:
        constraint.validate(type(row), row)
    except ValidationError:
        return False
    return True


def _store(item: Versioned, content: Content) -> tuple[Content, Versioned]:
    if item.is_edited_in_edition:
        with snapshots.dry_run():
            return write_content(item, content, is_final=False)
    return write_content(item, content, is_final=True)


def write_content(item: Versioned, content: Content, *, is_final: bool) -> tuple[Content, Versioned]:
    """Validate the content and write it to the row. Return it as it is stored, and the row."""
    row = type(item)._default_manager.get(pk=item.pk)
    # Validated first, because its errors name the field and those of the database do not.
    snapshots.fill_fields(row, content)
    row.full_clean(exclude=["withdrawal_reason"])
    snapshots.apply_content(row, content, is_final=is_final)
    fresh = type(item)._default_manager.get(pk=item.pk)
    return snapshots.serialize(fresh, known=None if is_final else content), row


def restorable_content(item: Versioned, old: Content, *, current: Content) -> tuple[Content, list[str], list[str]]:
    """Convert the old content to the current models. Fields that are newer than it keep their values. Return it with
    what is lost and with the child rows that stay, in words."""
    content = copy.deepcopy(current)
    staying_fields = () if isinstance(item, Publishable) else VISIBILITY_FIELDS
    for section in ("fields", "tags", "links"):
        known = old[section].keys() & content[section].keys() - staying_fields
        content[section] |= copy.deepcopy({name: old[section][name] for name in sorted(known)})
    names = RelatedNames(type(item), [old])
    lost = _lost_references(item, names, old)
    in_use: list[str] = []
    for name in item.child_relations:
        if name in old["parts"]:
            now = current["parts"].get(name, [])
            rows = _restorable_rows(item, name, old["parts"][name], now, names, lost)
            staying = _rows_in_use(item, name, gone={row["pk"] for row in now} - {row["pk"] for row in rows})
            content["parts"][name] = [*rows, *(row for row in now if row["pk"] in staying)]
            in_use += staying.values()
    return content, lost, in_use


def _lost_references(item: Versioned, names: RelatedNames, old: Content) -> list[str]:
    lost = []
    for column in snapshots.editable_fields(type(item)):
        key = old["fields"].get(column.name)
        if isinstance(column, models.ForeignKey) and key is not None and names.is_gone(column.related_model, key):
            lost.append(f"{column.verbose_name}: {column_text(column, names, key)}")
    for name, keys in old["links"].items():
        related = item._meta.get_field(name).related_model
        lost += [names.name(related, key) for key in keys if names.is_gone(related, key)]  # type: ignore[arg-type]
    return lost


def _restorable_rows(
    item: Versioned, name: str, old: list[Content], current: list[Content], names: RelatedNames, lost: list[str]
) -> list[Content]:
    relation: Any = item._meta.get_field(name)
    model, parent = relation.related_model, relation.field.name
    in_use = _keys_in_use(model, parent, item, old)
    rows = []
    for was, now in match_rows(model, parent, old, current):
        if was is None:
            continue
        # A row that had a provisional key then has a final one now.
        key = now["pk"] if now else provisional_key() if was["pk"] in in_use else was["pk"]
        if now is None and was["pk"] in in_use and issubclass(model, Versioned):
            # It has moved, and would be there twice.
            lost.append(_("%(row)s (now part of another item)") % {"row": in_use[was["pk"]]})
            continue
        gone = [key for related, key in related_keys(model, _row_values(was, parent)) if names.is_gone(related, key)]
        if gone and not is_valid_alone(was, model, parent=parent, item=item):
            lost.append(_("%(kind)s no. %(key)s") % {"kind": model._meta.verbose_name, "key": gone[0]})
        else:
            lost += [_("no. %(key)s (deleted)") % {"key": missing} for missing in gone]
            visibility = {name: now[name] for name in VISIBILITY_FIELDS & now.keys()} if now else {}
            rows.append({**was, **visibility, "pk": key, parent: item.pk})
    return rows


def _rows_in_use(item: Versioned, name: str, *, gone: set[int]) -> dict[int, str]:
    """Return those of the child rows that cannot be deleted, by primary key, in words."""
    found = {}
    for row in getattr(item, name).filter(pk__in=gone).order_by("pk"):
        try:
            Collector(using=router.db_for_write(type(row), instance=row), origin=row).collect([row])
        except (ProtectedError, RestrictedError):
            found[row.pk] = str(row)
    return found


def _row_values(row: Content, parent: str) -> Content:
    return {name: value for name, value in row.items() if name not in ("pk", parent)}


def _keys_in_use(model: type[models.Model], parent: str, item: Versioned, rows: list[Content]) -> dict[int, str]:
    """Return the rows whose keys belong to another item by now, by primary key, in words."""
    taken = model._default_manager.filter(pk__in=[row["pk"] for row in rows]).exclude(**{parent: item})
    return {row.pk: str(row) for row in taken}
