import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from news.models import FormerParent, OrganizationName, Succession
from tests.factories import news

pytestmark = pytest.mark.django_db


def lines(url: str) -> list[tuple[str, str, str]]:
    return [(entry.when, entry.text, entry.link) for entry in Client().get(url).context["timeline"]]


def test_offices_and_names_of_a_person_are_in_the_order_of_their_days() -> None:
    person, post = news.person("Zhou", "Mei"), news.organization("Yunhai Post")
    person.names.create(name="Shen Mei", kind="former", until_on=dt.date(2012, 1, 1), until_precision="year")
    person.names.create(name="Mei Zhou", kind="variant")
    for label, year in (("Director", 2020), ("Clerk", 2008)):
        news.appointment(
            person=person,
            position=news.position(label, organization=post),
            from_on=dt.date(year, 1, 1),
            from_precision="year",
            until_on=dt.date(2011, 5, 1) if year == 2008 else None,
        )

    assert lines(person.get_absolute_url()) == [
        ("2008 to 1 May 2011", "Clerk", "Yunhai Post"),
        ("until 2012", "Name: Shen Mei", ""),
        ("since 2020", "Director", "Yunhai Post"),
    ]


def test_what_is_not_public_or_has_not_begun_is_not_in_it() -> None:
    post, ahead = (
        news.organization("Yunhai Post", founded_on=dt.date(1878, 1, 1)),
        timezone.now() + dt.timedelta(days=9),
    )
    news.appointment(position=news.position("Clerk", organization=post), publish_at=ahead, from_on=dt.date(2020, 1, 1))
    news.appointment(position=news.position("Head", organization=post), from_on=ahead.date())
    news.appointment(
        position=news.position("Guard", organization=post),
        person=news.person(publish_at=ahead),
        from_on=dt.date(2020, 1, 1),
    )
    post.names.create(name="Royal Mail Office", kind="former", until_on=dt.date(1912, 1, 1))

    assert [text for _when, text, _link in lines(post.get_absolute_url())] == ["Founded", "Name: Royal Mail Office"]


def test_life_of_an_organization() -> None:
    post = news.organization("Rail Mail", founded_on=dt.date(1950, 1, 1), dissolved_on=dt.date(2021, 3, 1))
    OrganizationName.objects.create(organization=post, name="Train Mail", kind="former", until_on=dt.date(1970, 1, 1))
    FormerParent.objects.create(
        organization=post, parent=news.organization("Railways"), until_on=dt.date(1990, 1, 1), until_precision="year"
    )
    kind, day = Succession.Kind.MERGED, dt.date(2021, 3, 1)
    later = news.organization("All Mail")
    Succession.objects.create(predecessor=post, successor=later, kind=kind, happened_on=day)
    Succession.objects.create(
        predecessor=post, successor=news.organization("Secret", publish_at=None), kind=kind, happened_on=day
    )
    holder = news.person("Zhou", "Mei")
    news.appointment(position=news.position(organization=post), person=holder, from_on=dt.date(2000, 1, 1))

    assert [(text, link) for _when, text, link in lines(post.get_absolute_url())] == [
        ("Founded", ""),
        ("Name: Train Mail", ""),
        ("Part of", "Railways"),
        ("Director", "Zhou Mei"),
        ("Merged into", "All Mail"),
        ("Dissolved", ""),
    ]


@pytest.mark.parametrize("kind", ["person", "organization"])
def test_sections_and_years_stay_within_the_news(kind: str) -> None:
    owner = news.person("Zhou", "Mei") if kind == "person" else news.organization("Yunhai Post")
    for year, section in ((2020, "News"), (2021, "News"), (2021, "Messages")):
        article = news.article(dateline_on=dt.date(year, 5, 1), section=news.section(section))
        news.mention(owner, article=article)
    news.article(dateline_on=dt.date(2019, 1, 1), section=news.section("Others"))
    url = owner.get_absolute_url()

    page = Client().get(url)

    assert sorted((link.label, link.count) for link in page.context["section_links"]) == [("Messages", 1), ("News", 2)]
    assert [link.label for link in page.context["year_links"]] == [2021, 2020]
    for query in ("section=messages", "year=2021"):
        assert f'href="{url}news/?{query}"' in page.text
    within = Client().get(f"{url}news/?section=messages&year=2021")
    assert [row.dateline_on.year for row in within.context["articles"]] == [2021]
