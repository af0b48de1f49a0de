import re
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postportal.audit import verification as module
from postportal.audit.models import GENESIS_HASH, Entry, Head
from postportal.audit.verification import BrokenChainError, ChainLink, verify_chain
from tests.factories import audit

pytestmark = pytest.mark.django_db


def verify_error(**options: object) -> str:
    with pytest.raises(BrokenChainError) as caught:
        verify_chain(**options)  # type: ignore[arg-type]
    return str(caught.value)


def test_intact_log_is_verified() -> None:
    newest = audit.make_entries()[-1]

    assert verify_chain() == ChainLink(newest.number, newest.hash)


def test_empty_log_is_verified() -> None:
    audit.make_entries(1)
    audit.tamper("DELETE FROM audit_entry")
    audit.tamper("DELETE FROM audit_head")

    assert verify_chain() == ChainLink(0, GENESIS_HASH)


@pytest.mark.parametrize("place", [0, 2, -1])
@pytest.mark.parametrize(
    "change",
    [
        *("detail = 'other'", "action = 'login'", "actor_name = 'li'", "actor_id = 1", "item_key = '2'"),
        *("item_label = 'news.person'", "item_name = 'x'", "address = '192.0.2.9'", "at = '2020-01-01 00:00:00+00:00'"),
        f"hash = '{'0' * 63}1'",
    ],
)
def test_changed_entry_is_named(place: int, change: str) -> None:
    entry = audit.make_entries()[place]

    audit.tamper(f"UPDATE audit_entry SET {change} WHERE number = %s", entry.number)

    assert verify_error() == f"Entry {entry.number} was changed."


@pytest.mark.skipif("connection.vendor != 'sqlite'")
@pytest.mark.parametrize("value", ["yesterday", "2026-13-45 00:00:00", "7"])
def test_invalid_time_is_named(value: str) -> None:
    entry = audit.make_entries()[2]

    audit.tamper("UPDATE audit_entry SET at = %s WHERE number = %s", value, entry.number)

    assert verify_error() == f"Entry {entry.number} was changed."


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_invalid_number_is_found() -> None:
    entry = audit.make_entries()[2]

    audit.tamper("UPDATE audit_entry SET number = 'seven' WHERE number = %s", entry.number)

    assert verify_error() == "There is an entry without a number after entry 0."


@pytest.mark.parametrize("place", [0, 2, -1])
def test_removed_entry_is_named(place: int) -> None:
    entry = audit.make_entries()[place]

    audit.tamper("DELETE FROM audit_entry WHERE number = %s", entry.number)

    assert verify_error() == f"Entry {entry.number} is missing."


def test_missing_first_entry_is_named() -> None:
    audit.make_entries()

    audit.tamper("DELETE FROM audit_entry WHERE number = 1")

    assert verify_error() == "Entry 1 is missing."


def test_removal_of_the_newest_entries_names_the_first_of_them() -> None:
    entries = audit.make_entries()

    audit.tamper("DELETE FROM audit_entry WHERE number >= %s", entries[2].number)

    assert verify_error() == f"Entry {entries[2].number} is missing."


def test_deletion_of_all_entries_is_found() -> None:
    audit.make_entries()

    audit.tamper("DELETE FROM audit_entry")

    assert verify_error() == "Entry 1 is missing."


def test_swapped_entries_are_found() -> None:
    _, second, third, *_ = audit.make_entries()

    for old, new in ((second.number, 900_000), (third.number, second.number), (900_000, third.number)):
        audit.tamper("UPDATE audit_entry SET number = %s WHERE number = %s", new, old)

    assert verify_error() == f"Entry {second.number} was changed."


def reseal(entry: Entry) -> Entry:
    entry.refresh_from_db()
    entry.hash = entry.compute_hash()
    audit.tamper("UPDATE audit_entry SET hash = %s WHERE number = %s", entry.hash, entry.number)
    return entry


def test_rehashed_entry_does_not_match_the_next() -> None:
    entry = audit.make_entries()[1]
    audit.tamper("UPDATE audit_entry SET detail = 'other' WHERE number = %s", entry.number)

    reseal(entry)

    following = entry.number + 1
    assert verify_error() == f"Entry {following} does not follow entry {entry.number}: one of them was replaced."


def test_rehashed_newest_entry_does_not_match_the_head() -> None:
    entry = audit.make_entries()[-1]
    audit.tamper("UPDATE audit_entry SET detail = 'other' WHERE number = %s", entry.number)

    reseal(entry)

    assert verify_error() == f"Entry {entry.number} does not match the head of the log."


def truncate_with_head(entries: list[Entry]) -> None:
    audit.tamper("DELETE FROM audit_entry WHERE number > %s", entries[1].number)
    audit.tamper("UPDATE audit_head SET number = %s, hash = %s", entries[1].number, entries[1].hash)


def recompute_with_head(entries: list[Entry]) -> None:
    audit.tamper("UPDATE audit_entry SET detail = 'other' WHERE number = %s", entries[1].number)
    previous = entries[1].previous_hash
    for entry in entries[1:]:
        audit.tamper("UPDATE audit_entry SET previous_hash = %s WHERE number = %s", previous, entry.number)
        previous = reseal(entry).hash
    audit.tamper("UPDATE audit_head SET hash = %s", previous)


@pytest.mark.parametrize("forge", [truncate_with_head, recompute_with_head])
def test_perfect_forgery_is_found_with_an_expected_hash(forge: Callable[[list[Entry]], None]) -> None:
    entries = audit.make_entries()
    expected = entries[3].hash

    forge(entries)

    verify_chain(expected={entries[0].hash})
    assert verify_error(expected={entries[0].hash, expected}) == f"No entry has the expected hash {expected}."


def test_expected_hash_stays_valid_while_the_log_grows() -> None:
    hashes = {entry.hash for entry in audit.make_entries()}
    audit.make_entries()

    assert verify_chain(expected={GENESIS_HASH, *hashes}).hash == audit.newest_entry().hash


def test_missing_head_is_found() -> None:
    newest = audit.make_entries()[-1]

    audit.tamper("DELETE FROM audit_head")

    assert verify_error() == f"The head of the log is missing. The newest entry is {newest.number}."


def test_entry_beyond_the_head_is_found() -> None:
    *_, before, newest = audit.make_entries()

    audit.tamper("UPDATE audit_head SET number = %s, hash = %s", before.number, before.hash)

    assert verify_error() == f"Entry {newest.number} is beyond the head of the log."


def test_long_log_is_read_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH_SIZE", 4)
    entries = audit.make_entries(13)
    with CaptureQueriesContext(connection) as queries:
        verify_chain()
    batches = -(-entries[-1].number // 4)
    assert len(queries) == 2 * batches + 3

    audit.tamper("UPDATE audit_entry SET detail = 'other' WHERE number = %s", entries[9].number)

    assert verify_error() == f"Entry {entries[9].number} was changed."


def test_command_prints_the_newest_hash(capsys: pytest.CaptureFixture[str]) -> None:
    newest = audit.make_entries()[-1]

    call_command("verify_log", "--expect", newest.hash.upper(), "--expect", newest.previous_hash)

    assert capsys.readouterr().out.splitlines() == [
        "The audit log is intact. Number of entries and newest hash:",
        f"{newest.number} {newest.hash}",
    ]


def test_command_fails_and_names_the_entry() -> None:
    entry = audit.make_entries()[1]
    audit.tamper("UPDATE audit_entry SET detail = 'other' WHERE number = %s", entry.number)

    with pytest.raises(CommandError, match=re.escape(f"tampered with. Entry {entry.number} was changed.")) as caught:
        call_command("verify_log")

    assert caught.value.returncode == 1
    assert Head.objects.count() == 1
