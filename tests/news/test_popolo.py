import datetime as dt
import json
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import PersonName
from tests.factories import news

pytestmark = pytest.mark.django_db
URL = "/feeds/people.popolo.json"
TOMORROW = timezone.now() + dt.timedelta(days=1)
# Required and known properties of Popolo: http://www.popoloproject.com/specs/
PERSON = {"family_name", "given_name", "sort_name", "patronymic_name", "honorific_prefix", "other_names", "links"}
PROPERTIES: dict[str, tuple[set[str], set[str]]] = {
    "persons": ({"id", "name"}, PERSON),
    "organizations": (
        {"id", "name"},
        {"other_names", "classification", "parent_id", "founding_date", "dissolution_date", "links"},
    ),
    "posts": ({"id", "label", "organization_id"}, {"role"}),
    "memberships": (
        {"id", "person_id", "organization_id"},
        {"label", "role", "post_id", "start_date", "end_date"},
    ),
}


def fetch() -> Any:
    return Client().get(URL).json()


def test_popolo_has_the_properties_of_the_specification() -> None:
    person = news.person("Liu", "Aili", name_zh="刘爱力")
    organization = news.organization("Bureau", founded_on=dt.date(1949, 11, 1), founded_precision="month")
    position = news.position("Director", organization=organization)
    since = {"from_on": dt.date(2001, 1, 1), "from_precision": "year"}
    news.appointment(person=person, position=position, **since)

    found = fetch()

    assert set(found) == set(PROPERTIES)
    for name, (required, optional) in PROPERTIES.items():
        [row] = found[name]
        assert required <= set(row) <= required | optional
    assert found["organizations"][0]["founding_date"] == "1949-11"
    membership = found["memberships"][0]
    assert membership["start_date"] == "2001"
    assert membership["person_id"] == found["persons"][0]["id"]
    assert membership["post_id"] == found["posts"][0]["id"]
    assert membership["organization_id"] == found["organizations"][0]["id"] == found["posts"][0]["organization_id"]


def test_popolo_leaves_out_what_is_not_public() -> None:
    public, hidden = news.organization("Bureau"), news.organization("Secret", publish_at=TOMORROW)
    news.organization("Part", parent=hidden)
    news.appointment(position=news.position("Secret head", organization=public), publish_at=TOMORROW)
    news.appointment(person=news.person("Secret", publish_at=TOMORROW), position=news.position(organization=public))
    news.appointment(position=news.position("Head", organization=hidden))

    found = fetch()

    assert "Secret" not in json.dumps(found)
    assert (found["posts"], found["memberships"]) == ([], [])
    assert [row["parent_id"] for row in found["organizations"]] == [None, None]


def test_popolo_takes_as_many_queries_for_many_rows() -> None:
    def count(rows: int) -> int:
        for _number in range(rows):
            news.appointment()
        with CaptureQueriesContext(connection) as queries:
            Client().get(URL, {"once": uuid.uuid4().hex})
        return len(queries)

    count(1)
    assert count(1) == count(8)


def test_vcard_has_the_offices_of_today() -> None:
    person = news.person("Liu", "Aili", name_zh="刘爱力")
    organization = news.organization("Posts; and Mail, Inc.")
    held = {"person": person, "from_on": dt.date(2019, 1, 1)}
    news.appointment(position=news.position("Chair", organization=organization), **held)
    news.appointment(
        position=news.position("Old head", organization=organization), until_on=dt.date(2020, 1, 1), **held
    )
    news.appointment(position=news.position("Secret", organization=organization), publish_at=TOMORROW, **held)

    response = Client().get(f"/feeds/people/{person.slug}.vcf")

    assert response.headers["Content-Type"] == "text/vcard; charset=utf-8"
    lines = response.content.decode().replace("\r\n ", "").split("\r\n")
    assert lines[:3] == ["BEGIN:VCARD", "VERSION:4.0", "KIND:individual"]
    assert lines[-2:] == ["END:VCARD", ""]
    assert {"FN:Liu Aili", "N:Liu;Aili;;;", "TITLE:Chair", "ORG:Posts\\; and Mail\\, Inc."} <= set(lines)
    assert "Old head" not in response.text
    assert "Secret" not in response.text


def test_vcard_shows_the_name_of_the_day() -> None:
    person = news.person("Chan", "Meiling")
    until = {"until_on": dt.date(2990, 1, 1)}
    PersonName.objects.create(person=person, name="Wong Meiling", kind="former", **until)

    assert "FN:Wong Meiling\r\n" in Client().get(f"/feeds/people/{person.slug}.vcf").content.decode()


def test_hidden_person_has_no_vcard() -> None:
    person = news.person("Secret", publish_at=TOMORROW)

    assert Client().get(f"/feeds/people/{person.slug}.vcf").status_code == 404


def test_person_page_links_to_the_vcard() -> None:
    person = news.person("Liu", "Aili")

    assert f"/feeds/people/{person.slug}.vcf" in Client().get(person.get_absolute_url()).text
