import datetime as dt
import hashlib
from collections.abc import Callable

import pytest
from django.core import serializers
from django.db import IntegrityError, connection, transaction

from postportal.audit import triggers
from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.audit.models import GENESIS_HASH, AppendOnlyError, Entry, Head
from postportal.audit.verification import verify_chain
from tests.factories import audit

pytestmark = pytest.mark.django_db


def test_each_entry_holds_the_hash_of_the_previous_one() -> None:
    before = audit.make_entries(1)[0]

    first, second = audit.make_entries(2)

    assert (first.number, first.previous_hash) == (before.number + 1, before.hash)
    assert (second.number, second.previous_hash) == (first.number + 1, first.hash)
    assert list(Head.objects.values_list("number", "hash")) == [(second.number, second.hash)]


def test_hash_is_computed_from_these_exact_bytes() -> None:
    # Spelled out, so that no change of the code can invalidate the hashes of old entries.
    entry = Entry(
        number=7,
        at=dt.datetime(2026, 3, 20, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=8))),
        action="publish",
        actor_id=3,
        actor_name="李娜",
        item_label="news.article",
        item_key="12",
        item_name="Night mail",
        address="192.0.2.1",
        previous_hash=GENESIS_HASH,
    )

    hashed = (
        r'{"action":"publish","actor_id":3,"actor_name":"\u674e\u5a1c","address":"192.0.2.1",'
        r'"at":"2026-03-20T00:00:00.000+00:00","detail":"","item_key":"12","item_label":"news.article",'
        rf'"item_name":"Night mail","number":7,"previous_hash":"{GENESIS_HASH}"}}'
    )
    assert entry.compute_hash() == hashlib.sha256(hashed.encode()).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry(number=entry.number + 1).save(),
        lambda entry: Entry.objects.create(number=entry.number + 1),
        lambda entry: Entry.objects.bulk_create([Entry(number=entry.number + 1)]),
        lambda entry: Entry.objects.update(detail="nothing"),
        lambda entry: Entry.objects.filter(pk=entry.pk).update(detail="nothing"),
        lambda entry: Entry.objects.bulk_update([entry], ["detail"]),
        lambda entry: Entry.objects.update_or_create(pk=entry.pk, defaults={"detail": "nothing"}),
        lambda entry: Entry.objects.all().delete(),
        lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
    ],
)
def test_log_refuses_to_be_changed(change: Callable[[Entry], object]) -> None:
    entry = audit.make_entries(1)[0]
    rows = list(Entry.objects.order_by("number").values())

    with pytest.raises(AppendOnlyError), transaction.atomic():
        change(entry)

    assert list(Entry.objects.order_by("number").values()) == rows


def test_database_refuses_two_entries_with_the_same_previous_hash() -> None:
    entry = audit.make_entries(1)[0]
    row = {**Entry.objects.filter(pk=entry.pk).values().get(), "number": entry.number + 1, "hash": "f" * 64}

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry(**row).save_base(force_insert=True)


def test_log_can_be_moved_to_another_database() -> None:
    audit.make_entries(3)
    moved = serializers.serialize("json", [*Entry.objects.order_by("number"), *Head.objects.all()])
    newest = audit.newest_entry().hash
    audit.tamper("DELETE FROM audit_entry")
    audit.tamper("UPDATE audit_head SET number = 0, hash = %s", GENESIS_HASH)
    triggers.install(connection)

    for row in serializers.deserialize("json", moved):
        row.save()

    assert verify_chain().hash == newest
    log_action(Action.PUBLISH)
    verify_chain()


def test_rolled_back_action_leaves_no_entry() -> None:
    head = audit.make_entries(1)[0].hash

    with transaction.atomic():
        audit.make_entries(2)
        transaction.set_rollback(True)

    assert (audit.newest_entry().hash, Head.objects.get().hash) == (head, head)
    assert audit.make_entries(1)[0].previous_hash == head
