import datetime as dt
from typing import Any

import pytest
from django.test import TestCase

from news.models import (
    Appointment,
    Mention,
    Organization,
    OrganizationName,
    Person,
    PersonName,
    Position,
    PositionLabel,
)
from tests.factories import news


@pytest.mark.django_db
def test_publication_stores_what_the_article_shows() -> None:
    person = news.person("Wong", "Meiling")
    with TestCase.captureOnCommitCallbacks(execute=True):
        article = news.article()
        news.mention(person, article=article)

    assert Mention.objects.get().shown_name == "Wong Meiling"


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Appointment, PersonName, PositionLabel, OrganizationName])
def test_article_published_at_a_scheduled_time_keeps_what_is_deleted(model: Any) -> None:
    mention = _mention_with_former_names()

    model.objects.get().delete()

    mention.refresh_from_db()
    assert (mention.shown_name, mention.shown_title) == ("Zhou Lan", "Head, Old Bureau")


@pytest.mark.django_db
def test_list_action_that_deletes_appointments_leaves_them_in_old_articles() -> None:
    mention = _mention_with_former_names()

    Appointment.objects.all().delete()

    mention.refresh_from_db()
    assert mention.shown_title == "Head, Old Bureau"


@pytest.mark.django_db
def test_person_whose_appointment_moves_to_somebody_else_keeps_it_in_old_articles() -> None:
    mention = _mention_with_former_names()
    appointment = Appointment.objects.get()
    appointment.person = news.person("Wong", "Meiling")

    appointment.save()

    mention.refresh_from_db()
    assert mention.shown_title == "Head, Old Bureau"


def _mention_with_former_names() -> Mention:
    """Return a mention of a person whose name, title and organization were all called otherwise on its day."""
    appointment = news.appointment(from_on=dt.date(2020, 1, 1))
    person, position, organization = Person.objects.get(), Position.objects.get(), Organization.objects.get()
    former = {"until_on": dt.date(2022, 1, 1)}
    PersonName.objects.create(person=person, name="Zhou Lan", kind="former", **former)
    PositionLabel.objects.create(position=position, name="Head", **former)
    OrganizationName.objects.create(organization=organization, name="Old Bureau", kind="former", **former)
    assert appointment.person == person
    return news.mention(person, article=news.article())
