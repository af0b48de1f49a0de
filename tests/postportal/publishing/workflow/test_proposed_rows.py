"""New rows that are proposed by one person and made when another publishes them."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from news.models import Appointment, Person
from postportal.audit.models import Entry
from postportal.publishing.models import Comment, Edition, Revision
from postportal.publishing.versions import snapshots
from postportal.publishing.workflow import proposals, proposed_rows
from tests.factories import news, staff

pytestmark = pytest.mark.django_db


def proposed(*, by: Any, **fields: Any) -> Person:
    """Propose a new person with a second name, and return the row that does not exist yet."""
    with snapshots.dry_run():
        row = news.person("Zhou", "Mei", slug="", **fields)
        row.names.create(name="周梅")
        content = proposed_rows.full_content(row)
    item = proposed_rows.row_with(Person, proposed_rows.new_key(), content)
    proposals.propose(item, content, by=by)
    return item


def publish(item: Any, *, by: Any = None) -> Any:
    return proposals.publish(item, by=by or staff.account("Editor"), seen=proposals.mark_of(item))


def test_row_exists_when_a_second_person_publishes_it() -> None:
    writer, editor = staff.account("Author"), staff.account("Editor")
    item = proposed(by=writer)
    assert (str(item), item.is_proposed, Person.objects.count()) == ("Zhou Mei", True, 0)
    with pytest.raises(ValidationError, match="second person"):
        publish(item, by=writer)

    row = publish(item, by=editor)

    assert (Person.objects.get(), row.is_proposed) == (row, False)
    assert [name.name for name in row.names.all()] == ["周梅"]
    assert [(each.by, each.kind) for each in Revision.objects.of(row)] == [(writer, "saved")]
    assert [edition.stage for edition in Edition.objects.of(row)] == ["published"]
    assert [comment.kind for comment in Comment.objects.of(row).oldest_first()] == ["submitted", "approved"]
    entries = Entry.objects.filter(item_label="news.person").order_by("pk")
    assert list(entries.values_list("action", flat=True)) == ["submit", "publish"]
    assert proposed_rows.find_row(Person, item.pk) is None


def test_url_that_was_taken_meanwhile_gets_a_number() -> None:
    item = proposed(by=staff.account("Author"))
    news.person("Zhou", "Mei", slug="zhou-mei")

    assert publish(item).slug == "zhou-mei-2"


def test_row_is_public_from_its_publication_on_or_when_its_embargo_ends() -> None:
    writer, now = staff.account("Author"), timezone.now()
    due = (now + dt.timedelta(days=1)).replace(microsecond=0)

    at_once = publish(proposed(by=writer, publish_at=now - dt.timedelta(hours=3)))
    later = publish(proposed(by=writer, publish_at=due))

    assert now - dt.timedelta(seconds=2) < at_once.publish_at < now + dt.timedelta(minutes=1)
    assert later.publish_at == due


def test_what_was_deleted_meanwhile_is_refused_in_words() -> None:
    appointment = news.appointment()
    content = proposed_rows.full_content(appointment)
    item = proposed_rows.row_with(Appointment, proposed_rows.new_key(), content)
    proposals.propose(item, content, by=staff.account("Author"))
    person = appointment.person
    appointment.delete()
    person.delete()

    with pytest.raises(ValidationError, match="person"):
        publish(item)
    assert (Appointment.objects.count(), proposals.open_proposal(item) is None) == (0, False)


def test_declined_row_is_kept_for_its_writer_and_can_be_submitted_again(
    django_capture_on_commit_callbacks: Any,
) -> None:
    writer, editor = staff.account("Author", email="lan@example.org"), staff.account("Editor")
    item = proposed(by=writer)
    with pytest.raises(ValidationError, match="note"):
        proposals.decline(item, by=editor, seen=proposals.mark_of(item), note=" ")

    with django_capture_on_commit_callbacks(execute=True):
        proposals.decline(item, by=editor, seen=proposals.mark_of(item), note="Already there as Zhou, Mei.")

    assert (proposals.open_proposal(item), Person.objects.count()) == (None, 0)
    assert [(each.to, "Already there" in each.body) for each in mail.outbox] == [(["lan@example.org"], True)]
    found = proposed_rows.find_row(Person, item.pk)
    assert str(found) == "Zhou Mei"
    again = Edition.objects.of(item).get().content
    proposals.propose(item, {name: again[name] for name in again if name != "base"}, by=writer)
    assert proposals.returned_note(item) is None
    assert str(publish(item)) == "Zhou Mei"
