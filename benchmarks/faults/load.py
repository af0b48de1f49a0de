"""Editors and readers at work, in threads."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from benchmarks.faults.pictures import UPLOAD_PATH, random_png
from benchmarks.faults.portal import Portal
from benchmarks.faults.stories import DATELINE, Ledger, Story, story_path, story_text
from benchmarks.faults.visitor import Answer, Fields, Visitor, fields_of

ARTICLE_ADMIN_PATH = "/admin/news/article/"
PUBLIC_PATHS = ("/", "/news/", "/search/?q=version", "/people/", "/feeds/news.atom")


class Reply(NamedTuple):
    """Time, duration and status of a request."""

    started: float
    seconds: float
    status: str
    action: str


@dataclass
class Crowd:
    """Editors and readers, and the responses they got."""

    portal: Portal
    ledger: Ledger
    staff: dict[str, str] = field(default_factory=dict)
    saves: list[Reply] = field(default_factory=list)
    reads: list[Reply] = field(default_factory=list)
    # Errors that ended a thread early, so that less was tested than intended.
    faults: list[str] = field(default_factory=list)
    # Number of saves that are waiting for a response.
    saving: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def statuses(self) -> Counter[str]:
        return Counter(reply.status for reply in (*self.saves, *self.reads))

    @contextmanager
    def working(self, *, editors: int, readers: int = 0, uploaders: int = 0) -> Iterator[None]:
        self._stopped.clear()
        work: list[Callable[[], None]] = [self._write] * editors + [self._read] * readers
        work += [self._upload] * uploaders
        threads = [threading.Thread(target=self._record_faults, args=[target], daemon=True) for target in work]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            for thread in threads:
                thread.join()

    def _record_faults(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - reported, whatever it is
            self.faults.append(f"A thread stopped: {error!r}")

    def _write(self) -> None:
        """Write one story after another, each with all steps unless a response is missing."""
        visitor = Visitor(self.portal.port, dict(self.staff))
        story = self.ledger.start_story()
        while not self._stopped.is_set():
            if not story.next_step:
                story = self.ledger.start_story()
            if not self.send_step(visitor, story):
                # Wait before the next try.
                time.sleep(0.05)

    def _read(self) -> None:
        visitor = Visitor(self.portal.port)
        chance = random.Random(threading.get_ident())  # noqa: S311
        while not self._stopped.is_set():
            known = self.ledger.published()
            paths = [*PUBLIC_PATHS, story_path(chance.choice(known).token)] if known else [*PUBLIC_PATHS]
            path = chance.choice(paths)
            if not self.read(visitor, path).status:
                time.sleep(0.05)

    def _upload(self) -> None:
        """Upload one picture after another with the picker of the editor."""
        visitor = Visitor(self.portal.port, dict(self.staff))
        while not self._stopped.is_set():
            name = self.ledger.new_name()
            fields = {"csrfmiddlewaretoken": visitor.cookies["csrftoken"], "alt": name}
            answer = _time_request(
                self.saves, "upload", lambda fields=fields: visitor.upload(UPLOAD_PATH, fields, random_png())
            )
            if answer.status == 201:
                self.ledger.pictures.append(name)
            else:
                time.sleep(0.05)

    def read(self, visitor: Visitor, path: str) -> Answer:
        return _time_request(self.reads, path, lambda: visitor.get(path))

    @contextmanager
    def _count_save(self) -> Iterator[None]:
        with self._lock:
            self.saving += 1
        try:
            yield
        finally:
            with self._lock:
                self.saving -= 1

    def send_step(self, visitor: Visitor, story: Story) -> bool:
        """Take the next step of the story. Return True if it was acknowledged with a redirect. If the form cannot be
        loaded, the step is not sent."""
        step = story.next_step
        path = _step_path(story, step)
        page = self.read(visitor, path)
        if page.status != 200:
            return False
        fields = fill_form(page.body, story, step, self.portal.fixture_keys)
        story.attempted.append(step)
        with self._count_save():
            answer = _time_request(self.saves, step, lambda: visitor.post(path, fields))
        if answer.status != 302 or "/login/" in answer.location:
            return False
        if step == "added":
            story.pk = answer.location.rstrip("/").split("/")[-2]
        story.acknowledged.append(step)
        return True


def _step_path(story: Story, step: str) -> str:
    paths = {"added": "add/", "edited": f"{story.pk}/change/", "published": f"{story.pk}/step/force/"}
    return ARTICLE_ADMIN_PATH + paths[step]


def fill_form(page: str, story: Story, step: str, keys: dict[str, Any]) -> Fields:
    """Return the fields of the form with the text of the story."""
    if step == "published":
        return {**fields_of(page, having="reason"), "reason": ["It cannot wait."]}
    version = 1 if step == "added" else 2
    text = story_text(story.token, version)
    fields = fields_of(page, having="standfirst")
    fields |= {name: [text[name]] for name in ("title", "standfirst", "body")}
    fields |= {"section": [str(keys["section"])], "dateline_on": [DATELINE.isoformat()], "tags": text["tags"]}
    fields |= {"slug": [f"story-{story.token}"], "_continue": ["1"]}
    first, second = keys["people"]
    rows = [("person", first), ("organization", keys["organization"]), ("person", second)]
    for number, ((kind, key), label) in enumerate(zip(rows, text["mentions"], strict=False)):
        prefix = f"mentions-{number}"
        fields |= {f"{prefix}-{kind}": [str(key)], f"{prefix}-label": [label], f"{prefix}-order": [str(number)]}
    return fields | {"mentions-TOTAL_FORMS": [str(len(text["mentions"]))]}


def _time_request(replies: list[Reply], action: str, send: Callable[[], Answer]) -> Answer:
    started = time.monotonic()
    answer = send()
    status = str(answer.status) if answer.status else "no response"
    if answer.status == 503 and "retry-after" not in answer.headers:
        status = "503 without Retry-After"
    replies.append(Reply(started, time.monotonic() - started, status, action))
    return answer
