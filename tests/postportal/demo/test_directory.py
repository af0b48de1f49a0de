import pytest

from news.models import Appointment, OrganizationName, Person, PersonName
from postportal.demo.directory import DirectoryLoader
from postportal.demo.pictures import PictureLoader
from postportal.demo.run import LoadRun
from tests.factories import images
from tests.postportal.demo.conftest import NOW

pytestmark = pytest.mark.django_db
PORTRAITS = ("portrait-director.webp", "portrait-engineer.webp", "portrait-designer.webp")


def load_directory() -> LoadRun:
    run = LoadRun(now=NOW)
    pictures = PictureLoader(run)
    pictures.images = {name: images.image() for name in PORTRAITS}
    DirectoryLoader(run, pictures).load()
    return run


def test_second_load_adds_no_names_or_appointments() -> None:
    first = load_directory()
    counts = [model.objects.count() for model in (OrganizationName, PersonName, Appointment)]

    assert first.created["people"] == Person.objects.count()
    assert load_directory().created == {}
    assert [model.objects.count() for model in (OrganizationName, PersonName, Appointment)] == counts


def test_person_has_portrait_and_appointments() -> None:
    load_directory()

    zhou = Person.objects.get(slug="zhou-mei")
    assert zhou.portrait is not None
    assert [str(each.from_on) for each in zhou.appointments.order_by("pk")] == ["2024-01-01"]
