import datetime as dt
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from django.db import Error, connection, models, transaction
from django.db.models import Exists, OuterRef, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from postportal.web.date_fields import RangedDateField

logger = logging.getLogger(__name__)

RETENTION_DAYS = 90
# More new texts in a day come from a script, not from readers.
MAX_NEW_PER_DAY = 2000
MAX_TEXT_LENGTH, MAX_SEARCH_WORDS = 60, 6
# The longest time that a reader waits for another writer of the database.
LOCK_TIMEOUT_MS = 50
# Email addresses, and numbers of parcels, telephones and identity cards, but not serial numbers of stamps (2016-4).
_PERSONAL_DATA = re.compile(r"@|(?<!\d)(?!\d{4}-\d{1,2}(?!\d))\d(?:\W?\d){4}")


class ZeroResultSearchQuerySet(models.QuerySet["ZeroResultSearch"]):
    def retained(self, today: dt.date) -> Self:
        """Keep the days of the last RETENTION_DAYS."""
        return self.filter(day__gt=today - dt.timedelta(days=RETENTION_DAYS))

    def by_text(self, today: dt.date) -> Self:
        """Keep the last day of each text and language, with the number of searches on all days as `total`."""
        same = self.model.objects.retained(today).filter(text=OuterRef("text"), language=OuterRef("language"))
        sums = same.order_by().values("text").annotate(sum=Sum("times")).values("sum")
        later = same.filter(day__gt=OuterRef("day"))
        return self.retained(today).filter(~Exists(later)).annotate(total=Subquery(sums))


class ZeroResultSearch(models.Model):
    """The number of searches for a text on a day that found nothing. Neither the reader nor the time is stored."""

    text = models.CharField(_("search text"), max_length=MAX_TEXT_LENGTH)
    language = models.CharField(_("language"), max_length=10)
    day = RangedDateField(_("day"), db_index=True)
    times = models.PositiveIntegerField(_("searches"), default=1)

    objects = ZeroResultSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")
        constraints = [
            models.UniqueConstraint(fields=["text", "language", "day"], name="search_zero_result_once_a_day")
        ]

    def __str__(self) -> str:
        return self.text


def count_search(text: str, *, language: str, today: dt.date) -> None:
    """Count one more search without results, and delete days older than RETENTION_DAYS. Never raise a database error:
    readers get the page even if the search cannot be counted."""
    text = text.casefold()
    if not text or len(text) > MAX_TEXT_LENGTH or len(text.split()) > MAX_SEARCH_WORDS or _PERSONAL_DATA.search(text):
        return
    try:
        with _short_lock_timeout(), transaction.atomic():
            _increment(text, language, today)
    except Error:
        logger.warning("Could not count a search without results.", exc_info=True)


def _increment(text: str, language: str, today: dt.date) -> None:
    row = ZeroResultSearch.objects.filter(text=text, language=language, day=today)
    if row.update(times=models.F("times") + 1) or ZeroResultSearch.objects.filter(day=today).count() >= MAX_NEW_PER_DAY:
        return
    with connection.cursor() as cursor:
        # Another process may have inserted the same row in the meantime.
        cursor.execute(
            "INSERT INTO search_zeroresultsearch (text, language, day, times) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (text, language, day) DO UPDATE SET times = search_zeroresultsearch.times + 1",
            [text, language, today],
        )
    ZeroResultSearch.objects.filter(day__lte=today - dt.timedelta(days=RETENTION_DAYS)).delete()


@contextmanager
def _short_lock_timeout() -> Iterator[None]:
    """Shorten the lock timeout on SQLite, which has one writer at a time: an import can write for seconds."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        [before] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {LOCK_TIMEOUT_MS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
