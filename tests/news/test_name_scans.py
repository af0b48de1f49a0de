import pytest
from django.core.management import call_command
from pytest_django import DjangoCaptureOnCommitCallbacks

from news import name_scans
from news.models import Mention, NameFinding, NameScan, Person
from postportal.search import index
from tests.factories import news

pytestmark = pytest.mark.django_db


def scan_of(person: Person) -> NameScan:
    name_scans.start("news.person", [person.pk])
    return NameScan.objects.get(person=person)


@pytest.fixture
def archive() -> None:
    texts = ["José García spoke.", "Jose Garcia Lorca rode.", "José García Lorcade", "Nobody"]
    keys = [news.article(body=f"<p>{text}</p>").pk for text in texts]
    index.reindex("news.article", keys)


def test_steps_find_what_names_the_person_and_link_nothing(archive: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_scans, "STEP", 1)
    person = news.person("García", "José", second_family_name="Lorca", name_order="given")
    key = scan_of(person).pk
    progress = []
    while NameScan.objects.unfinished().exists():
        name_scans.go_on(key)
        progress.append(NameScan.objects.values_list("done", "total").get(pk=key))

    assert progress == [(n, len(progress)) for n in range(1, len(progress) + 1)]
    assert [row.name for row in NameFinding.objects.order_by("pk")] == [
        "José García",
        "Jose Garcia Lorca",
        "José García",
    ]
    assert not Mention.objects.exists()


def test_linked_and_dismissed_articles_are_not_proposed_again(archive: None) -> None:
    person = news.person("García", "José", name_order="given")
    key = scan_of(person).pk
    name_scans.go_on(key)
    first, *others = NameFinding.objects.order_by("pk")
    news.mention(person, article=first.article)
    NameFinding.objects.filter(pk__in=[row.pk for row in others]).update(dismissed_at="2026-01-01T00:00Z")

    person.names.create(name="Pepe García")
    name_scans.start("news.person", [person.pk])
    assert NameScan.objects.unfinished().exists()
    name_scans.go_on(key)

    assert NameFinding.objects.count() == 1 + len(others)


def test_same_names_start_no_search_again(archive: None) -> None:
    person = news.person("García", "José")
    name_scans.go_on(scan_of(person).pk)

    name_scans.start("news.person", [person.pk])

    assert not NameScan.objects.unfinished().exists()


def test_longer_name_of_somebody_else_is_not_the_person(archive: None) -> None:
    news.person("García Lorca", "José", name_order="given")
    person = news.person("García", "José", name_order="given")

    name_scans.go_on(scan_of(person).pk)

    assert sorted(row.article.body_text for row in NameFinding.objects.all()) == [
        "José García Lorcade",
        "José García spoke.",
    ]


def test_saved_person_is_searched_for_in_the_background(
    archive: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        news.person("García", "José", name_order="given")
    assert not NameFinding.objects.exists()

    call_command("deliver_outbox")

    assert NameFinding.objects.count() > 0
    assert not NameScan.objects.unfinished().exists()
