"""Columns of the lists of items: picture, writer, last change, and what the item waits for."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from postportal.publishing.models import PUBLIC_STATES, Assignment, Authorship, Edition, Revision
from postportal.publishing.models.edition import Stage
from postportal.staff.account_names import full_name_or_username
from postportal.staff.change_list import LoadingChangeList
from postportal.web.personal_zone import in_personal_zone


@dataclass
class RowWork:
    """Work on one item, as the list shows it: its open edition, its newest version, and who works on it."""

    edition: Edition | None = None
    version: Revision | None = None
    assignment: Assignment | None = None
    # None where they never changed: whoever created the item.
    authors: list[str] | None = None


class ItemChangeList(LoadingChangeList):
    """Loads the work on the rows of one page, in four queries."""

    def load_for_rows(self, rows: list[Any]) -> None:
        work = {row.pk: RowWork() for row in rows}
        editions = Edition.objects.of_model(self.model).open().filter(object_id__in=list(work)).defer("content")
        for edition in editions.order_by("pk") if rows else ():
            work[edition.object_id].edition = edition
        for version in _newest_versions(self.model, list(work)) if rows else ():
            work[version.object_id].version = version
        of_rows = {"object_id__in": list(work)}
        assignments = Assignment.objects.of_model(self.model).filter(**of_rows).select_related("user")
        for assignment in assignments if rows else ():
            work[assignment.object_id].assignment = assignment
        authors = Authorship.objects.of_model(self.model).current().filter(**of_rows).select_related("user").in_order()
        for author in authors if rows else ():
            names = work[author.object_id].authors = work[author.object_id].authors or []
            names.append(full_name_or_username(author.user))
        for row in rows:
            row.list_work = work[row.pk]


def _newest_versions(model: Any, pks: list[int]) -> QuerySet[Revision]:
    newer = Revision.objects.of_model(model).filter(object_id=OuterRef("object_id"), number__gt=OuterRef("number"))
    of_rows = Revision.objects.of_model(model).filter(object_id__in=pks).exclude(Exists(newer))
    return of_rows.select_related("by").defer("content").order_by("pk")


class ItemColumns(admin.ModelAdmin):
    """Mixin with the columns. On pages without a loaded list, such as an export, rows have no `list_work`."""

    @admin.display(description=gettext_lazy("picture"))
    def picture(self, row: Any) -> SafeString | str:
        image = row.lead_image
        if image is None:
            return "–"
        source = image.sources("stamp")[0]
        markup = '<img class="thumbnail" src="{}" width="{}" height="{}" alt="" loading="lazy">'
        return format_html(markup, source.url, source.width, source.height)

    @admin.display(description=gettext_lazy("writer"), ordering="created_by__username")
    def writer(self, row: Any) -> SafeString | str:
        """Return who writes the item, and whom it is assigned to: in one column, since lists have no room for two."""
        work = work_of(row)
        names = ", ".join(work.authors) if work.authors else full_name_or_username(row.created_by) or "–"
        return format_html("{}<br>{}", names, _assigned(work.assignment)) if work.assignment else names

    @admin.display(description=gettext_lazy("changed"), ordering="modified_at")
    def changed(self, row: Any) -> SafeString | str:
        version = work_of(row).version
        if version is None or version.at < row.modified_at - dt.timedelta(minutes=1):
            return _short_time(row.modified_at)
        name = full_name_or_username(version.by)
        return format_html("{}<br>{}", _short_time(version.at), name) if name else _short_time(version.at)


def _assigned(assignment: Assignment) -> SafeString:
    line = format_html('<span class="quiet">→ {}</span>', full_name_or_username(assignment.user) or "–")
    if assignment.due_on is None:
        return line
    line = format_html("{}<br>{}", line, date_format(assignment.due_on, "SHORT_DATE_FORMAT"))
    if not assignment.is_overdue_on(timezone.localdate()):
        return line
    return format_html('{} <span class="badge badge-expired">{}</span>', line, gettext("Overdue"))


def work_of(row: Any) -> RowWork:
    work: RowWork = getattr(row, "list_work", RowWork())
    return work


def goes_out_at(row: Any, at: dt.datetime) -> dt.datetime | None:
    """Return when the item or its unpublished changes become public, None if that is not settled or has happened."""
    edition = work_of(row).edition
    if edition and edition.stage == Stage.SCHEDULED:
        return edition.due_at
    planned: dt.datetime | None = row.publish_at
    return planned if planned and planned > at and row.state in PUBLIC_STATES else None


def waiting_since_at(row: Any) -> dt.datetime | None:
    """Return since when the item is in review."""
    edition = work_of(row).edition
    return edition.submitted_at if edition and edition.stage == Stage.REVIEW else None


def with_times(badges: SafeString, row: Any) -> SafeString:
    """Return the badges of a row with the time at which it goes out, or since when it is in review."""
    if goes_out := goes_out_at(row, timezone.now()):
        line = gettext("Public from %(time)s") % {"time": _short_time(goes_out)}
    elif waiting_since := waiting_since_at(row):
        line = gettext("Since %(time)s") % {"time": _short_time(waiting_since)}
    else:
        return badges
    return format_html('{} <span class="quiet list-time">{}</span>', badges, line)


def _short_time(at: dt.datetime) -> str:
    return date_format(in_personal_zone(at), "SHORT_DATETIME_FORMAT")
