import datetime as dt
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from django.db import Error, connection, models, transaction
from django.db.models import Exists, OuterRef, Subquery, Sum
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

KEPT_DAYS = 90
# More new texts than readers type in a day are a machine's.
MOST_A_DAY = 2000
LONGEST, MOST_WORDS = 60, 6
# A reader waits no longer than this for somebody who is writing.
WAITS_MILLISECONDS = 50
# Numbers of parcels, telephones and people, and addresses of e-mail; a serial number of stamps (2016-4) is none.
_PRIVATE = re.compile(r"@|(?<!\d)(?!\d{4}-\d{1,2}(?!\d))\d(?:\W?\d){4}")


class VainSearchQuerySet(models.QuerySet["VainSearch"]):
    def kept(self, today: dt.date) -> Self:
        return self.filter(day__gt=today - dt.timedelta(days=KEPT_DAYS))

    def by_text(self, today: dt.date) -> Self:
        """Keep the last day of each text and language, with how often it was asked in all days as `total`."""
        kept = self.model.objects.kept(today).filter(text=OuterRef("text"), language=OuterRef("language"))
        sums = kept.order_by().values("text").annotate(sum=Sum("times")).values("sum")
        later = kept.filter(day__gt=OuterRef("day"))
        return self.kept(today).filter(~Exists(later)).annotate(total=Subquery(sums))


class VainSearch(models.Model):
    """How often a text was searched for in vain on a day. Who asked, and when, is not noted."""

    text = models.CharField(_("searched for"), max_length=LONGEST)
    language = models.CharField(_("language"), max_length=10)
    day = models.DateField(_("day"), db_index=True)
    times = models.PositiveIntegerField(_("times"), default=1)

    objects = VainSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        constraints = [models.UniqueConstraint(fields=["text", "language", "day"], name="search_vain_once_a_day")]

    def __str__(self) -> str:
        return self.text


def note(text: str, *, language: str, today: dt.date) -> None:
    """Count one more search in vain, and forget the days before the last 90. Raises nothing: a reader gets the page
    whether or not it is counted."""
    text = text.casefold()
    if not text or len(text) > LONGEST or len(text.split()) > MOST_WORDS or _PRIVATE.search(text):
        return
    try:
        with _short_wait(), transaction.atomic():
            _count(text, language, today)
    except Error:
        logger.warning("A search that found nothing was not counted.", exc_info=True)


def _count(text: str, language: str, today: dt.date) -> None:
    row = VainSearch.objects.filter(text=text, language=language, day=today)
    if row.update(times=models.F("times") + 1) or VainSearch.objects.filter(day=today).count() >= MOST_A_DAY:
        return
    with connection.cursor() as cursor:
        # Somebody else may have asked the same in this moment.
        cursor.execute(
            "INSERT INTO search_vainsearch (text, language, day, times) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (text, language, day) DO UPDATE SET times = search_vainsearch.times + 1",
            [text, language, today],
        )
    VainSearch.objects.filter(day__lte=today - dt.timedelta(days=KEPT_DAYS)).delete()


@contextmanager
def _short_wait() -> Iterator[None]:
    """SQLite has one writer at a time, and an import can hold that place for seconds."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        [before] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {WAITS_MILLISECONDS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
