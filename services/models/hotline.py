import datetime as dt
import zoneinfo
from typing import Self
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.page_cache.recording import changes_at
from postportal.publishing.models import PubliclyTimedQuerySet, Releasable
from postportal.text.fields import FoldedField, LineField, LinesField
from postportal.text.folding import fold_name
from postportal.text.tidying import tidy_line
from postportal.web.date_fields import RangedDateField, RangedDateTimeField
from postportal.web.date_ranges import PUBLICATION_DAYS
from postportal.web.languages import localized_text
from postportal.web.personal_zone import zone_of
from postportal.web.slug_fields import SlugField
from postportal.web.slugged import Slugged
from services.models.day_plans import Timetable
from services.models.holiday import HolidayCalendar
from services.models.hotline_number import HotlineNumber
from services.models.hours_field import HoursField
from services.models.languages import LanguagesField, languages_in_words
from services.models.number_dates import NumbersOn, main_first, numbers_on
from services.models.service import Service


def validate_time_zone(name: str) -> None:
    """Raise ValidationError if the time zone database has no such name."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Unknown time zone. Enter a name such as Asia/Shanghai."))


def zone_of_hours(name: str) -> dt.tzinfo:
    """Return the time zone; that of the portal where there is none of this name, as in a form that is refused."""
    return zone_of(name) or timezone.get_default_timezone()


MAX_NEED_LENGTH = 60


def validate_needs(text: str) -> None:
    """Raise ValidationError if a line is too long for the index of needs."""
    for line in text.splitlines():
        if len(tidy_line(line)) > MAX_NEED_LENGTH:
            raise ValidationError(
                _("Shorten “%(need)s”: a need has at most %(count)s characters."),
                params={"need": line, "count": MAX_NEED_LENGTH},
            )


class HotlineQuerySet(PubliclyTimedQuerySet):
    def in_service(self, day: dt.date) -> Self:
        """Return the hotlines that can be called on this day. Those without numbers have other channels, or numbers
        that are not known yet."""
        numbers = HotlineNumber.objects.filter(hotline=OuterRef("pk"))
        return self.filter(Exists(numbers.on(day)) | ~Exists(numbers))

    def planned(self, day: dt.date) -> Self:
        later = HotlineNumber.objects.filter(hotline=OuterRef("pk"), valid_from__gt=day)
        return self.filter(Exists(later)).exclude(pk__in=self.model._default_manager.in_service(day).values("pk"))

    def retired(self, day: dt.date) -> Self:
        """Return the hotlines of which all numbers have ended."""
        numbers = HotlineNumber.objects.filter(hotline=OuterRef("pk"))
        lasting = numbers.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
        return self.filter(Exists(numbers), ~Exists(lasting))

    def with_current_numbers(self, day: dt.date) -> Self:
        current = Prefetch("numbers", queryset=HotlineNumber.objects.on(day), to_attr="current_numbers")
        return self.prefetch_related(current)

    def in_order(self) -> Self:
        return self.order_by("service__order", "order", "pk")

    def on_every_page(self, day: dt.date) -> Self:
        return self.in_service(day).filter(is_on_every_page=True)

    def for_lists(self) -> Self:
        rows = self.select_related("service__organization", "holiday_calendar").in_order()
        return rows.prefetch_related("numbers", "channels", "opening_hours", "holiday_calendar__holidays")


MINUTE = dt.timedelta(minutes=1)


class Hotline(Slugged, Releasable):
    """A telephone service for one purpose. Its numbers may change."""

    # The numbers of the day that is shown: set by `with_current_numbers` or `show_numbers_of`.
    current_numbers: list[HotlineNumber]

    service = models.ForeignKey(Service, models.PROTECT, related_name="hotlines", verbose_name=_("service"))
    purpose = LineField(
        _("purpose"), max_length=120, help_text=_("What callers need, for example “Letters and parcels”.")
    )
    purpose_zh = LineField(_("purpose in Chinese"), max_length=60, blank=True)
    folded_purpose = FoldedField(of="purpose", db_index=False)
    folded_purpose_zh = FoldedField(of="purpose_zh", db_index=False)
    needs = LinesField(
        _("needs"),
        max_length=600,
        blank=True,
        validators=[validate_needs],
        help_text=_("Why people call, in their words, one need a line: “Lost bank card”. Listed on the hotlines page."),
    )
    needs_zh = LinesField(_("needs in Chinese"), max_length=300, blank=True, validators=[validate_needs])
    slug = SlugField(
        _("URL"),
        unique=True,
        help_text=_("Last part of the URL on the hotlines page, after “#”. Leave blank to create it from the purpose."),
    )
    note = LineField(_("note"), max_length=300, blank=True, help_text=_("For example “Lost cards: press 0.”"))
    note_zh = LineField(_("note in Chinese"), max_length=150, blank=True)
    languages = LanguagesField(
        _("languages spoken"), blank=True, help_text=_("For example “Chinese, English”. Leave blank if unknown.")
    )
    time_zone = models.CharField(
        _("time zone of the opening hours"), max_length=40, default="Asia/Shanghai", validators=[validate_time_zone]
    )
    holiday_calendar = models.ForeignKey(
        HolidayCalendar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hotlines",
        verbose_name=_("holiday calendar"),
        help_text=_("Days on which the hotline is closed, shared with other hotlines."),
    )
    holiday_hours = HoursField(
        _("hours on holidays"), blank=True, help_text=_("For example “10–16”. Leave blank if it is closed on holidays.")
    )
    verified_on = RangedDateField(
        _("last verified"),
        null=True,
        blank=True,
        help_text=_("Date the number was last called and checked."),
        years_ahead=0,
    )
    is_on_every_page = models.BooleanField(_("show on every page"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=10)
    # When texts that refer to it show something else by themselves (services/due_texts.py).
    texts_change_at = RangedDateTimeField(null=True, editable=False, db_index=True, days=PUBLICATION_DAYS)

    slug_kind = "hotline"
    child_relations = ("numbers", "opening_hours", "channels")
    has_proposals = has_publish_right = True

    objects = HotlineQuerySet.as_manager()

    class Meta(Releasable.Meta):
        verbose_name = _("hotline")
        verbose_name_plural = _("hotlines")
        permissions = [
            ("propose_hotline", _("Can propose hotlines and changes to them")),
            ("publish_hotline", _("Can publish hotlines that stand on every page")),
        ]

    def __str__(self) -> str:
        return localized_text(self, "purpose")

    def get_absolute_url(self) -> str:
        return f"{reverse('services:hotlines')}#{quote(self.slug)}"

    def slug_texts(self) -> list[str]:
        return [self.purpose, self.purpose_zh]

    @property
    def needs_publish_right(self) -> bool:
        return self.is_on_every_page

    @property
    def localized_needs(self) -> list[str]:
        """Return the needs in the active language, each once."""
        return _list_lines(localized_text(self, "needs"))

    @property
    def all_needs(self) -> list[str]:
        return _list_lines(f"{self.needs}\n{self.needs_zh}")

    @property
    def main_number(self) -> HotlineNumber | None:
        """Return the number to call from within the country, else the first."""
        return next(iter(main_first(self.current_numbers)), None)

    @property
    def other_numbers(self) -> list[HotlineNumber]:
        return [number for number in self.current_numbers if number != self.main_number]

    def show_numbers_of(self, day: dt.date) -> NumbersOn:
        """Make those of this day the current numbers, and return all numbers by what they are on it."""
        numbers = numbers_on(day, self.numbers.all())
        self.current_numbers = numbers.current
        return numbers

    @property
    def languages_in_words(self) -> str:
        return languages_in_words(self.languages)

    @property
    def why_only_at_home(self) -> str:
        """Return the reason why nobody abroad can call, "" if somebody can or if there is no number."""
        numbers = self.current_numbers
        if any(number.is_for_abroad for number in numbers):
            return ""
        return next((number.why_only_at_home for number in numbers if number.why_only_at_home), "")

    @property
    def timetable(self) -> Timetable:
        holidays = self.holiday_calendar.holidays.all() if self.holiday_calendar else ()
        return Timetable(list(self.opening_hours.all()), list(holidays), self.holiday_hours)

    def local(self, at: dt.datetime) -> dt.datetime:
        """Return `at` in the time zone of the hotline. What is said of its hours may change at the next full minute."""
        changes_at(at.replace(second=0, microsecond=0) + MINUTE)
        return at.astimezone(zone_of_hours(self.time_zone))

    def is_open(self, at: dt.datetime) -> bool | None:
        """Return whether it is open at `at`; None if no opening hours are known."""
        return self.timetable.state(self.local(at)).is_open

    def copy_hours(self, source: "Hotline") -> None:
        """Replace the opening hours, the holidays and the time zone by those of another hotline."""
        self.opening_hours.all().delete()
        for row in source.opening_hours.all():
            row.pk, row.hotline = None, self
            row._state.adding = True
            row.save()
        self.holiday_calendar, self.holiday_hours = source.holiday_calendar, source.holiday_hours
        self.time_zone = source.time_zone
        self.save(update_fields=["holiday_calendar", "holiday_hours", "time_zone"])


def _list_lines(text: str) -> list[str]:
    """Return the lines that are not blank, each once."""
    lines = map(tidy_line, text.splitlines())
    found: dict[str, str] = {}
    for line in filter(None, lines):
        found.setdefault(fold_name(line) or line, line)
    return list(found.values())
