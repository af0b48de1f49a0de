import datetime as dt

import pytest
from django.test import RequestFactory

from news import json_ld
from news.json_ld import MAX_DESCRIPTION_LENGTH, MIN_DESCRIPTION_LENGTH, meta_description
from tests.factories import news


def test_description_joins_texts_until_it_is_long_enough() -> None:
    long = "Letters and parcels travel by rail from Monday on, as before."

    assert meta_description("Short.", "  Still\n short. ", long, "Left out.") == f"Short. Still short. {long}"
    assert meta_description(long, "Left out.") == long
    assert len(long) > MIN_DESCRIPTION_LENGTH


def test_description_is_cut_at_the_maximum_length() -> None:
    description = meta_description("word " * 100)

    assert (len(description), description[-1]) == (MAX_DESCRIPTION_LENGTH, "…")
    assert meta_description("") == ""


@pytest.mark.django_db
def test_dates_of_roles_are_as_exact_as_known() -> None:
    appointment = news.appointment(
        person=news.person("Zhou", "Mei"),
        position=news.position("Director", organization=news.organization("Post Bureau")),
        from_on=dt.date(2018, 5, 1),
        from_precision="month",
    )

    data = json_ld.person_json_ld(
        RequestFactory().get("/"),
        appointment.person,
        appointments=[appointment],
        current_appointments=[appointment],
    )

    (role,) = data["worksFor"]
    assert (role["startDate"], role["endDate"], role["roleName"]) == ("2018-05", "", "Director")
    assert data["jobTitle"] == ["Director, Post Bureau"]


@pytest.mark.django_db
def test_article_mentions_link_to_people_and_organizations() -> None:
    article, organization = news.article("Night mail"), news.organization("Post Bureau")
    mention = news.mention(organization, article=article)

    data = json_ld.article_json_ld(RequestFactory().get("/"), article, mentions=[mention], tags=["Rail"])

    url = "http://testserver/organizations/post-bureau/"
    assert data["mentions"] == [{"@type": "Organization", "name": "Post Bureau", "url": url}]
    assert (data["url"], data["dateline"]) == ("http://testserver/news/2021/12/08/night-mail/", "2021-12-08")
