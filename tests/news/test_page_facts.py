import datetime as dt

import pytest
from django.utils import timezone

from news.models import FormerParent, OrganizationName, PlannedChange, Succession
from news.page_facts import facts_of_organization, facts_of_person
from tests.factories import news

pytestmark = pytest.mark.django_db
DAY = dt.date(2001, 1, 1)


def test_facts_of_an_organization_are_those_that_readers_may_know() -> None:
    now = timezone.now()
    later, post = now + dt.timedelta(days=9), news.organization("Post")
    shown, hidden = news.organization("Shown"), news.organization("Hidden", publish_at=later)
    for number, other in enumerate((shown, hidden)):
        FormerParent.objects.create(organization=post, parent=other, until_on=DAY)
        Succession.objects.create(predecessor=other, successor=post, kind="merged")
        news.organization(f"Part {number}", parent=post, publish_at=(now, later)[number])
        position = news.position(f"Chair {number}", organization=post)
        moment = now - dt.timedelta(days=1) if other is shown else later
        PlannedChange.objects.create(
            position=position, new_name="Head", takes_effect_on=dt.date(2099, 1, 1), publish_at=moment
        )
    OrganizationName.objects.create(organization=post, name="Office", kind="former", until_on=DAY)

    found = facts_of_organization(post, at=now)

    assert [(row.parent, row.ends_before) for row in found["former_parents"]] == [(shown, dt.date(2001, 1, 2))]
    assert [row.predecessor for row in found["successions"]] == [shown]
    assert [row.name for row in found["suborganizations"]] == ["Part 0"]
    planned = [(row.heading, row.sentence) for row in found["planned_changes"]]
    assert planned == [("Chair 0", "From 1 January 2099: Head")]
    assert [row.period for row in post.names.all()] == ["until 1 January 2001"]


def test_new_name_of_a_person_is_put_together_with_the_rest_of_it() -> None:
    now, person = timezone.now(), news.person("Graham", "Mary", name_order="given")
    person.names.create(name="M. Graham")
    day = {"takes_effect_on": dt.date(2099, 1, 1), "publish_at": now}
    PlannedChange.objects.create(person=person, new_name="Smith", **day)

    found = facts_of_person(person, at=now)

    assert [row.sentence for row in found["planned_changes"]] == ["From 1 January 2099: Mary Smith"]
    assert [row.name for row in person.names.all()] == ["M. Graham"]
