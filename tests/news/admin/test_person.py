import pytest
from django.urls import reverse

from news.models import Appointment, Person
from tests.factories import forms, images, news, staff

pytestmark = pytest.mark.django_db


def test_editor_adds_a_person_with_names_and_a_position() -> None:
    browser = staff.sign_in(role="Editor")
    position = news.position("Director")
    url = reverse("admin:news_person_add")
    data = forms.fill_form(
        browser,
        url,
        family_name="Liu",
        given_name="Aili",
        name_zh="刘爱力",
        slug="liu-aili",
        **{"portrait": images.image().pk, "biography": "<p>Born in Hunan.</p>", "names-TOTAL_FORMS": "1"},
        **{
            "names-0-name": "Liu Ai-li",
            "names-0-kind": "variant",
            "names-0-from_precision": "day",
            "names-0-until_precision": "day",
            "appointments-TOTAL_FORMS": "1",
        },
        **{"appointments-0-position": position.pk, "appointments-0-from_on": "2018-09-01"},
        **{"appointments-0-from_precision": "month", "appointments-0-until_precision": "day"},
    )

    answer = browser.post(url, data)

    person = Person.objects.get()
    assert answer.status_code == 302
    assert (person.name, person.letter) == ("Liu Aili", "L")
    assert person.names.get().name == "Liu Ai-li"
    assert Appointment.objects.get().position == position


@pytest.mark.parametrize("query", ["刘爱力", "liu ai-li", "Liu"])
def test_person_is_found_by_any_name(query: str) -> None:
    person = news.person("Liu", "Aili", name_zh="刘爱力")
    person.names.create(name="Liu Ai-li")
    news.person("Wen", "Hao")

    found = staff.sign_in(role="Viewer").get(reverse("admin:news_person_changelist"), {"q": query})

    assert list(found.context["cl"].result_list) == [person]
