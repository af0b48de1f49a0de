"""Restoring deleted rows, from the revision of their deletion."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from taggit.models import Tag

from news.models import Appointment, Handover, Organization, Person, PlannedChange
from postportal.audit.models import Entry
from postportal.outbox.models import OutboxEvent
from postportal.pages.models import MenuItem, Page
from postportal.publishing.models import Release, Revision, State
from postportal.publishing.versions import snapshots, undeletion
from postportal.publishing.versions.undeletion import undelete
from postportal.publishing.workflow.due import publish_due
from postportal.tags.models import FormerSlug, TagSpelling
from services.models import Hotline, Service
from tests.factories import news, pages, releases, services, staff
from tests.postportal.publishing.conftest import read_in_thread

pytestmark = pytest.mark.django_db


def delete(row: Any) -> Revision:
    """Delete the row, and return its revision."""
    pk = row.pk
    row.delete()
    row.pk = pk
    return Revision.objects.last_of_deleted(type(row)).get(object_id=pk)


def refusals(revision: Revision) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        undelete(revision, by=staff.account(is_superuser=True))
    return refused.value.messages


def columns(row: Any) -> dict[str, Any]:
    stored = type(row)._default_manager.filter(pk=row.pk).values().get()
    return {name: value for name, value in stored.items() if name != "modified_at"}


def make_hotline() -> Hotline:
    hotline = services.hotline("Parcels", order=7)
    services.short_code_number(hotline)
    services.opening_hours(hotline, days="1-5")
    return hotline


@pytest.mark.parametrize(
    "make",
    [
        lambda: news.person("Zhou"),
        news.organization,
        news.position,
        news.appointment,
        lambda: news.planned_change(new_name="Highland Mail"),
        lambda: news.handover(publish_at=timezone.now().replace(microsecond=0) + dt.timedelta(days=3)),
        lambda: news.handover(made_at=news.LONG_AGO),
        services.service,
        make_hotline,
        lambda: pages.page("Prices", state=State.WITHDRAWN, withdrawal_reason="Old."),
        pages.menu_item,
        pages.notice,
        lambda: news.article("By rail", tags=["rail"]),
    ],
)
def test_restored_row_is_what_was_deleted(make: Any) -> None:
    row = make()
    row.refresh_from_db()
    before, content = columns(row), snapshots.serialize(row)
    revision = delete(row)
    events = OutboxEvent.objects.filter(model_label=row._meta.label_lower).count()

    undelete(revision, by=staff.account(is_superuser=True))

    assert columns(row) == before
    assert snapshots.serialize(type(row)._default_manager.get(pk=row.pk)) == content
    assert [each.kind for each in Revision.objects.of(row).order_by("number")] == ["deleted", "restored"]
    assert Entry.objects.filter(action="undelete", item_key=str(row.pk)).count() == 1
    assert not Revision.objects.last_of_deleted(type(row)).exists()
    if isinstance(row, Person | Organization | Hotline | Page):
        assert OutboxEvent.objects.filter(model_label=row._meta.label_lower).count() > events


def test_embargo_and_end_come_back_with_the_row() -> None:
    ahead = timezone.now() + dt.timedelta(days=3)
    hidden, over = news.person(publish_at=ahead), news.person(expire_at=timezone.now() - dt.timedelta(hours=1))
    found = [delete(hidden), delete(over)]

    rows = [undelete(each, by=staff.account(is_superuser=True)).row for each in found]

    assert not Person.objects.published(timezone.now()).exists()
    assert [row.pk for row in rows] == [hidden.pk, over.pk]


def test_planned_change_applies_on_its_day_after_all() -> None:
    row = news.planned_change(organization=news.organization("Highland Railway"), new_name="Highland Mail")
    moment = row.due_at

    result = undelete(delete(row), by=staff.account(is_superuser=True))
    publish_due(moment)

    assert (result.is_held, Organization.objects.get().name) == (False, "Highland Mail")


def test_planned_change_whose_day_passed_waits_for_a_new_time() -> None:
    day = timezone.localdate() - dt.timedelta(days=1)
    change = news.planned_change(new_name="Highland Mail", takes_effect_on=day)
    found = [delete(change), delete(news.handover())]

    results = [undelete(each, by=staff.account(is_superuser=True)) for each in found]
    publish_due(timezone.now())

    assert [each.is_held for each in results] == [True, True]
    rows = [PlannedChange.objects.get(), Handover.objects.get()]
    assert [(row.publish_at, row.due_at, row.made_at) for row in rows] == [(None, None, None)] * 2


def test_planned_change_comes_after_the_row_that_it_is_about() -> None:
    change = news.planned_change(new_name="Highland Mail", organization=news.organization("Highland Railway"))
    revision_of_owner = delete(change.organization)
    revision = Revision.objects.last_of_deleted(PlannedChange).get()

    assert refusals(revision) == [
        "It belongs to what was deleted too: organization “Highland Railway”. Restore that first."
    ]

    undelete(revision_of_owner, by=staff.account(is_superuser=True))
    undelete(revision, by=staff.account(is_superuser=True))
    assert PlannedChange.objects.get().organization == Organization.objects.get()


def test_row_of_a_release_that_went_ahead_stays_hidden() -> None:
    release = releases.release("Tariff")
    person = news.person(publish_at=None, release=release)
    revision = delete(person)
    Release.objects.update(stage=Release.Stage.PUBLISHED)

    result = undelete(revision, by=staff.account(is_superuser=True))

    assert (Person.objects.get().release, Person.objects.get().publish_at) == (None, None)
    assert result.lost == ["release: Tariff"]


def test_parent_that_was_deleted_is_named_and_comes_first() -> None:
    appointment = news.appointment(person=news.person("Zhou", "Mei"))
    by = staff.account(is_superuser=True)
    of_appointment, of_person = delete(appointment), delete(appointment.person)

    assert refusals(of_appointment) == [
        f"It belongs to what was deleted too: person “{appointment.person}”. Restore that first."
    ]

    undelete(of_person, by=by)
    undelete(of_appointment, by=by)
    assert Appointment.objects.get().person == Person.objects.get()
    kinds = Revision.objects.of(appointment.person).order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["deleted", "restored", "saved"]


def test_taken_url_and_number_are_refused_and_nothing_is_done() -> None:
    person, item = news.person(slug="zhou"), pages.menu_item()
    found = [delete(person), delete(item)]
    news.person(slug="zhou")
    pages.menu_item()

    assert refusals(found[0]) == ["Another item already uses this URL. Choose another."]
    assert len(refusals(found[1])) == 1
    assert (Person.objects.count(), MenuItem.objects.count()) == (1, 1)
    assert not Entry.objects.filter(action="undelete").exists()


def test_rows_that_referred_to_it_do_so_again() -> None:
    service, kept = services.service(), services.service()
    notice = pages.notice()
    notice.services.set([service, kept])
    revision = delete(service)
    assert list(notice.services.all()) == [kept]

    undelete(revision, by=staff.account(is_superuser=True))

    assert set(notice.services.all()) == {service, kept} == set(Service.objects.all())


def test_tag_comes_back_with_its_items_and_former_names() -> None:
    articles = [news.article(tags=["rail"]), news.article(tags=["rail"])]
    tag = Tag.objects.get()
    FormerSlug.objects.create(tag=tag, slug="trains")
    TagSpelling.objects.create(tag=tag, folded="trains")
    revision = delete(tag)
    articles[0].delete()

    result = undelete(revision, by=staff.account(is_superuser=True))

    assert (Tag.objects.get(), FormerSlug.objects.get().tag) == (tag, tag)
    assert set(TagSpelling.objects.values_list("folded", "is_own")) == {("rail", True), ("trains", False)}
    assert [str(each) for each in articles[1].tags.all()] == ["rail"]
    assert len(result.lost) == 1


def test_row_that_is_there_again_is_not_restored_twice() -> None:
    revision = delete(pages.menu_item())
    undelete(revision, by=staff.account(is_superuser=True))

    assert refusals(revision) == ["It has been restored already."]


def restoring(row: Any, by: Any) -> Any:
    revision = delete(row)

    def run() -> str:
        try:
            undelete(Revision.objects.get(pk=revision.pk), by=by)
        except ValidationError as error:
            return " ".join(error.messages)
        return "restored"

    return run


@pytest.mark.django_db(transaction=True)
def test_two_appointments_of_a_person_are_restored_at_the_same_second(at_once: Any) -> None:
    person, by = news.person("Zhou"), staff.account(is_superuser=True)
    both = [restoring(news.appointment(person=person), by) for _number in range(2)]

    assert at_once(*both) == ["restored", "restored"]

    numbers = read_in_thread(lambda: list(Revision.objects.of(person).order_by("number").values_list("number")))
    assert numbers == [(number + 1,) for number in range(len(numbers))]
    assert read_in_thread(Appointment.objects.count) == 2


@pytest.mark.django_db(transaction=True)
def test_one_of_two_who_restore_a_row_at_the_same_second_is_told(at_once: Any) -> None:
    restore = restoring(news.person("Zhou"), staff.account(is_superuser=True))

    assert sorted(at_once(restore, restore)) == ["It has been restored already.", "restored"]


def test_clash_while_the_history_is_written_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    revision = delete(news.person("Zhou"))

    def clash(*args: Any, **kwargs: Any) -> None:
        raise IntegrityError("UNIQUE constraint failed: news_person.slug")

    monkeypatch.setattr(undeletion.SharedRows, "record", clash)

    assert refusals(revision) == ["Already in use: URL. Enter another value."]
    assert not Person.objects.exists()
