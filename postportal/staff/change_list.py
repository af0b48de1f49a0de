"""The list of rows behind each page of the staff side with one."""

import datetime as dt
from typing import Any, cast

from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

from postportal.staff.long_texts import long_text_columns
from postportal.web.personal_zone import personal_zone

# Between years that are further apart, as with a mistyped one, most would have no rows.
MAX_YEARS = 100


class DeferringChangeList(ChangeList):
    """Changelist that does not load long texts: a page of fifty rows would carry megabytes of them. It counts days in
    the time zone of the person."""

    def get_filters(self, request: HttpRequest) -> Any:
        """Return the filters and the drill-down by date, which ask Django for the beginning of days."""
        with timezone.override(self.zone):
            return super().get_filters(request)

    @property
    def zone(self) -> dt.tzinfo:
        return personal_zone()

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> models.QuerySet[Any]:
        return super().get_queryset(request, exclude_parameters).defer(*long_text_columns(self.model))

    @cached_property
    def year_links(self) -> list[dict[str, str]]:
        """Return the years from the first to the last row, whatever is filtered, each with its link, until a year is
        chosen. Only for lists with rows of every year: Django finds the years by asking for that of each row, which is
        left to it if they are far apart."""
        name, options = self.date_hierarchy, cast(Any, self.model_admin)
        if not options.has_every_year or any(key.startswith(f"{name}__") for key in self.params):
            return []
        rows = self.root_queryset.order_by(name).values_list(name, flat=True)
        ends = [_local_day(end, self.zone) for end in (rows.first(), rows.last()) if end]
        years = range(ends[0].year, ends[1].year + 1) if ends else range(0)
        if len(years) > MAX_YEARS:
            return []
        return [
            {"title": str(year), "link": self.get_query_string({f"{name}__year": year}, [f"{name}__"])}
            for year in years
        ]

    def load_for_rows(self, rows: list[Any]) -> None:
        """Load what the columns show besides the rows themselves, for a page of the list or a part of an export."""


class LoadingChangeList(DeferringChangeList):
    """Base of the lists whose columns show more than the rows: loaded for those of one page. As annotations, databases
    would compute it for every row of the table that has to be sorted."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        self.load_for_rows(rows)
        # What is shown has to be what was loaded.
        self.result_list = rows


def _local_day(value: dt.date, zone: dt.tzinfo) -> dt.date:
    return value.astimezone(zone).date() if isinstance(value, dt.datetime) else value
