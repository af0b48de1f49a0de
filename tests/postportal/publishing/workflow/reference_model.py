"""A reference model of one item, written from the rules and not from the code."""

import datetime as dt
from dataclasses import dataclass, field

NEEDS_CONTROL = {"force", "withdraw", "unpublish", "reinstate"}
SHOWN = ("scheduled", "published")


@dataclass
class ReferenceItem:
    """An item. `draft` is the text that editors see, `text` that of the row, `row` the state of the row, `stage` that
    of the edition. `ends` maps each text to its expiry."""

    draft: str
    by: str
    chiefs: frozenset[str]
    text: str = ""
    row: str = "draft"
    stage: str | None = "draft"
    since: dt.datetime | None = None
    due_at: dt.datetime | None = None
    scheduled_by: str = ""
    is_approved: bool = False
    has_changes: bool = False
    was_public: bool = False
    public_title: str = ""
    changes: int = 0
    writers: set[str] = field(default_factory=set)
    ends: dict[str, dt.datetime | None] = field(default_factory=dict)
    # The people involved in each publication without review.
    forced: list[set[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = self.draft
        self.writers, self.ends[self.draft] = {self.by}, None

    # Readers ----------------------------------------------------------------------------------------------------------

    def is_public(self, now: dt.datetime) -> bool:
        return self.since is not None and self.since <= now

    def is_expired(self, now: dt.datetime) -> bool:
        end = self.ends[self.text]
        return end is not None and end <= now

    def is_listed(self, now: dt.datetime) -> bool:
        return self.row in SHOWN and self.is_public(now) and not self.is_expired(now)

    def page(self, now: dt.datetime) -> tuple[int, set[str]]:
        """Return the status of the page, and the titles that it may show."""
        if self.row == "unpublished":
            return (410, {self.public_title}) if self.was_public else (404, set())
        if self.row in SHOWN and self.is_expired(now):
            return 410, {self.text}
        is_shown = self.row in (*SHOWN, "withdrawn") and self.is_public(now)
        return (200, {self.text}) if is_shown else (404, set())

    def publish_due(self, now: dt.datetime) -> None:
        """Publish what is due, as the first request does."""
        if self.stage == "scheduled" and self.due_at and self.due_at <= now:
            self._publish(self.due_at, by=self.scheduled_by)

    # Saving -----------------------------------------------------------------------------------------------------------

    @property
    def is_known(self) -> bool:
        """Return True if changes are stored beside the live text until they are published."""
        return self.row in ("published", "withdrawn")

    def can_expire_at(self, end: dt.datetime | None) -> bool:
        return end is None or self.since is None or end > self.since

    def save(self, token: str, *, by: str, end: dt.datetime | None) -> None:
        if self.stage is None:
            self.stage, self.writers = "draft", set()
        self.writers.add(by)
        self.is_approved = False
        self.draft, self.ends[token] = token, end
        if self.is_known:
            self.has_changes = True
        else:
            self.text = token
        self.changes += 1

    # Steps ------------------------------------------------------------------------------------------------------------

    def is_allowed(self, name: str, *, by: str, at: dt.datetime) -> bool:
        """Return True if `by` can take the step, which takes effect at `at`."""
        is_chief = by in self.chiefs
        if name in NEEDS_CONTROL and not is_chief:
            return False
        is_reviewed = self.is_approved or by not in self.writers or self.stage is None
        is_protected = self.row == "unpublished" and not is_chief
        is_open = self.stage in ("draft", "review") or (self.stage is None and self.row == "unpublished")
        end = self.ends[self.draft]
        lasts = self.is_known or end is None or end > at
        can_go_live = lasts and is_reviewed and not is_protected
        return {
            "submit": self.stage == "draft",
            "return": self.stage == "review",
            "approve": self.stage == "review" and by not in self.writers,
            "publish": can_go_live and (is_open or (self.stage == "scheduled" and is_chief)),
            "schedule": can_go_live and is_open,
            "unschedule": self.stage == "scheduled" and is_chief,
            "force": lasts and self.stage in ("draft", "review"),
            "review": self.is_known and any(by not in people for people in self.forced),
            "withdraw": self.row == "published",
            "unpublish": self.is_known,
            "reinstate": self.row == "withdrawn",
            "discard": self.stage in ("draft", "review") and self.has_changes,
        }[name]

    def perform(self, name: str, *, by: str, at: dt.datetime, due_at: dt.datetime | None) -> None:
        self.changes += 1
        if name in ("publish", "force"):
            if name == "force":
                self.forced.append({*self.writers, by})
            self._publish(at, by=by)
        elif name == "schedule":
            self.stage, self.due_at, self.scheduled_by = "scheduled", due_at, by
            if not self.is_known:
                self.row, self.since = "scheduled", due_at
        elif name == "unschedule":
            self.stage, self.due_at = "draft", None
            if self.row == "scheduled":
                self.row, self.since = "draft", None
        elif name in ("submit", "return", "approve"):
            self._hand_over(name)
        elif name == "review":
            self.forced = [people for people in self.forced if by in people]
        elif name == "discard":
            self.stage, self.draft, self.has_changes = None, self.text, False
        else:
            self._change_row(name, at)

    def _hand_over(self, name: str) -> None:
        self.stage = "draft" if name == "return" else "review"
        self.is_approved = name == "approve" or (self.is_approved and name == "submit")

    def _change_row(self, name: str, at: dt.datetime) -> None:
        self.row = {"withdraw": "withdrawn", "unpublish": "unpublished", "reinstate": "published"}[name]
        if name == "unpublish":
            self.was_public, self.public_title = self.is_public(at), self.text
            if self.has_changes:
                self.stage, self.due_at, self.text, self.has_changes = "draft", None, self.draft, False

    def _publish(self, at: dt.datetime, *, by: str) -> None:
        if self.row in ("draft", "scheduled") or self.since is None:
            self.since = at
        if self.row != "withdrawn":
            self.row = "published"
        self.text, self.stage, self.due_at, self.has_changes = self.draft, None, None, False
        self.writers, self.is_approved = set(), False
        self.changes += 1
