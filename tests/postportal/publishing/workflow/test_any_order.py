"""Random orders of saves, steps, restored versions and clock changes, compared with a reference model.

The suite tries a few orders. For many more, which take longer than the time limit of a test:
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
from hypothesis import HealthCheck, Phase, settings, stateful
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from postportal.publishing.admin import version_tokens
from postportal.publishing.models import Revision, State
from postportal.publishing.versions import revisions
from postportal.staff.models import Autosave
from tests.factories import forms, news, services, staff
from tests.postportal.publishing.workflow.reference_model import ReferenceItem

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]
START = dt.datetime(2030, 3, 1, 1, 30, tzinfo=dt.UTC)
TOKEN = re.compile(r"Tok\d+x")
MIN_LONG_RUN = 50
NAMES = ("Ann", "Ben", "Pia")
who = st.sampled_from(NAMES)
minutes = st.integers(1, 90)
# Most versions do not expire.
ends = st.one_of(st.none(), st.none(), st.integers(-20, 120))


class Newsroom(RuleBasedStateMachine):
    """Use the portal through its forms and compare it with `self.model`. Each kind of item is a subclass."""

    roles: ClassVar[tuple[str, ...]]
    chiefs: ClassVar[frozenset[str]]
    # URLs of the item, of lists that show its title, and of sitemaps that contain its URL.
    pages: ClassVar[tuple[str, ...]]
    lists: ClassVar[tuple[str, ...]]
    sitemaps: ClassVar[tuple[str, ...]]

    # Creates the item with the token as its title.
    make: Callable[..., Any]

    def __init__(self) -> None:
        super().__init__()
        cache.clear()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.travel = time_machine.travel(START, tick=False)
        self.clock = self.travel.start()
        self.now = START
        self.cached: dict[str, Any] = {}
        self.open_forms: dict[str, tuple[dict[str, Any], int]] = {}
        self.count = 0

    def teardown(self) -> None:
        self.travel.stop()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize()
    def create_item(self) -> None:
        people = {name: staff.account(role, username=name) for name, role in zip(NAMES, self.roles, strict=True)}
        self.browsers = {name: staff.sign_in(user) for name, user in people.items()}
        self.reader = Client()
        token = self.token()
        self.item = self.make(token, state=State.DRAFT, publish_at=None, created_by=people["Ann"])
        revisions.record_revision(self.item, revisions.current_content(self.item), by=people["Ann"])
        self.model = ReferenceItem(token, by="Ann", chiefs=self.chiefs)

    def token(self) -> str:
        self.count += 1
        return f"Tok{self.count}x"

    def row(self) -> Any:
        return type(self.item)._default_manager.get()

    def admin_url(self, name: str, *more: Any) -> str:
        stem = f"admin:{self.item._meta.app_label}_{self.item._meta.model_name}"
        return reverse(f"{stem}_{name}", args=[self.item.pk, *more])

    # Saving -----------------------------------------------------------------------------------------------------------

    @rule(by=who, after=ends)
    def save(self, by: str, after: int | None) -> None:
        self.open(by)
        self.send(by, after)

    @rule(by=who)
    def open(self, by: str) -> None:
        page = self.browsers[by].get(self.admin_url("change"))
        self.model.publish_due(self.now)
        if page.context["adminform"].form.fields:
            self.open_forms[by] = (forms.form_values(page), self.model.changes)

    @precondition(lambda self: self.open_forms)
    @rule(data=st.data(), after=ends)
    def send_what_was_opened(self, data: st.DataObject, after: int | None) -> None:
        self.send(data.draw(st.sampled_from(sorted(self.open_forms))), after)

    def send(self, by: str, after: int | None) -> None:
        if by not in self.open_forms:
            return
        fields, seen = self.open_forms.pop(by)
        token, end = self.token(), None if after is None else self.now + dt.timedelta(minutes=after)
        data = {**fields, "title": token, "expire_at": as_input(end), "_continue": "1"}
        answer = self.browsers[by].post(self.admin_url("change"), data)
        self.model.publish_due(self.now)
        if revisions.current_content(self.row())["fields"]["title"] == token:
            assert self.model.stage != "scheduled"
            assert self.model.can_expire_at(end)
            self.model.save(token, by=by, end=end)
        elif answer.status_code == 200 and not self.model.can_expire_at(end):
            # The form is shown again with the text.
            assert token in answer.content.decode()
        else:
            # Somebody saved before, or the item has been scheduled: the text is stored as an autosave.
            assert seen != self.model.changes
            texts = [QueryDict(text)["title"] for text in Autosave.objects.values_list("data", flat=True)]
            assert token in texts

    @rule(by=who, data=st.data())
    def restore(self, by: str, data: st.DataObject) -> None:
        token = data.draw(st.sampled_from(sorted(self.model.ends)))
        number = next(row.number for row in Revision.objects.newest_first() if row.content["fields"]["title"] == token)
        data_sent = {"_version": version_tokens.make_version_token(self.row())}
        self.browsers[by].post(self.admin_url("restore", number), data_sent)
        self.model.publish_due(self.now)
        end = self.model.ends[token]
        if token != self.model.draft and self.model.stage != "scheduled" and self.model.can_expire_at(end):
            self.model.save(token, by=by, end=end)

    # Steps ------------------------------------------------------------------------------------------------------------

    @rule(name=st.sampled_from(["submit", "return", "approve", "publish", "unschedule", "discard", "review"]), by=who)
    def step(self, name: str, by: str) -> None:
        self.perform(name, by)

    @rule(name=st.sampled_from(["publish", "force", "withdraw", "unpublish", "reinstate"]))
    def step_of_a_publisher(self, name: str) -> None:
        self.perform(name, "Pia")

    @rule(by=who, after=minutes)
    def schedule(self, by: str, after: int) -> None:
        self.perform("schedule", by, due_at=self.now + dt.timedelta(minutes=after))

    def perform(self, name: str, by: str, *, due_at: dt.datetime | None = None) -> None:
        browser = self.browsers[by]
        browser.cookies.pop("messages", None)
        data = {"reason": "Wrong.", "_version": revisions.current_version(self.item), "due_at": as_input(due_at)}
        answer = browser.post(self.admin_url("step", name), data)
        self.model.publish_due(self.now)
        is_done = any(message.level == SUCCESS for message in get_messages(answer.wsgi_request))
        assert is_done == self.model.is_allowed(name, by=by, at=due_at or self.now), (name, by, answer.status_code)
        if is_done:
            self.model.perform(name, by=by, at=self.now, due_at=due_at)

    @rule(by=who)
    def submit_and_approve(self, by: str) -> None:
        """Make approvals frequent enough for the steps after them to be tried."""
        self.perform("submit", by)
        self.perform("approve", next(name for name in self.browsers if name != by))

    # Clocks -----------------------------------------------------------------------------------------------------------

    @rule(after=minutes)
    def time_passes(self, after: int) -> None:
        self.move_to(self.now + dt.timedelta(minutes=after))

    @precondition(lambda self: self.model.due_at or self.model.ends[self.model.text])
    @rule(early=st.sampled_from([1, 0]))
    def publication_or_expiry_is_reached(self, early: int) -> None:
        at = self.model.due_at or self.model.ends[self.model.text]
        assert at
        self.move_to(max(self.now, at - dt.timedelta(seconds=early)))

    @rule(back=st.integers(1, 10))
    def clock_is_set_back(self, back: int) -> None:
        self.move_to(self.now - dt.timedelta(minutes=back))

    def move_to(self, at: dt.datetime) -> None:
        self.now = at
        self.clock.move_to(at)

    # Invariants -------------------------------------------------------------------------------------------------------

    @invariant()
    def readers_see_what_the_model_says(self) -> None:
        self.model.publish_due(self.now)
        shown = {self.model.text} if self.model.is_listed(self.now) else set()

        assert {url: self.titles(url) for url in self.lists} == dict.fromkeys(self.lists, shown)
        for url in self.sitemaps:
            assert (self.pages[0] in self.answer(url)[1]) == bool(shown), url
        page = self.model.page(self.now)
        assert {url: self.page(url) for url in self.pages} == dict.fromkeys(self.pages, page)

    @invariant()
    def database_is_as_the_model_says(self) -> None:
        row = self.row()
        edition = revisions.open_edition(row)

        assert (row.state, edition.stage if edition else None) == (self.model.row, self.model.stage)
        assert revisions.current_content(row)["fields"]["title"] == self.model.draft

    @invariant()
    def every_saved_text_has_a_revision(self) -> None:
        titles = {content["fields"]["title"] for content in Revision.objects.values_list("content", flat=True)}

        assert set(self.model.ends) <= titles

    def titles(self, url: str) -> set[str]:
        return set(TOKEN.findall(self.answer(url)[1]))

    def page(self, url: str) -> tuple[int, set[str]]:
        status, text = self.answer(url)
        return status, set(TOKEN.findall(text))

    def answer(self, url: str) -> tuple[int, str]:
        """Return status and text as a cache sees them that revalidates its copy."""
        headers, cached = self.cached.get(url, ({}, ""))
        answer = self.reader.get(url, headers=headers)
        if answer.status_code == 304:
            return 200, str(cached)
        text = answer.content.decode()
        if answer.status_code == 200:
            conditions = {"if-none-match": answer.get("ETag"), "if-modified-since": answer.get("Last-Modified")}
            self.cached[url] = ({name: value for name, value in conditions.items() if value}, text)
        return answer.status_code, text


def as_input(at: dt.datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M:%S") if at else ""


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


# PostgreSQL is asked with issues, which have rows inside them.
@pytest.mark.parametrize(
    ("newsroom", "examples", "steps"),
    [pytest.param(Articles, 7, 14, marks=pytest.mark.once), (StampIssues, 4, 12)],
)
def test_readers_see_only_what_was_published(newsroom: type[Newsroom], examples: int, steps: int) -> None:
    examples = int(os.environ.get("PORTAL_EXAMPLES", examples))
    stateful.run_state_machine_as_test(
        newsroom,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30 if examples >= MIN_LONG_RUN else steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # The suite tries the same orders each time, so that a failure is due to a change.
            derandomize=examples < MIN_LONG_RUN,
            # The suite stops at the first failure; the long run shrinks it.
            phases=list(Phase) if examples >= MIN_LONG_RUN else [Phase.generate],
        ),
    )
