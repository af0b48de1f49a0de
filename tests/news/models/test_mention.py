import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

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

pytestmark = pytest.mark.django_db

FUTURE = timezone.now() + dt.timedelta(days=30)


def test_subtitle_is_the_position_on_the_date_of_the_article() -> None:
    article = news.article(dateline_on=dt.date(2021, 12, 8))
    person = news.person()
    bureau = news.organization("Post Bureau")
    for label, start, end in [("Deputy", 2016, 2020), ("Director", 2021, 2021), ("Adviser", 2022, 2030)]:
        news.appointment(
            person=person,
            position=news.position(label, organization=bureau),
            from_on=dt.date(start, 1, 1),
            until_on=dt.date(end, 12, 31),
        )
    news.mention(person, article=article)

    assert [row.subtitle for row in article.mentions.with_positions(timezone.now())] == ["Director, Post Bureau"]


def test_subtitle_leaves_out_appointments_under_embargo() -> None:
    article = news.article()
    person = news.person()
    news.appointment(person=person, publish_at=FUTURE, from_on=dt.date(2020, 1, 1))
    news.mention(person, article=article)

    assert [row.subtitle for row in article.mentions.with_positions(timezone.now())] == [""]
    assert [row.subtitle for row in article.mentions.with_positions(FUTURE)] != [""]


def test_people_and_organizations_under_embargo_are_left_out() -> None:
    article = news.article()
    public = [
        news.mention(news.person(), article=article),
        news.mention(news.organization(), article=article, order=1),
    ]
    news.mention(news.person(publish_at=FUTURE), article=article)
    news.mention(news.organization(publish_at=FUTURE), article=article)

    assert list(article.mentions.with_public_subject(timezone.now())) == public
    assert article.mentions.with_public_subject(FUTURE).count() == 4


def test_query_count_is_the_same_for_one_and_many_mentions(django_assert_num_queries: object) -> None:
    for number in (1, 10):
        article = news.article()
        for _ in range(number):
            person = news.person()
            news.appointment(person=person)
            news.mention(person, article=article)
        with django_assert_num_queries(5):  # type: ignore[operator]
            assert all(row.subtitle for row in article.mentions.with_positions(timezone.now()))


def test_mention_of_both_or_neither_is_refused() -> None:
    article, person, organization = news.article(), news.person(), news.organization()

    for fields in ({}, {"person": person, "organization": organization}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mention.objects.create(article=article, **fields)


def test_person_is_mentioned_once() -> None:
    article, person = news.article(), news.person()
    news.mention(person, article=article)

    with pytest.raises(IntegrityError), transaction.atomic():
        news.mention(person, article=article)


@pytest.fixture
def renamed() -> Mention:
    """A mention in an article of 2015 of a person who has married since, and whose position and organization were
    renamed. Nothing is stored yet."""
    bureau = news.organization("Registers Mail Inc.", name_zh="新邮")
    OrganizationName.objects.create(
        organization=bureau, name="Registers Post", name_zh="老邮", kind="former", until_on=dt.date(2019, 12, 27)
    )
    position = news.position("President", label_zh="总裁", organization=bureau)
    PositionLabel.objects.create(
        position=position,
        name="General Manager",
        name_zh="总经理",
        until_on=dt.date(2018, 1, 1),
        until_precision="year",
    )
    person = news.person("Chan", "Meiling", name_zh="陈美玲")
    PersonName.objects.create(person=person, name="Wong Meiling", kind="former", until_on=dt.date(2016, 5, 1))
    news.appointment(person=person, position=position, from_on=dt.date(2012, 1, 1))
    return news.mention(person, article=news.article(dateline_on=dt.date(2015, 3, 1)), label="Ms. Wong")


def shown(language: str = "en") -> list[str]:
    with translation.override(language):
        row = Mention.objects.with_positions(timezone.now()).get()
        return [row.display_name, row.subtitle, row.printed_label]


def test_mention_shows_names_and_title_of_the_date_of_the_article(renamed: Mention) -> None:
    assert shown() == ["Wong Meiling", "General Manager, Registers Post", "Ms. Wong"]
    assert shown("zh-hans") == ["陈美玲", "老邮总经理", "Ms. Wong"]


def change_everything() -> None:
    """Rename and correct all that an article can show, each by its own way to the database."""
    person = Person.objects.get()
    person.family_name = "Li"
    person.save()
    PersonName.objects.all().delete()
    position = Position.objects.get()
    position.label = "Chief"
    position.save()
    position.former_labels.all().delete()
    organization = Organization.objects.get()
    organization.name = "Mail"
    organization.save()
    organization.names.all().delete()
    appointment = Appointment.objects.get()
    appointment.from_on = dt.date(2016, 1, 1)
    appointment.save()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_changes_of_the_register_change_no_old_article(renamed: Mention, language: str) -> None:
    before = shown(language)
    change_everything()

    assert shown(language) == before
    Mention.objects.refresh()
    assert shown() == ["Li Meiling", "", "Ms. Wong"]


@pytest.mark.parametrize("name", ["person", "name", "position", "label", "organization", "other", "appointment"])
def test_what_is_shown_is_stored_before_each_change(renamed: Mention, name: str) -> None:
    rows = {
        "person": Person,
        "name": PersonName,
        "position": Position,
        "label": PositionLabel,
        "organization": Organization,
        "other": OrganizationName,
        "appointment": Appointment,
    }
    rows[name].objects.get().save()

    renamed.refresh_from_db()
    assert (renamed.shown_name, renamed.shown_title) == ("Wong Meiling", "General Manager, Registers Post")
    assert (renamed.shown_name_zh, renamed.shown_title_zh) == ("陈美玲", "老邮总经理")


def test_nothing_is_stored_before_readers_see_it() -> None:
    person = news.person("Chan", "Meiling")
    draft = news.mention(person, article=news.article(state="draft"))
    scheduled = news.mention(person, article=news.article(state="scheduled", publish_at=FUTURE))
    person.family_name = "Li"
    person.save()

    assert Mention.objects.freeze_shown() == 0
    assert {row.display_name for row in Mention.objects.filter(pk__in=[draft.pk, scheduled.pk])} == {"Li Meiling"}


def test_mention_of_somebody_else_is_not_shown_under_the_stored_name(renamed: Mention) -> None:
    Mention.objects.freeze_shown()
    row = Mention.objects.get()
    row.order = 7
    row.save()
    assert Mention.objects.get().frozen_at
    row.person = news.person("Bo", "Mei")
    row.save()

    assert shown()[:2] == ["Bo Mei", ""]


def test_label_is_shown_only_where_it_differs() -> None:
    person = news.person("Liu", "Aili", name_zh="刘爱力")
    labels = ["", "Liu Aili", "刘爱力", "LIU Aili"]
    rows = [news.mention(person, article=news.article(), label=label) for label in labels]

    assert [row.printed_label for row in rows] == ["", "", "", "LIU Aili"]
