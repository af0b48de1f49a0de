"""Any order of saves, steps, restored versions and clocks, by several people, against a small model of what readers are
to see.

The suite tries a few orders. Many more, on either database, which takes longer than the suite lets a test run:
PORTAL_EXAMPLES=500 python -m pytest -n 0 -o faulthandler_timeout=0 <this file>
"""

import datetime as dt
import os
import re
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
import time_machine
from django.contrib.messages import SUCCESS, get_messages
from django.core.cache import cache
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
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

from postportal.publishing.admin import version_tokens
from postportal.publishing.models import Revision, State
from postportal.publishing.versions import revisions
from postportal.staff.models import Autosave
from tests.factories import forms, news, services, staff
from tests.postportal.publishing.workflow.reference_model import ReferenceItem

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]
START = dt.datetime(2030, 3, 1, 1, 30, tzinfo=dt.UTC)
TOKEN = re.compile(r"Tok\d+x")
LONG = 50
NAMES = ("Ann", "Ben", "Pia")
who = st.sampled_from(NAMES)
minutes = st.integers(1, 90)
# Most texts have no end.
ends = st.one_of(st.none(), st.none(), st.integers(-20, 120))


class Newsroom(RuleBasedStateMachine):
    """Drives the portal by its forms; `desk` says what has to be true of it. Each kind of item is a subclass."""

    roles: ClassVar[tuple[str, ...]]
    chiefs: ClassVar[frozenset[str]]
    # Where it has a page, where its title is listed, and where its address is.
    pages: ClassVar[tuple[str, ...]]
    lists: ClassVar[tuple[str, ...]]
    sitemaps: ClassVar[tuple[str, ...]]

    # Makes the item whose title is the token; each kind says how.
    make: Callable[..., Any]

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
        people = {name: staff.account(role, username=name) for name, role in zip(NAMES, self.roles, strict=True)}
        self.browsers = {name: staff.sign_in(user) for name, user in people.items()}
        self.reader = Client()
        token = self.token()
        self.item = self.make(token, state=State.DRAFT, publish_at=None, created_by=people["Ann"])
        revisions.record_revision(self.item, revisions.current_content(self.item), by=people["Ann"])
        self.desk = ReferenceItem(token, by="Ann", chiefs=self.chiefs)

    def token(self) -> str:
        self.count += 1
        return f"Tok{self.count}x"

    def row(self) -> Any:
        return type(self.item)._default_manager.get()

    def address(self, name: str, *more: Any) -> str:
        stem = f"admin:{self.item._meta.app_label}_{self.item._meta.model_name}"
        return reverse(f"{stem}_{name}", args=[self.item.pk, *more])

    # Saving -----------------------------------------------------------------------------------------------------------

    @rule(by=who, after=ends)
    def save(self, by: str, after: int | None) -> None:
        self.open(by)
        self.send(by, after)

    @rule(by=who)
    def open(self, by: str) -> None:
        page = self.browsers[by].get(self.address("change"))
        self.desk.settle(self.now)
        if page.context["adminform"].form.fields:
            self.held[by] = (forms.form_values(page), self.desk.changes)

    @precondition(lambda self: self.held)
    @rule(data=st.data(), after=ends)
    def send_what_was_opened(self, data: st.DataObject, after: int | None) -> None:
        self.send(data.draw(st.sampled_from(sorted(self.held))), after)

    def send(self, by: str, after: int | None) -> None:
        if by not in self.held:
            return
        fields, seen = self.held.pop(by)
        token, end = self.token(), None if after is None else self.now + dt.timedelta(minutes=after)
        said = {**fields, "title": token, "expire_at": typed(end), "_continue": "1"}
        answer = self.browsers[by].post(self.address("change"), said)
        self.desk.settle(self.now)
        if revisions.current_content(self.row())["fields"]["title"] == token:
            assert self.desk.stage != "scheduled"
            assert self.desk.may_end(end)
            self.desk.saved(token, by=by, end=end)
        elif answer.status_code == 200 and not self.desk.may_end(end):
            # The form comes back with what was typed.
            assert token in answer.content.decode()
        else:
            # Somebody was faster, or it is scheduled by now: nothing that was typed is lost.
            assert seen != self.desk.changes
            texts = [QueryDict(text)["title"] for text in Autosave.objects.values_list("data", flat=True)]
            assert token in texts

    @rule(by=who, data=st.data())
    def restore(self, by: str, data: st.DataObject) -> None:
        token = data.draw(st.sampled_from(sorted(self.desk.ends)))
        number = next(row.number for row in Revision.objects.newest_first() if row.content["fields"]["title"] == token)
        self.browsers[by].post(
            self.address("restore", number), {"_version": version_tokens.make_version_token(self.row())}
        )
        self.desk.settle(self.now)
        end = self.desk.ends[token]
        if token != self.desk.draft and self.desk.stage != "scheduled" and self.desk.may_end(end):
            self.desk.saved(token, by=by, end=end)

    # Steps ------------------------------------------------------------------------------------------------------------

    @rule(name=st.sampled_from(["submit", "return", "approve", "publish", "unschedule", "discard", "review"]), by=who)
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
        said = {"reason": "Wrong.", "_version": revisions.current_version(self.item), "due_at": typed(due_at)}
        answer = browser.post(self.address("step", name), said)
        self.desk.settle(self.now)
        is_done = any(message.level == SUCCESS for message in get_messages(answer.wsgi_request))
        assert is_done == self.desk.may(name, by=by, at=due_at or self.now), (name, by, answer.status_code)
        if is_done:
            self.desk.take(name, by=by, at=self.now, due_at=due_at)

    @rule(by=who)
    def approved_by_another(self, by: str) -> None:
        """Often enough for what follows an approval to be tried."""
        self.take("submit", by)
        self.take("approve", next(name for name in self.browsers if name != by))

    # Clocks -----------------------------------------------------------------------------------------------------------

    @rule(after=minutes)
    def time_passes(self, after: int) -> None:
        self.move_to(self.now + dt.timedelta(minutes=after))

    @precondition(lambda self: self.desk.due_at or self.desk.ends[self.desk.text])
    @rule(early=st.sampled_from([1, 0]))
    def its_second_comes(self, early: int) -> None:
        moment = self.desk.due_at or self.desk.ends[self.desk.text]
        assert moment
        self.move_to(max(self.now, moment - dt.timedelta(seconds=early)))

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

        assert {address: self.titles(address) for address in self.lists} == dict.fromkeys(self.lists, shown)
        for address in self.sitemaps:
            assert (self.pages[0] in self.answer(address)[1]) == bool(shown), address
        assert {address: self.page(address) for address in self.pages} == dict.fromkeys(
            self.pages, self.desk.page(self.now)
        )

    @invariant()
    def desk_and_database_agree(self) -> None:
        row = self.row()
        edition = revisions.open_edition(row)

        assert (row.state, edition.stage if edition else None) == (self.desk.row, self.desk.stage)
        assert revisions.current_content(row)["fields"]["title"] == self.desk.draft

    @invariant()
    def no_saved_text_is_gone(self) -> None:
        found = {content["fields"]["title"] for content in Revision.objects.values_list("content", flat=True)}

        assert set(self.desk.ends) <= found

    def titles(self, address: str) -> set[str]:
        return set(TOKEN.findall(self.answer(address)[1]))

    def page(self, address: str) -> tuple[int, set[str]]:
        status, text = self.answer(address)
        return status, set(TOKEN.findall(text))

    def answer(self, address: str) -> tuple[int, str]:
        """As a cache has it that asks whether what it kept is still true."""
        headers, kept = self.kept.get(address, ({}, ""))
        answer = self.reader.get(address, headers=headers)
        if answer.status_code == 304:
            return 200, str(kept)
        text = answer.content.decode()
        if answer.status_code == 200:
            asked = {"if-none-match": answer.get("ETag"), "if-modified-since": answer.get("Last-Modified")}
            self.kept[address] = ({name: value for name, value in asked.items() if value}, text)
        return answer.status_code, text


def typed(moment: dt.datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M:%S") if moment else ""


class Articles(Newsroom):
    roles, chiefs = ("Editor", "Editor", "Publisher"), frozenset({"Pia"})
    pages = ("/news/2021/12/08/hush/",)
    lists = (
        *("/", "/news/", "/news/2021/12/", "/news/section/news/", "/news/tag/rail/", "/search/?q=hush"),
        *("/feeds/news.atom", "/feeds/news/tag/rail.rss", "/api/search?q=hush"),
    )
    sitemaps = ("/sitemap-articles.xml",)

    def make(self, token: str, **fields: Any) -> Any:
        return news.article(token, slug="hush", standfirst="Hush.", tags=["Rail"], **fields)


class StampIssues(Newsroom):
    roles, chiefs = ("Philatelist", "Philatelist", "Publisher"), frozenset(NAMES)
    pages = ("/stamps/hush/", "/stamps/hush/1/", "/zh-hans/stamps/hush/")
    lists = (
        *("/", "/stamps/2030/", "/feeds/stamps.atom", "/feeds/stamps/2030.rss"),
        *("/search/?q=hush", "/api/search?q=hush"),
    )
    sitemaps = ("/sitemap-stamp-issues.xml", "/sitemap-stamps.xml")

    def make(self, token: str, **fields: Any) -> Any:
        day = dt.date(2030, 6, 1)
        issue = services.stamp_issue(token, slug="hush", standfirst="Hush.", issued_on=day, **fields)
        services.stamp(issue)
        return issue


@pytest.mark.parametrize(("room", "examples", "steps"), [(Articles, 7, 14), (StampIssues, 4, 12)])
def test_readers_see_what_the_desk_let_out_whatever_happens(room: type[Newsroom], examples: int, steps: int) -> None:
    examples = int(os.environ.get("PORTAL_EXAMPLES", examples))
    run_state_machine_as_test(
        room,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30 if examples >= LONG else steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # The suite tries the same orders each time, so that a change is to blame where it fails.
            derandomize=examples < LONG,
            # There the first failure is enough; the long run looks for the shortest.
            phases=list(Phase) if examples >= LONG else [Phase.generate],
        ),
    )
