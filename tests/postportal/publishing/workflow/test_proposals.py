"""Changes to what stands on every page, proposed by one person and published by another."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from postportal.audit.models import Entry
from postportal.pages.models import MenuItem
from postportal.publishing.models import Edition, Revision
from postportal.publishing.versions import snapshots
from postportal.publishing.workflow import proposals
from tests.factories import pages, staff

pytestmark = pytest.mark.django_db


def proposed(item: MenuItem, *, by: Any, **fields: Any) -> Any:
    content = proposals.proposed_content(item, proposals.open_proposal(item))
    content["fields"] |= fields
    return proposals.propose(item, content, by=by)


def published(item: MenuItem, *, by: Any) -> MenuItem:
    proposals.publish(item, by=by, seen=proposals.mark_of(item))
    return MenuItem.objects.get(pk=item.pk)


def test_proposal_changes_the_row_only_when_a_second_person_publishes_it() -> None:
    item, writer = pages.menu_item("About"), staff.account("Editor")
    proposed(item, by=writer, label="Contact")
    assert MenuItem.objects.get().label == "About"

    with pytest.raises(ValidationError, match="second person"):
        published(item, by=writer)
    assert published(item, by=staff.account("Publisher")).label == "Contact"

    assert proposals.open_proposal(item) is None
    kinds = [(each.kind, each.by) for each in Revision.objects.of(item).order_by("number")]
    assert kinds == [("found", None), ("saved", writer)]
    steps = Entry.objects.filter(item_label="pages.menuitem").order_by("pk")
    assert list(steps.values_list("action", flat=True)) == ["submit", "publish"]


def test_publication_keeps_what_was_saved_in_the_meantime() -> None:
    item = pages.menu_item("Abuot", "/about/")
    proposed(item, by=staff.account("Editor"), address="/contact/")
    MenuItem.objects.update(label="About")

    row = published(MenuItem.objects.get(), by=staff.account("Publisher"))

    assert (row.label, row.address) == ("About", "/contact/")


def test_outdated_page_and_invalid_content_publish_nothing() -> None:
    item, publisher = pages.menu_item("About"), staff.account("Publisher")
    proposed(item, by=staff.account("Editor"), label="Contact")
    seen = proposals.mark_of(item)
    proposed(item, by=staff.account("Editor"), label="")

    with pytest.raises(ValidationError, match="newer version"):
        proposals.publish(item, by=publisher, seen=seen)
    with pytest.raises(ValidationError):
        published(item, by=publisher)

    assert MenuItem.objects.get().label == "About"
    assert proposals.open_proposal(item) is not None


def test_returned_proposal_has_a_note_until_it_is_submitted_again(django_capture_on_commit_callbacks: Any) -> None:
    item, writer = pages.menu_item("About"), staff.account("Editor", email="lan@example.org")
    proposed(item, by=writer, label="Contact")
    publisher = staff.account("Publisher")
    with pytest.raises(ValidationError, match="note"):
        proposals.return_to_writer(item, by=publisher, seen=proposals.mark_of(item), note=" ")

    with django_capture_on_commit_callbacks(execute=True):
        proposals.return_to_writer(item, by=publisher, seen=proposals.mark_of(item), note="Too short.")

    note = proposals.returned_note(item)
    assert note is not None
    assert (note.text, Edition.objects.get().stage, [each.to for each in mail.outbox]) == (
        "Too short.",
        "draft",
        [["lan@example.org"]],
    )
    proposed(item, by=writer, label="Contact us")
    assert (proposals.returned_note(item), Edition.objects.get().stage) == (None, "review")


def test_proposal_that_changes_nothing_is_none() -> None:
    item, writer = pages.menu_item("About"), staff.account("Editor")
    proposed(item, by=writer, label="Contact")

    assert proposals.propose(item, snapshots.serialize(item), by=writer) is None
    assert Edition.objects.get().stage == "discarded"
