"""What the services put on the staff home, and what the staff side finds of them, and where their
addresses lead."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.workflow.status import status_of
from postportal.richtext import link_targets
from postportal.staff import quick_search, work_queues
from postportal.staff.permissions import viewable
from postportal.staff.work_queues import Entry
from services.models import Hotline, HotlineNumber, Stamp, StampIssue

# Half a year: numbers outlive people, but not by much.
LATELY = dt.timedelta(days=182)
link_targets.register("services:stamp_issue", rows=StampIssue.objects.reachable, columns={"slug": "slug"})
link_targets.register(
    "services:stamp",
    rows=lambda at: Stamp.objects.filter(issue__in=StampIssue.objects.reachable(at)),
    columns={"slug": "issue__slug", "position": "position"},
)
SERIAL = re.compile(r"([12][0-9]{3})-([0-9]{1,4})")


@work_queues.register
class UnverifiedHotlines(work_queues.RowsBox):
    name, order = "hotlines", 90
    label, fix = gettext_lazy("Hotlines not verified lately"), gettext_lazy("Call, then note the day")
    hint = gettext_lazy("Nobody has noted within half a year that the number was called and is right.")

    def models(self) -> Iterable[type[Model]]:
        return [Hotline]

    def rows(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        long_ago = timezone.localdate(at) - LATELY
        found = Hotline.objects.published(at).in_service()
        found = found.filter(Q(verified_on__isnull=True) | Q(verified_on__lt=long_ago))
        return [found.order_by(F("verified_on").asc(nulls_first=True), "pk")] if viewable(user, [Hotline]) else []

    def entry(self, row: Hotline) -> Entry:
        entry = super().entry(row)
        day = row.verified_on and date_format(row.verified_on, "j F Y")
        detail = _("last verified on %(day)s") % {"day": day} if day else _("never verified")
        return Entry(text=entry.text, address=entry.address, kind=entry.kind, detail=detail)


@quick_search.register
class StampIssues(quick_search.Findable):
    name, label, model, order = "stampissue", gettext_lazy("Stamp issues"), StampIssue, 20
    columns = ("title", "title_zh", "slug")

    def called(self, word: str) -> Q:
        serial = SERIAL.fullmatch(word)
        by_serial = Q(year=int(serial[1]), number=int(serial[2])) if serial else Q()
        return super().called(word) | by_serial

    def detail(self, row: StampIssue, at: dt.datetime) -> str:
        return str(status_of(row, at).label)


@quick_search.register
class Hotlines(quick_search.Findable):
    name, label, model, order = "hotline", gettext_lazy("Hotlines"), Hotline, 60
    columns = ("purpose", "purpose_zh")

    def called(self, word: str) -> Q:
        numbers = HotlineNumber.objects.filter(
            Q(e164__icontains=word) | Q(short_code__icontains=word) | Q(as_printed__icontains=word)
        )
        return super().called(word) | Q(pk__in=numbers.values("hotline"))

    def detail(self, row: Hotline, at: dt.datetime) -> str:
        return str(row.get_status_display())
