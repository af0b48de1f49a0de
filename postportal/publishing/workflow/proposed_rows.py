"""New rows that are proposed. Until a second person publishes one, there is no row: only the edition with its content,
under a key that no row has."""

import copy
import datetime as dt
import random
from typing import Any

from postportal.publishing.models import Comment, Edition, Versioned
from postportal.publishing.models.locking import lock_items
from postportal.publishing.models.versioned import FIRST_PROPOSED_KEY
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.comparison import SECTIONS
from postportal.publishing.versions.deletions import columns_of
from postportal.publishing.versions.snapshots import Content
from postportal.web.row_keys import is_row_key
from postportal.web.slugged import Slugged


def new_key() -> int:
    return FIRST_PROPOSED_KEY + random.getrandbits(51)


def is_proposed_key(text: str) -> bool:
    """Return True for a key in a URL that may be that of a proposed row."""
    return is_row_key(text) and int(text) >= FIRST_PROPOSED_KEY


def full_content(saved: Versioned, *, known: Content | None = None) -> Content:
    """Return the content of a row that is stored in a dry run, with its name and the columns from which the name is
    made: nobody edits these. `known` is the content that was proposed before."""
    content = snapshots.serialize(saved, known=known or {"parts": {}})
    return {**content, "columns": columns_of(saved, without=content["fields"]), "name": str(saved)}


def find_row(model: Any, key: int) -> Versioned | None:
    """Return the row that was proposed under the key, not stored; None if there is none or it has been made."""
    edition = _newest(model(pk=key))
    content: Any = edition.content if edition else None
    # That of an existing row has no columns.
    return row_with(model, key, content) if content and "columns" in content else None


def row_with(model: Any, key: int, content: Content) -> Versioned:
    """Return a row under this key as the content says, not stored."""
    item: Versioned = model(pk=key)
    snapshots.fill_columns(item, content["columns"])
    snapshots.fill_fields(item, content)
    return item


def lock_row(item: Versioned) -> Versioned:
    """Lock what is proposed, and return the row as it would be. Raises DoesNotExist if it has been made."""
    list(Edition.objects.of(item).select_for_update(of=("self",)).values_list("pk"))
    row = find_row(type(item), item.pk)
    if row is None:
        raise type(item).DoesNotExist
    return row


def content_of(item: Versioned) -> Content:
    """Return what is proposed, or was before it was declined."""
    edition = _newest(item)
    return only_content(edition.content) if edition and edition.content else snapshots.serialize(item)


def only_content(full: Content) -> Content:
    """Return what a version holds of the content of a proposal."""
    return {section: copy.deepcopy(full[section]) for section in SECTIONS}


def make_row(item: Versioned, content: Content) -> tuple[Content, Versioned]:
    """Store the row under a key of its own. Return its content and the row. A URL that was taken in the meantime gets a
    number. Raises ValidationError and IntegrityError."""
    row: Any = type(item)()
    snapshots.fill_fields(row, content)
    if isinstance(row, Slugged) and row.leave_taken_slug():
        content["fields"][row.slug_field] = getattr(row, row.slug_field)
    # Others may change rows that share child rows with it.
    lock_items([row])
    row.full_clean()
    snapshots.apply_content(row, content, is_final=True)
    stored = type(item)._default_manager.get(pk=row.pk)
    return snapshots.serialize(stored), stored


def leave_past_publication(content: Content, item: Versioned, *, at: dt.datetime) -> None:
    """Make a row public from now on that was to be public from a time which passed while it waited."""
    typed = content["fields"].get("publish_at")
    before = None if item.is_proposed else snapshots.serialize_fields(item).get("publish_at")
    if typed and typed != before and dt.datetime.fromisoformat(typed) < at:
        content["fields"]["publish_at"] = at.replace(microsecond=0).isoformat()


def move(proposal: Edition, item: Versioned, *, to: Versioned) -> None:
    """Let the proposal and what was said about it belong to the row that was made of it."""
    Comment.objects.of(item).update(object_id=to.pk)
    proposal.object_id = to.pk


def _newest(item: Versioned) -> Edition | None:
    return Edition.objects.of(item).newest_first().first()
