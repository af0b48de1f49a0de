"""Work queue, quick searches and link targets of services and stamps."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.checks import register_check
from postportal.publishing.workflow.status import status_of
from postportal.richtext import link_targets
from postportal.staff import quick_search, work_queues
from postportal.staff.permissions import viewable_models
from postportal.staff.work_queues import LinkedItem
from services.issue_faults import issue_faults
from services.models import Hotline, HotlineNumber, Stamp, StampIssue
from services.models.issue_warnings import warnings_of
from services.number_faults import number_faults
from services.stray_numbers import StrayNumbers

# Half a year. Telephone numbers change rarely, but they do.
VERIFICATION_PERIOD = dt.timedelta(days=182)
work_queues.register_work_queue(StrayNumbers)
register_check(number_faults, passed=gettext_lazy("Telephone numbers are in the register"))
register_check(
    issue_faults,
    passed=gettext_lazy("Dates, sums and counts agree"),
    applies_to=lambda model: issubclass(model, StampIssue),
)
link_targets.register_link_target(
    "services:stamp_issue", rows=StampIssue.objects.reachable, key_columns={"slug": "slug"}
)
link_targets.register_link_target(
    "services:stamp",
    rows=lambda at: Stamp.objects.filter(issue__in=StampIssue.objects.reachable(at)),
    key_columns={"slug": "issue__slug", "position": "position"},
)


@work_queues.register_work_queue
class UnverifiedHotlinesQueue(work_queues.QuerySetQueue):
    name, order = "hotlines", 90
    label, action_label = gettext_lazy("Hotlines due for verification"), gettext_lazy("Verify")
    hint = gettext_lazy("Not verified in the last six months.")

    def models(self) -> Iterable[type[Model]]:
        return [Hotline]

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        if not viewable_models(user, [Hotline]):
            return []
        due_before = timezone.localdate(at) - VERIFICATION_PERIOD
        hotlines = Hotline.objects.published(at).in_service(timezone.localdate(at))
        hotlines = hotlines.filter(Q(verified_on__isnull=True) | Q(verified_on__lt=due_before))
        return [hotlines.order_by(F("verified_on").asc(nulls_first=True), "pk")]

    def to_item(self, row: Hotline) -> LinkedItem:
        item = super().to_item(row)
        day = row.verified_on and date_format(row.verified_on)
        detail = _("last verified on %(day)s") % {"day": day} if day else _("never verified")
        return LinkedItem(text=item.text, url=item.url, kind=item.kind, detail=detail)


@work_queues.register_work_queue
class StampIssueWarningsQueue(work_queues.QuerySetQueue):
    name, order = "stamp-warnings", 92
    label, action_label = gettext_lazy("Stamp issues to check"), gettext_lazy("Check")
    hint = gettext_lazy("Sums, counts or dates contradict each other, or a serial number is missing.")

    def models(self) -> Iterable[type[Model]]:
        return [StampIssue]

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        if not viewable_models(user, [StampIssue]):
            return []
        after_a_gap = StampIssue.objects.after_a_gap().values("pk")
        found = StampIssue.objects.filter(Q(warning_count__gt=0) | Q(pk__in=after_a_gap))
        return [found.order_by("-year", "-number", "-pk").prefetch_related("stamps")]

    def to_item(self, row: StampIssue) -> LinkedItem:
        item = super().to_item(row)
        warnings = warnings_of(row)
        detail = warnings[0].text if warnings else _("The serial number before this is missing.")
        return LinkedItem(text=item.text, url=item.url, kind=item.kind, detail=detail)


@quick_search.register_quick_search
class StampIssueQuickSearch(quick_search.QuickSearch):
    name, label, model, order = "stampissue", gettext_lazy("Stamp issues"), StampIssue, 20
    name_fields = ("folded_title", "folded_title_zh", "serial_spellings", "slug")

    def detail(self, row: StampIssue, at: dt.datetime) -> str:
        return str(status_of(row, at).label)


@quick_search.register_quick_search
class HotlineQuickSearch(quick_search.QuickSearch):
    name, label, model, order = "hotline", gettext_lazy("Hotlines"), Hotline, 60
    name_fields = ("folded_purpose", "folded_purpose_zh")

    def matches_name(self, word: str) -> Q:
        numbers = HotlineNumber.objects.filter(
            Q(e164__icontains=word) | Q(short_code__icontains=word) | Q(as_printed__icontains=word)
        )
        return super().matches_name(word) | Q(pk__in=numbers.values("hotline"))

    def matching_rows(self, text: str) -> QuerySet[Any]:
        return super().matching_rows(text).prefetch_related("numbers")

    def detail(self, row: Hotline, at: dt.datetime) -> str:
        return str(row.show_numbers_of(timezone.localdate(at)).state.label)
