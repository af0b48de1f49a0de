"""Stamp issues by year, in the order of the programme, and after gaps in their numbers."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from news.models.partial_dates import Precision
from postportal.publishing.models import PubliclyTimedQuerySet
from services.models import programme_order
from services.models.serials import RUNNING_NUMBERINGS


class StampIssueQuerySet(PubliclyTimedQuerySet):
    def of_year(self, year: int | None) -> Self:
        """Keep the issues of a year; for None, those without a known year."""
        return self.of_years([year])

    def of_years(self, years: list[int | None]) -> Self:
        known = Q(year__in=[year for year in years if year is not None])
        return self.filter(known | Q(year__isnull=True) if None in years else known)

    def counts_by_year(self) -> dict[int | None, int]:
        """Return the number of issues by year, newest year first, unknown year last."""
        return dict(self.values_list("year").annotate(Count("pk")).order_by(F("year").desc(nulls_last=True)))

    def in_programme_order(self) -> Self:
        """Order by year, then date of issue, then serial number, unknown values last."""
        return self.order_by(*programme_order.ascending_order())

    def neighbours_of(self, issue: models.Model) -> dict[str, Any]:
        """Return the issues next to it in programme order as "previous_issue" and "next_issue", if there are any."""
        return programme_order.neighbours(self.for_lists(), issue)

    def after_a_gap(self) -> Self:
        """Keep the issues of which the number before is not in the register, although lower ones are."""
        series = self.model._default_manager.filter(numbering=OuterRef("numbering"), series=OuterRef("series"))
        series = series.filter(Q(year=OuterRef("year")) | Q(numbering__in=RUNNING_NUMBERINGS))
        has_lower, has_previous = (
            Exists(series.filter(number__lt=OuterRef("number"))),
            Exists(series.filter(number=OuterRef("number") - 1)),
        )
        return self.filter(has_lower, ~has_previous, number__isnull=False)

    def upcoming(self, day: dt.date, *, month: dt.date, year: dt.date) -> Self:
        """Keep the issues with a date of issue that is still to come on `day`. Those of a month or a year without a day
        stay until it is over. `month` and `year` are the first days of those of `day`."""
        to_come = (
            Q(issued_on__gt=day)
            | Q(issued_precision=Precision.MONTH, issued_on__gte=month)
            | Q(issued_precision=Precision.YEAR)
        )
        return self.filter(to_come, issued_on__gte=year, is_cancelled=False)

    def newest_first(self) -> Self:
        return self.order_by(F("issued_on").desc(nulls_last=True), F("number").desc(nulls_last=True), "-pk")

    def latest_published_first(self) -> Self:
        """Order by publication, newest first, whatever the date of issue."""
        return self.order_by("-publish_at", "-pk")

    def for_lists(self) -> Self:
        return self.select_related("lead_image").defer("body", "body_text", "where_to_buy")
