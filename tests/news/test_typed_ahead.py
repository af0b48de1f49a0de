"""Leaks of what is typed ahead, in random registers: nothing shows before its second, on any page, list or feed."""

import datetime as dt
import random
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from news.models import Handover, Organization, PlannedChange
from postportal.outbox.delivery import deliver_all
from tests.factories import news, services

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)
TODAY = dt.date(2026, 6, 1)
# No word that any page, year or number of a page contains by chance.
SECRETS = ("Quillfeather", "Brindlecombe", "Underwoodward", "Zweimann", "2031", "隐藏")
QUERIES = ["Quillfeather", "Brindlecombe", "Underwoodward", "Zweimann"]


class Register:
    """A register of random size, with a handover and a planned change of each kind under embargo."""

    def __init__(self, seed: int, *, embargo: dt.datetime) -> None:
        dice = random.Random(seed)
        self.post = news.organization("Yunhai Post", slug="yunhai")
        self.office = news.organization("Rail Mail", slug="rail", parent=self.post, name_zh="铁路")
        self.holder = news.person("Zhou", "Mei", slug="zhou")
        for number in range(dice.randrange(4)):
            position = news.position(f"Clerk {number}", organization=dice.choice([self.post, self.office]))
            news.appointment(position=position, from_on=dt.date(2000 + number, 1, 1))
        self.seat = news.position("Director", organization=self.office)
        self.term = news.appointment(person=self.holder, position=self.seat, from_on=dt.date(2020, 1, 1))
        article = news.article("Mail train arrives", dateline_on=dt.date(2026, 5, 1))
        for subject in (self.holder, self.office):
            news.mention(subject, article=article)
        self._plan(dice, embargo)

    def _plan(self, dice: random.Random, embargo: dt.datetime) -> None:
        # The day is after the embargo, on its day, or before it.
        first = dice.choice([dt.date(2031, 6, 1), dt.date(2031, 12, 31)])
        acting = news.person("Underwoodward", "Ann", publish_at=embargo) if dice.random() < 0.5 else None
        gap = dt.timedelta(days=dice.randrange(2, 30) if acting else 1)
        handover = Handover(
            position=self.seat,
            leaving=self.term,
            last_day=first - gap,
            acting=acting,
            comes=news.person("Quillfeather", "Bo", publish_at=embargo),
            first_day=first,
            publish_at=embargo,
        )
        handover.full_clean()
        handover.save()
        day = dice.choice([TODAY - dt.timedelta(days=9), TODAY + dt.timedelta(days=1), dt.date(2031, 5, 1)])
        named = [
            PlannedChange(organization=self.office, new_name="Brindlecombe Mail", new_name_zh="隐藏"),
            PlannedChange(person=self.holder, new_name="Zweimann"),
            PlannedChange(position=self.seat, new_name="Head of Brindlecombe"),
            PlannedChange(organization=self.post, is_dissolution=True),
        ]
        for row in named:
            row.takes_effect_on = dt.date(2031, 7, 1) if row.is_dissolution else day
            row.publish_at = embargo
            row.full_clean()
            row.save()


def addresses(register: Register) -> list[str]:
    on = [f"?on={day}" for day in ("2026-06-01", "2030-12-31", "2031-01-02", "2032-01-01")]
    pages = ["/people/zhou/", "/organizations/rail/leadership/", "/organizations/yunhai/leadership/"]
    found = ["/", "/news/", "/people/", "/organizations/", "/organizations/rail/", "/organizations/yunhai/"]
    found += [page + day for page in pages for day in ["", *on]]
    found += ["/people/zhou/news/", "/organizations/rail/news/", "/feeds/news.atom", "/sitemap.xml", "/sitemap/"]
    found += [f"{path}?q={word}" for path in ("/search/", "/api/search/", "/people/") for word in QUERIES]
    found += [f"/search/suggestions/?q={word[:6]}" for word in QUERIES]
    found += ["/api/people", "/api/services", "/feeds/people.popolo.json", "/feeds/people/zhou.vcf"]
    found += ["/feeds/people/quillfeather-bo.vcf", "/feeds/services.hsds.json", "/people/quillfeather-bo/"]
    found += [register.office.mentions.get().article.get_absolute_url()]
    return found + ["/zh-hans" + path for path in found if path.startswith(("/people", "/organizations"))]


def leaks(client: Client, register: Register) -> list[tuple[str, str]]:
    found = []
    for path in addresses(register):
        response: Any = client.get(path, follow=True)
        assert response.status_code in (200, 404), path
        # What was typed is repeated in the search form and in links.
        typed = path.partition("?")[2]
        text = response.content.decode() if response.status_code == 200 else ""
        found += [
            (path, secret) for secret in SECRETS if secret in text and secret[:6] not in typed and secret not in typed
        ]
    return found


# Both databases are asked with two of them.
@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.once) for seed in range(2, 6))])
def test_nothing_shows_before_its_second(client: Client, seed: int) -> None:
    embargo = dt.datetime(2026, 6, 1, 8, 0, seed, tzinfo=dt.UTC)
    with time_machine.travel(embargo - dt.timedelta(hours=1), tick=False):
        register = Register(seed, embargo=embargo)
        deliver_all()
    with time_machine.travel(embargo - SECOND, tick=False):
        assert leaks(client, register) == []
        assert leaks(client, register) == [], "from kept pages"


@pytest.mark.parametrize("seed", range(3))
def test_everything_shows_at_its_second(client: Client, seed: int) -> None:
    embargo = dt.datetime(2026, 6, 1, 8, 0, seed, tzinfo=dt.UTC)
    with time_machine.travel(embargo - dt.timedelta(hours=1), tick=False):
        register = Register(seed, embargo=embargo)
    with time_machine.travel(embargo, tick=False):
        text = client.get("/organizations/rail/").content.decode()
        assert "Quillfeather" in text
        assert "Brindlecombe" in text
        person = client.get("/people/zhou/").content.decode()
        assert "Zweimann" in person
        assert "2031" in person
        assert Organization.objects.get(pk=register.post.pk).dissolved_on is None
        assert "2031" in client.get("/organizations/yunhai/").content.decode()


OUTLETS = ["/api/people", "/feeds/people.popolo.json", "/organizations/rail/", "/people/zhou/", "/api/services"]


def test_kept_answers_change_in_the_second_and_name_their_version(client: Client) -> None:
    embargo = dt.datetime(2026, 6, 1, 8, 0, tzinfo=dt.UTC)
    with time_machine.travel(embargo - dt.timedelta(hours=1), tick=False):
        register = Register(1, embargo=embargo)
        services.short_code_number(services.hotline(service=services.service("Mail", organization=register.office)))
    with time_machine.travel(embargo - SECOND, tick=False):
        before = {path: client.get(path).headers.get("ETag") for path in OUTLETS}
        heads = {path: client.head(path) for path in OUTLETS}
        assert {path: head.headers.get("ETag") for path, head in heads.items()} == before
        assert {path: head.content for path, head in heads.items()} == dict.fromkeys(OUTLETS, b"")
    with time_machine.travel(embargo, tick=False):
        for path in OUTLETS:
            tag = before[path] or "none"
            answer = client.get(path, headers={"If-None-Match": tag})
            text = answer.content.decode()
            assert path == "/api/services" or ((answer.status_code == 200 and "Quillfeather" in text) or "2031" in text)
    # In the first second of its day, another name is everywhere.
    day = PlannedChange.objects.get(organization=register.office).takes_effect_on
    midnight = max(timezone.make_aware(dt.datetime.combine(day, dt.time())), embargo)
    with time_machine.travel(midnight, tick=False):
        for path in ("/api/people", "/feeds/people.popolo.json", "/api/services", "/feeds/services.hsds.json"):
            assert "Brindlecombe Mail" in client.get(path).content.decode(), path
