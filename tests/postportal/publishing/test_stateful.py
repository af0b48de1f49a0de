"""Any order of saves, steps and clocks, by several people, against a small model of what readers are to see.

The suite tries a few orders. Many more, on either database: PORTAL_EXAMPLES=500 python -m pytest <this file>
"""

import datetime as dt
import os
import re
from typing import Any

import pytest
import time_machine
from django.contrib.messages import SUCCESS, get_messages
from django.core.cache import cache
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from news.models import Article
from postportal.publishing import saves
from postportal.publishing.models import Autosave, Revision, State
from tests.factories import forms, news, staff
from tests.postportal.publishing.newsdesk import Newsdesk

pytestmark = pytest.mark.django_db
START = dt.datetime(2030, 3, 1, 1, 30, tzinfo=dt.UTC)
TOKEN = re.compile(r"Tok\d+x")
PAGE = "/news/2021/12/08/hush/"
LISTS = ("/", "/news/", "/news/2021/12/", "/feeds/news.atom", "/search/?q=hush", "/api/search?q=hush")
PEOPLE = {"Ann": "Editor", "Ben": "Editor", "Pia": "Publisher"}
LONG = 50
who = st.sampled_from(sorted(PEOPLE))
minutes = st.integers(1, 90)


class Newsroom(RuleBasedStateMachine):
    """Drives the portal by its forms; `desk` says what has to be true of it."""

    def __init__(self) -> None:
        super().__init__()
        cache.clear()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.travel = time_machine.travel(START, tick=False)
        self.clock = self.travel.start()
        self.now = START
        self.kept: dict[str, Any] = {}
        self.held: dict[str, tuple[dict[str, Any], int]] = {}
        self.count = 0

    def teardown(self) -> None:
        self.travel.stop()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.people = {name: staff.account(role, username=name) for name, role in PEOPLE.items()}
        self.browsers = {name: staff.signed_in(user) for name, user in self.people.items()}
        self.reader = Client()
        token = self.token()
        self.article = news.article(
            token, slug="hush", standfirst="Hush.", state=State.DRAFT, publish_at=None, created_by=self.people["Ann"]
        )
        saves.keep(self.article, saves.current_content(self.article), by=self.people["Ann"])
        self.desk = Newsdesk(token, by="Ann")

    def token(self) -> str:
        self.count += 1
        return f"Tok{self.count}x"

    def address(self, name: str, *more: str) -> str:
        return reverse(f"admin:news_article_{name}", args=[self.article.pk, *more])

    # Saving -----------------------------------------------------------------------------------------------------------

    @rule(by=who)
    def save(self, by: str) -> None:
        self.open(by)
        self.send(by)

    @rule(by=who)
    def open(self, by: str) -> None:
        page = self.browsers[by].get(self.address("change"))
        if page.context["adminform"].form.fields:
            self.held[by] = (forms.shown(page), self.desk.changes)

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def send_what_was_opened(self, data: st.DataObject) -> None:
        self.send(data.draw(st.sampled_from(sorted(self.held))))

    def send(self, by: str) -> None:
        if by not in self.held:
            return
        fields, seen = self.held.pop(by)
        token = self.token()
        self.browsers[by].post(self.address("change"), {**fields, "title": token, "_continue": "1"})
        self.desk.settle(self.now)
        if saves.current_content(Article.objects.get())["fields"]["title"] == token:
            assert self.desk.stage != "scheduled"
            self.desk.saved(token, by=by)
        else:
            # Somebody was faster, or it is scheduled by now: nothing that was typed is lost.
            assert seen != self.desk.changes
            texts = [QueryDict(text)["title"] for text in Autosave.objects.values_list("data", flat=True)]
            assert token in texts

    # Steps ------------------------------------------------------------------------------------------------------------

    @rule(name=st.sampled_from(["submit", "return", "approve", "publish", "unschedule", "discard"]), by=who)
    def step(self, name: str, by: str) -> None:
        self.take(name, by)

    @rule(name=st.sampled_from(["publish", "force", "withdraw", "unpublish", "reinstate"]))
    def step_of_a_publisher(self, name: str) -> None:
        self.take(name, "Pia")

    @rule(by=who, after=minutes)
    def schedule(self, by: str, after: int) -> None:
        self.take("schedule", by, due_at=self.now + dt.timedelta(minutes=after))

    def take(self, name: str, by: str, *, due_at: dt.datetime | None = None) -> None:
        browser = self.browsers[by]
        browser.cookies.pop("messages", None)
        said = {"reason": "Wrong.", "_version": saves.version(self.article)}
        if due_at:
            said["due_at"] = due_at.astimezone(dt.timezone(dt.timedelta(hours=8))).strftime("%Y-%m-%dT%H:%M:%S")
        answer = browser.post(self.address("step", name), said)
        self.desk.settle(self.now)
        is_done = any(message.level == SUCCESS for message in get_messages(answer.wsgi_request))
        assert is_done == self.desk.may(name, by=by), (name, by, answer.status_code)
        if is_done:
            self.desk.take(name, at=self.now, due_at=due_at)

    @rule(by=who)
    def approved_by_another(self, by: str) -> None:
        """Often enough for what follows an approval to be tried."""
        self.take("submit", by)
        self.take("approve", next(name for name in self.browsers if name != by))

    # Clocks -----------------------------------------------------------------------------------------------------------

    @rule(after=minutes)
    def time_passes(self, after: int) -> None:
        self.move_to(self.now + dt.timedelta(minutes=after))

    @precondition(lambda self: self.desk.due_at)
    @rule(early=st.sampled_from([1, 0]))
    def its_second_comes(self, early: int) -> None:
        assert self.desk.due_at
        self.move_to(max(self.now, self.desk.due_at - dt.timedelta(seconds=early)))

    @rule(back=st.integers(1, 10))
    def clock_is_set_back(self, back: int) -> None:
        self.move_to(self.now - dt.timedelta(minutes=back))

    def move_to(self, moment: dt.datetime) -> None:
        self.now = moment
        self.clock.move_to(moment)

    # What has to be true ----------------------------------------------------------------------------------------------

    @invariant()
    def readers_see_what_the_desk_let_out(self) -> None:
        self.desk.settle(self.now)
        shown = {self.desk.text} if self.desk.is_listed(self.now) else set()

        assert {address: self.tokens(address) for address in LISTS} == dict.fromkeys(LISTS, shown)
        assert (PAGE in self.body("/sitemap-articles.xml")) == bool(shown)
        page = self.reader.get(PAGE)
        assert page.status_code == self.desk.status_of_page(self.now)
        assert set(TOKEN.findall(page.content.decode())) <= ({self.desk.text} if page.status_code != 404 else set())

    @invariant()
    def desk_and_database_agree(self) -> None:
        row = Article.objects.get()
        edition = saves.open_edition(row)

        assert (row.state, edition.stage if edition else None) == (self.desk.row, self.desk.stage)
        assert saves.current_content(row)["fields"]["title"] == self.desk.draft

    @invariant()
    def no_saved_text_is_gone(self) -> None:
        found = {content["fields"]["title"] for content in Revision.objects.values_list("content", flat=True)}

        assert self.desk.ever_saved <= found

    def tokens(self, address: str) -> set[str]:
        return set(TOKEN.findall(self.body(address)))

    def body(self, address: str) -> str:
        """As a cache has it that asks whether what it kept is still true."""
        tag, kept = self.kept.get(address, ("", ""))
        answer = self.reader.get(address, headers={"if-none-match": tag} if tag else None)
        if answer.status_code == 304:
            return str(kept)
        text = answer.content.decode()
        self.kept[address] = (answer.get("ETag", ""), text)
        return text


def test_readers_see_what_the_desk_let_out_whatever_happens() -> None:
    examples = int(os.environ.get("PORTAL_EXAMPLES", "8"))
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30 if examples >= LONG else 15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # In the suite the first failure is enough; the long run looks for the shortest.
            phases=list(Phase) if examples >= LONG else [Phase.generate],
        ),
    )
