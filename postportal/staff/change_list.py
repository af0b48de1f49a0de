"""The list of rows behind each page of the staff side with one."""

import datetime as dt
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from postportal.staff.long_texts import long_text_columns
from postportal.web.personal_zone import personal_zone


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

    def load_for_rows(self, rows: list[Any]) -> None:
        """Load what the columns show besides the rows themselves, for a page of the list or a part of an export."""
