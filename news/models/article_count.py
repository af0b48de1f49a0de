"""Kept numbers of articles, so that no list has to count the archive."""

import datetime as dt
from enum import StrEnum
from typing import Self

from django.db import models
from django.db.models.functions import Cast, Replace, Substr

# The month in which articles without an end expire: later than any other.
NEVER = 999999
# The month in which articles that have been published became public: earlier than any other.
ALWAYS = 0
KEY = ("facet", "key", "language", "section", "period", "expires_in", "opens_in")


class Facet(StrEnum):
    """A property that articles are counted by, besides language, section and year."""

    ARTICLES = "articles"
    MONTH = "month"
    SOURCE = "source"
    TAG = "tag"
    PERSON = "person"
    ORGANIZATION = "organization"


class ArticleCountQuerySet(models.QuerySet["ArticleCount"]):
    def public_in(self, month: int) -> Self:
        """Leave out the articles that expired before the month or are scheduled for a later one. It is a `month_number`
        in UTC."""
        return self.filter(expires_in__gte=month, opens_in__lte=month)


class ArticleCount(models.Model):
    """The number of articles that are public at some time, for one value of a facet. Written by the triggers of
    news/count_triggers.py only. Which of these are not public at a given time is asked of the articles
    (news/archive.py): these are few.

    A number may be spread over several rows, which are added up. On SQLite, which has one writer at a time, there is
    one row, of batch 0. On PostgreSQL each transaction has rows of its own, so that none waits for another; `fold`
    (news/kept_counts.py) adds them to those of batch 0."""

    # Copies of the portal do not get these rows, but make them from the articles.
    is_kept_by_triggers = True

    pk = models.CompositePrimaryKey(*KEY, "batch")
    facet = models.CharField(max_length=12)
    # Primary key of the source, tag, person or organization.
    key = models.BigIntegerField(default=0)
    language = models.CharField(max_length=10)
    # Primary key, or 0 for months, which are counted for all sections together.
    section = models.BigIntegerField()
    # 2021, or 202112 for a month.
    period = models.PositiveIntegerField()
    # 202112 for articles that expire in December 2021 (UTC).
    expires_in = models.PositiveIntegerField(default=NEVER)
    # 202112 for articles that are scheduled for December 2021 (UTC), until they are published.
    opens_in = models.PositiveIntegerField(default=ALWAYS)
    batch = models.BigIntegerField(default=0)
    count = models.IntegerField()

    objects = ArticleCountQuerySet.as_manager()

    class Meta:
        verbose_name = "article count"
        verbose_name_plural = "article counts"
        indexes = [models.Index(fields=["batch"], condition=~models.Q(batch=0), name="article_count_to_fold")]

    def __str__(self) -> str:
        return f"{self.facet} {self.key} {self.period}: {self.count}"


def month_of(field: str) -> Cast:
    """Return the expression for the month of a date in the database. It is taken from the text, since for date
    functions SQLite would call Python for every row."""
    text = Substr(Cast(field, models.CharField()), 1, len("2021-12"))
    return Cast(Replace(text, models.Value("-")), models.IntegerField())


def month_number(day: dt.date) -> int:
    return day.year * 100 + day.month
