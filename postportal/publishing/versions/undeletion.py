"""Restoring a deleted row with its child rows, under its key and URL, from the revision of its deletion."""

from typing import Any, cast

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.page_cache.dropping import drop_every_page
from postportal.publishing.models import Planned, Releasable, Release, Revision, Versioned
from postportal.publishing.models.locking import lock_items
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.versions.deletions import names_of_deleted, referring_fields
from postportal.publishing.versions.related_names import RelatedNames
from postportal.publishing.versions.restoring import VISIBILITY_FIELDS, RestoreResult, restorable_content
from postportal.publishing.versions.shared_rows import SharedRows
from postportal.publishing.versions.snapshots import Content
from postportal.staff.database_rules import refusal_text
from postportal.staff.row_limits import is_within_limits


def undelete(revision: Revision, *, by: Any) -> RestoreResult:
    """Restore the deleted row as it was, also when and whether readers see it. Raises ValidationError with all reasons
    for a refusal, and then nothing has changed."""
    try:
        with transaction.atomic():
            return _undelete(revision, by=by)
    except IntegrityError as error:
        raise ValidationError(refusal_text(error, default=snapshots.VALUE_TAKEN_MESSAGE)) from None


def _undelete(revision: Revision, *, by: Any) -> RestoreResult:
    # The row does not exist yet: whoever restores it at the same second waits for its revision.
    Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    item, content, lost = _deleted_item(revision)
    if not is_within_limits(by, item, content=content):
        raise ValidationError(_("Your account is limited to other sections."))
    # Others may restore rows of the same person or position, in whose histories both are.
    lock_items([item])
    is_held = _hold_if_missed(item, content)
    item.full_clean(exclude=["withdrawal_reason"])
    shared = SharedRows(item)
    snapshots.apply_content(item, content, is_final=True)
    _keep_times_of_creation(item, revision.content["columns"])
    _store_own_rows(item, revision.content["own_rows"])
    _link_again(item, revision.content["referrers"])
    row = type(item)._default_manager.get(pk=item.pk)
    row.complete_return()
    # Pages that still name the row have not found it, and so do not depend on it.
    drop_every_page()
    contents = {row.pk: revisions.current_content(row)}
    revisions.record_contents(contents, type(row), kind=Revision.Kind.RESTORED, by=by)
    shared.record(row, by=by)
    log_action(Action.UNDELETE, user=by, item=row)
    return RestoreResult(Revision.objects.of(row).newest_first().first(), row, lost, is_held=is_held)


def _deleted_item(revision: Revision) -> tuple[Versioned, Content, list[str]]:
    """Return the row, not stored yet, its content as far as it can come back, and the rest in words."""
    model = cast("Any", revision.content_type.model_class())
    if model._default_manager.filter(pk=revision.object_id).exists():
        raise ValidationError(_("It has been restored already."))
    item: Versioned = model(pk=revision.object_id)
    old = revision.content
    _refuse_without_parents(model, old)
    blank = snapshots.serialize(item)
    blank["fields"] |= {name: old["fields"][name] for name in VISIBILITY_FIELDS & old["fields"].keys()}
    content, lost, _in_use = restorable_content(item, old, current=blank)
    lost += _leave_out_orphans(model, content)
    snapshots.fill_columns(item, old["columns"])
    snapshots.fill_fields(item, content)
    return item, content, [*lost, *_leave_release(item)]


def _refuse_without_parents(model: type[Versioned], old: Content) -> None:
    known = RelatedNames(model, [old])
    missing = [
        (field.related_model, old["fields"][field.name])
        for field in snapshots.editable_fields(model)
        if isinstance(field, models.ForeignKey) and _is_parent(field) and old["fields"].get(field.name) is not None
        if known.is_gone(field.related_model, old["fields"][field.name])
    ]
    if missing:
        text = _("It belongs to what was deleted too: %(rows)s. Restore that first.")
        raise ValidationError(text % {"rows": _(", ").join(names_of_deleted(missing, known=known))})


def _is_parent(field: models.ForeignKey) -> bool:
    """Return True if the row cannot be without what the field refers to, or went with it when that was deleted."""
    return not field.null or field.remote_field.on_delete is models.CASCADE


def _leave_out_orphans(model: type[Versioned], content: Content) -> list[str]:
    """Remove child rows that refer to a row of any kind which no longer exists: the items of a tag. Return them in
    words."""
    lost = []
    for name in model.child_relations:
        child: Any = model._meta.get_field(name).related_model
        if any(isinstance(field, GenericForeignKey) for field in child._meta.private_fields):
            rows = content["parts"][name]
            kept = _existing_pairs([(row["content_type"], row["object_id"]) for row in rows])
            gone = [row for row in rows if (row["content_type"], row["object_id"]) not in kept]
            content["parts"][name] = [row for row in rows if (row["content_type"], row["object_id"]) in kept]
            lost += [_("no. %(key)s (deleted)") % {"key": row["object_id"]} for row in gone]
    return lost


def _existing_pairs(pairs: list[tuple[int, int]]) -> set[tuple[int, int]]:
    found = set()
    for kind in {kind for kind, _key in pairs}:
        target = ContentType.objects.get_for_id(kind).model_class()
        keys = [key for each, key in pairs if each == kind]
        rows = target._default_manager.filter(pk__in=keys).values_list("pk", flat=True) if target else ()
        found |= {(kind, key) for key in rows}
    return found


def _leave_release(item: Versioned) -> list[str]:
    """Remove the row from a release that went ahead without it. It stays hidden."""
    release = item.release if isinstance(item, Releasable) else None
    if release is None or release.stage == Release.Stage.DRAFT or item.publish_at is not None:  # type: ignore[attr-defined]
        return []
    item.release = None  # type: ignore[attr-defined]
    return [f"{release._meta.verbose_name}: {release}"]


def _hold_if_missed(item: Versioned, content: Content) -> bool:
    """Let a planned change whose moment has passed wait for a new time. Return True if it has."""
    if not isinstance(item, Planned) or not item.is_missed(timezone.now()):
        return False
    item.publish_at = content["fields"]["publish_at"] = None
    return True


def _keep_times_of_creation(item: Versioned, columns: Content) -> None:
    """Write the times that the database row got by being new."""
    names = [field.name for field in item._meta.concrete_fields if getattr(field, "auto_now_add", False)]
    times = {name: columns[name] for name in names if name in columns}
    if times:
        type(item)._default_manager.filter(pk=item.pk).update(**times)


def _store_own_rows(item: Versioned, rows: dict[str, list[Content]]) -> None:
    """Store the rows that nobody edits, in place of those that the item wrote when it was saved."""
    for name in rows.keys() & set(item.own_relations):
        relation = getattr(item, name)
        relation.all().delete()
        for values in rows[name]:
            row = relation.model(pk=values["pk"])
            snapshots.fill_columns(row, values)
            row.save(force_insert=True)


def _link_again(item: Versioned, referrers: dict[str, list[int]]) -> None:
    """Let the other rows refer to the item again that did so, as far as they exist and refer to nothing else."""
    fields = {f"{field.model._meta.label_lower}.{field.name}": field for field in referring_fields(type(item))}
    for label in referrers.keys() & fields.keys():
        field = fields[label]
        for row in apps.get_model(label.rpartition(".")[0])._default_manager.filter(pk__in=referrers[label]):
            if field.many_to_many:
                getattr(row, field.name).add(item)
            elif getattr(row, field.attname) is None:
                setattr(row, field.name, item)
                row.save(update_fields=[field.name])
