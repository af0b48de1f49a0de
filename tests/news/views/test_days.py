import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from news.models import Organization, Person, PersonName
from tests.factories import news

pytestmark = pytest.mark.django_db
PAGE = "/organizations/yunhai-post/leadership/"
FUTURE = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _directors() -> None:
    post = news.organization("Yunhai Post", name_zh="云海邮政")
    head = news.position("Director", organization=post)
    wei = news.person("Chan", "Mei", slug="chan-mei")
    PersonName.objects.create(person=wei, name="Wong Mei", kind="former", until_on=dt.date(2004, 1, 1))
    news.appointment(position=head, person=wei, from_on=dt.date(2000, 1, 1), until_on=dt.date(2008, 12, 31))
    news.appointment(position=head, person=news.person("Bo", "Li"), from_on=dt.date(2010, 1, 1))


@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_leadership_page_shows_today_and_any_day(client: Client, language: str) -> None:
    today, then = client.get(language + PAGE), client.get(f"{language}{PAGE}?on=2003-05-01")

    assert ("Bo Li" in today.text, "noindex" in today.text) == (True, False)
    assert ("Wong Mei" in then.text, "Bo Li" in then.text, "noindex" in then.text) == (True, False, True)
    assert 'value="2003-05-01"' in then.text


def test_vacant_office_is_named(client: Client) -> None:
    assert "Vacant" in client.get(f"{PAGE}?on=2009-05-01").text
    assert "Office holder not known" in client.get(f"{PAGE}?on=1999-05-01").text


@pytest.mark.parametrize("typed", ["2021-02-30", "0999-01-01", "8 December", "9" * 40, "2021-12-08<script>", "-"])
@pytest.mark.parametrize("page", [PAGE, "/people/chan-mei/"])
def test_bad_date_is_explained(client: Client, page: str, typed: str) -> None:
    answer = client.get(page, {"on": typed})

    assert answer.status_code == 200
    assert 'id="on-error"' in answer.text
    assert "The page shows today." in answer.text
    assert "<script>8" not in answer.text


def test_organization_with_a_day_leads_to_its_leadership(client: Client) -> None:
    answer = client.get("/organizations/yunhai-post/?on=2003-05-01")

    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?on=2003-05-01")
    assert f'href="{PAGE}"' in client.get("/organizations/yunhai-post/").text


def test_person_has_the_name_and_the_positions_of_the_day(client: Client) -> None:
    page = client.get("/people/chan-mei/?on=2003-05-01").text

    assert '<h1 dir="auto">Wong Mei</h1>' in page
    assert "Director, Yunhai Post" in page
    assert "noindex" in page
    assert "No positions are known on this day." in client.get("/people/chan-mei/?on=2009-05-01").text


def test_hidden_rows_have_no_days(client: Client) -> None:
    news.organization("Hidden Post", publish_at=FUTURE)
    news.person("Hidden", "Wei", slug="hidden-wei", publish_at=FUTURE)

    assert client.get("/organizations/hidden-post/leadership/?on=2003-05-01").status_code == 404
    assert client.get("/people/hidden-wei/?on=2003-05-01").status_code == 404


def test_query_counts_are_the_same_for_one_and_fifty_offices(client: Client, queries: Callable[[str], int]) -> None:
    urls = (f"{PAGE}?on=2011-05-01", "/people/chan-mei/?on=2003-05-01")
    before = [queries(url) for url in urls]
    post, person = Organization.objects.get(slug="yunhai-post"), Person.objects.get(slug="chan-mei")
    for _ in range(49):
        news.appointment(position=news.position(organization=news.organization(parent=post)), person=person)

    assert [queries(url) for url in urls] == before
    assert max(before) <= 12
