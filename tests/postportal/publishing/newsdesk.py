"""What has to be true of one article, whoever does what when: written from the rules, not from the code."""

import datetime as dt
from dataclasses import dataclass, field

PUBLISHER = "Pia"
ONLY_A_PUBLISHER = {"force", "withdraw", "unpublish", "reinstate"}


@dataclass
class Newsdesk:
    """`draft` is what its editors see, `text` what its row says, `row` the state of that, `stage` that of the work."""

    draft: str
    by: str
    text: str = ""
    row: str = "draft"
    stage: str | None = "draft"
    since: dt.datetime | None = None
    due_at: dt.datetime | None = None
    is_approved: bool = False
    changes: int = 0
    writers: set[str] = field(default_factory=set)
    ever_saved: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.text = self.draft
        self.writers, self.ever_saved = {self.by}, {self.draft}

    # What readers see -------------------------------------------------------------------------------------------------

    def is_out(self, now: dt.datetime) -> bool:
        return self.since is not None and self.since <= now

    def is_listed(self, now: dt.datetime) -> bool:
        return self.row in ("scheduled", "published") and self.is_out(now)

    def status_of_page(self, now: dt.datetime) -> int:
        if self.row == "unpublished" and self.was_out:
            return 410
        return 200 if self.row in ("scheduled", "published", "withdrawn") and self.is_out(now) else 404

    was_out: bool = False

    def settle(self, now: dt.datetime) -> None:
        """What is due goes out, with the first look at anything."""
        if self.stage == "scheduled" and self.due_at and self.due_at <= now:
            self._go_out(self.due_at)

    # Saving -----------------------------------------------------------------------------------------------------------

    @property
    def is_known(self) -> bool:
        """Readers know it, so what is written waits beside it."""
        return self.row in ("published", "withdrawn")

    def saved(self, token: str, *, by: str) -> None:
        if self.stage is None:
            self.stage, self.writers, self.is_approved = "draft", set(), False
        self.writers.add(by)
        self.is_approved = False
        self.draft = token
        if not self.is_known:
            self.text = token
        self.ever_saved.add(token)
        self.changes += 1

    # Steps ------------------------------------------------------------------------------------------------------------

    def may(self, name: str, *, by: str) -> bool:
        if name in ONLY_A_PUBLISHER and by != PUBLISHER:
            return False
        is_read = self.is_approved or by not in self.writers or self.stage is None
        is_kept_down = self.row == "unpublished" and by != PUBLISHER
        is_open = self.stage in ("draft", "review") or (self.stage is None and self.row == "unpublished")
        return {
            "submit": self.stage == "draft",
            "return": self.stage == "review",
            "approve": self.stage == "review" and by not in self.writers,
            "publish": is_read and not is_kept_down and (is_open or (self.stage == "scheduled" and by == PUBLISHER)),
            "schedule": is_read and not is_kept_down and is_open,
            "unschedule": self.stage == "scheduled" and by == PUBLISHER,
            "force": self.stage in ("draft", "review"),
            "withdraw": self.row == "published",
            "unpublish": self.row in ("published", "withdrawn"),
            "reinstate": self.row == "withdrawn",
            "discard": self.stage in ("draft", "review") and self.is_known and self.draft != self.text,
        }[name]

    def take(self, name: str, *, at: dt.datetime, due_at: dt.datetime | None) -> None:
        self.changes += 1
        if name in ("publish", "force"):
            self._go_out(at)
        elif name == "schedule":
            self.stage, self.due_at = "scheduled", due_at
            if not self.is_known:
                self.row, self.since = "scheduled", due_at
        elif name == "unschedule":
            self.stage, self.due_at = "draft", None
            if self.row == "scheduled":
                self.row, self.since = "draft", None
        elif name == "submit":
            self.stage = "review"
        elif name == "return":
            self.stage, self.is_approved = "draft", False
        elif name == "approve":
            self.is_approved = True
        elif name == "discard":
            self.stage, self.draft = None, self.text
        else:
            self._change_row(name, at)

    def _change_row(self, name: str, at: dt.datetime) -> None:
        self.row = {"withdraw": "withdrawn", "unpublish": "unpublished", "reinstate": "published"}[name]
        if name == "unpublish":
            self.was_out = self.is_out(at)
            if self.stage is not None:
                self.stage, self.due_at, self.text = "draft", None, self.draft

    def _go_out(self, at: dt.datetime) -> None:
        if self.row in ("draft", "scheduled") or self.since is None:
            self.since = at
        if self.row != "withdrawn":
            self.row = "published"
        self.text, self.stage, self.due_at = self.draft, None, None
        self.writers, self.is_approved = set(), False
        self.changes += 1
