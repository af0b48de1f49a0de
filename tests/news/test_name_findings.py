import datetime as dt
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from news import name_findings
from news.models import (
    Appointment,
    Article,
    NameFinding,
    NameScan,
    Organization,
    OrganizationName,
    Person,
    PersonName,
    PositionLabel,
)
from news.name_findings import compare_again, update
from postportal.outbox.models import OutboxEvent
from tests.factories import news

pytestmark = pytest.mark.django_db
TEXT = "<p>Zhou Mei, Director of the Postal Museum, spoke.</p>"


def found(article: Article) -> list[str]:
    update("news.article", [article.pk])
    return [f"{row.kind}: {row}" for row in NameFinding.objects.filter(article=article).order_by("pk")]


@pytest.fixture
def museum() -> Organization:
    return news.organization("Postal Museum")


@pytest.fixture
def zhou() -> Person:
    return news.person("Zhou", "Mei")


def test_person_without_the_printed_position(museum: Organization, zhou: Person) -> None:
    article = news.article(body=TEXT)
    news.mention(zhou, article=article)
    news.appointment(person=zhou, position=news.position("Curator", organization=museum), from_on=dt.date(2020, 1, 1))

    assert found(article) == ["title: Zhou Mei, Director, Postal Museum"]


@pytest.mark.parametrize(
    ("dates", "is_found"),
    [
        ({"from_on": dt.date(2020, 1, 1)}, False),
        ({"from_on": dt.date(2022, 1, 1)}, True),
        ({"from_on": dt.date(2010, 1, 1), "until_on": dt.date(2015, 1, 1)}, True),
        # Since when is unknown: it may have been so.
        ({"attested_on": dt.date(2022, 5, 1)}, False),
    ],
)
def test_printed_position_on_the_day(
    museum: Organization, zhou: Person, dates: dict[str, dt.date], is_found: bool
) -> None:
    article = news.article(body=TEXT)
    news.mention(zhou, article=article)
    news.appointment(person=zhou, position=news.position(organization=museum), **dates)

    assert bool(found(article)) == is_found


def test_title_and_organization_of_that_time_agree(museum: Organization, zhou: Person) -> None:
    position = news.position("President", organization=museum)
    position.former_labels.create(name="Director", until_on=dt.date(2022, 1, 1))
    museum.names.create(name="Museum of Mail", kind="former", until_on=dt.date(2022, 1, 1))
    news.appointment(person=zhou, position=position, from_on=dt.date(2020, 1, 1))
    article = news.article(body=TEXT.replace("Postal Museum", "Museum of Mail"))
    news.mention(zhou, article=article)

    assert found(article) == []


def test_label_of_a_mention_is_read_and_tells_namesakes_apart(museum: Organization) -> None:
    people = [news.person("Zhang", "Wei", slug=f"zhang-{letter}") for letter in "ab"]
    article = news.article()
    news.mention(people[1], article=article, label="Zhang Wei, Director of the Postal Museum")

    assert [row.person for row in NameFinding.objects.filter(kind="title")] == []
    assert found(article) == ["title: Zhang Wei, Director, Postal Museum"]
    assert [row.person for row in NameFinding.objects.all()] == [people[1]]


def test_unknown_person_is_forgotten_once_in_the_register(
    museum: Organization, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        news.article(body=TEXT)
    assert [row.kind for row in NameFinding.objects.all()] == ["unknown"]

    with django_capture_on_commit_callbacks(execute=True):
        PersonName.objects.create(person=news.person("Zhou", "Meihua"), name="ZHOU Mei")

    assert not NameFinding.objects.filter(kind="unknown").exists()


def test_contradiction_is_forgotten_once_the_appointment_is_entered(
    museum: Organization, zhou: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        article = news.article(body=TEXT)
        news.mention(zhou, article=article)
    assert [row.kind for row in NameFinding.objects.all()] == ["title"]

    with django_capture_on_commit_callbacks(execute=True):
        news.appointment(person=zhou, position=news.position(organization=museum), from_on=dt.date(2020, 1, 1))

    assert Appointment.objects.exists()
    assert not NameFinding.objects.exists()


def test_dismissed_finding_stays_dismissed_until_the_text_changes(museum: Organization) -> None:
    article = news.article(body=TEXT)
    found(article)
    NameFinding.objects.update(dismissed_at=timezone.now())

    found(article)
    assert not NameFinding.objects.open(timezone.now()).exists()

    Article.objects.filter(pk=article.pk).update(body_text="Zhou Mei, Curator of the Postal Museum")
    found(article)
    assert [row.title for row in NameFinding.objects.open(timezone.now())] == ["Curator"]


def test_finding_in_a_hidden_article_is_not_open(museum: Organization) -> None:
    article = news.article(body=TEXT, publish_at=timezone.now() + dt.timedelta(days=1))

    assert len(found(article)) == 1
    assert not NameFinding.objects.open(timezone.now()).exists()


def test_command_rebuilds_and_repeats(museum: Organization, zhou: Person) -> None:
    article = news.article(body=TEXT)
    news.mention(zhou, article=article)

    call_command("find_names")
    call_command("find_names")

    assert [row.kind for row in NameFinding.objects.all()] == ["title"]


def test_queries_do_not_grow_with_the_articles(museum: Organization, django_assert_num_queries: object) -> None:
    keys = [news.article(body=TEXT).pk for _n in range(4)]
    for count in (1, 4):
        with django_assert_num_queries(14):  # type: ignore[operator]
            update("news.article", keys[:count])
        NameFinding.objects.all().delete()


def shorten(row: Appointment) -> None:
    row.until_on = dt.date(2019, 1, 1)
    row.save()


def move(row: Appointment) -> None:
    row.person = news.person("Li", "Na")
    row.save()


@pytest.mark.parametrize(
    "change", [shorten, move, Appointment.delete, lambda row: Appointment.objects.filter(pk=row.pk).delete()]
)
def test_contradiction_is_found_as_soon_as_the_appointment_is_changed(
    museum: Organization,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    change: Callable[[Appointment], object],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        zhou = news.person("Zhou", "Mei")
        row = news.appointment(person=zhou, position=news.position(organization=museum), from_on=dt.date(2010, 1, 1))
        news.mention(zhou, article=news.article(body=TEXT))
    assert not NameFinding.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        change(row)

    assert [f"{row.kind}: {row}" for row in NameFinding.objects.all()] == ["title: Zhou Mei, Director, Postal Museum"]


def rename_organization(row: Appointment) -> None:
    row.position.organization.name = "Museum of Mail"
    row.position.organization.save()


def rename_position(row: Appointment) -> None:
    row.position.label = "Curator"
    row.position.save()


def forget_former_title(row: Appointment) -> None:
    rename_position(row)
    PositionLabel.objects.get().delete()


def forget_former_name(row: Appointment) -> None:
    rename_organization(row)
    OrganizationName.objects.get().delete()


FORMER = {
    forget_former_title: lambda row: PositionLabel.objects.create(
        position=row.position, name="Director", until_on=dt.date(2025, 1, 1)
    ),
    forget_former_name: lambda row: OrganizationName.objects.create(
        organization=row.position.organization, name="Postal Museum"
    ),
}


@pytest.mark.parametrize("change", [rename_organization, rename_position, forget_former_title, forget_former_name])
def test_contradiction_is_found_as_soon_as_a_name_or_title_is_changed(
    museum: Organization,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    change: Callable[[Appointment], object],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        zhou = news.person("Zhou", "Mei")
        row = news.appointment(person=zhou, position=news.position(organization=museum), from_on=dt.date(2010, 1, 1))
        news.mention(zhou, article=news.article(body=TEXT))
        FORMER.get(change, lambda row: None)(row)
    assert not NameFinding.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        change(row)

    assert [row.kind for row in NameFinding.objects.all()] == ["title"]


def test_contradiction_is_gone_as_soon_as_the_name_is_entered(
    museum: Organization, zhou: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    position = news.position(organization=news.organization("Museum of Mail"))
    with django_capture_on_commit_callbacks(execute=True):
        zhou.save()
        news.appointment(person=zhou, position=position, from_on=dt.date(2010, 1, 1))
        news.mention(zhou, article=news.article(body=TEXT))
    assert NameFinding.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        OrganizationName.objects.create(organization=position.organization, name="Postal Museum")

    assert not NameFinding.objects.exists()


def test_save_that_changes_no_name_compares_nothing(museum: Organization, zhou: Person) -> None:
    appointment = news.appointment(person=zhou, position=news.position(organization=museum))
    NameScan.objects.create(person=zhou)
    OutboxEvent.objects.all().delete()

    museum.website = "https://museum.example/"
    museum.save()
    appointment.position.save()

    assert not OutboxEvent.objects.filter(model_label="news.namescan").exists()


def test_many_articles_are_compared_in_steps_of_the_background(
    museum: Organization, zhou: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_findings, "MAX_AT_ONCE", 4)
    monkeypatch.setattr(name_findings, "STEP", 2)
    news.appointment(person=zhou, position=news.position(organization=museum), from_on=dt.date(2022, 1, 1))
    for _number in range(5):
        news.mention(zhou, article=news.article(body=TEXT))
    scan = NameScan.objects.create(person=zhou)

    compare_again("news.namescan", [scan.pk])
    counts = [NameFinding.objects.count()]
    for _step in range(3):
        name_findings.compare_next(scan.pk)
        counts.append(NameFinding.objects.count())

    assert counts == [0, 2, 4, 5]
    assert not NameScan.objects.to_compare().exists()
    NameFinding.objects.all().delete()
    compare_again("news.namescan", [scan.pk])
    call_command("deliver_outbox")
    assert NameFinding.objects.count() == 5


def test_family_name_first_with_a_comma_is_the_person_in_the_register(museum: Organization) -> None:
    person = news.person("Smith", "John", name_order="given")
    article = news.article(body="<p>Smith, John, Director of the Postal Museum, spoke.</p>")
    assert found(article) == []

    news.mention(person, article=article)

    assert found(article) == ["title: Smith, John, Director, Postal Museum"]
