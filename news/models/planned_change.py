"""Changes of people, organizations and positions that are typed ahead: new names, another parent, the end."""

import datetime as dt
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.former_parent import FormerParent
from news.models.name_forms import NAME_COLUMNS, NameOrder
from news.models.organization import Organization, OrganizationName
from news.models.partial_dates import Precision, first_day_after, first_day_of, format_partial_date
from news.models.person import Person, PersonName
from news.models.position import Position, PositionLabel
from postportal.publishing.models import Planned
from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateField
from postportal.web.date_ranges import HISTORICAL_DAYS
from postportal.web.languages import localized_text

OWNERS = ("person", "organization", "position")
ONE_DAY = dt.timedelta(days=1)


class PlannedChange(Planned):
    """A change of a person, an organization or a position that applies from a day. Between its announcement and that
    day, the page of the person or the organization says what will change."""

    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="planned_changes", verbose_name=_("person")
    )
    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="planned_changes",
        verbose_name=_("organization"),
    )
    position = models.ForeignKey(
        Position, models.CASCADE, null=True, blank=True, related_name="planned_changes", verbose_name=_("position")
    )
    takes_effect_on = RangedDateField(
        _("applies from"),
        help_text=_("First day of the new name or parent, or the day of dissolution."),
        days=HISTORICAL_DAYS,
        years_ahead=10,
    )
    takes_effect_precision = models.CharField(
        _("date precision"),
        max_length=5,
        choices=Precision.choices,
        default=Precision.DAY,
        help_text=_(
            "If only the month or the year is known, the change is made when that is over. "
            "Enter the day as soon as you know it."
        ),
    )
    new_name = LineField(
        _("new name"),
        max_length=200,
        blank=True,
        help_text=_("Of a person: the new family name. Of a position: the new title."),
    )
    new_given_name = LineField(
        _("new given name"), max_length=80, blank=True, help_text=_("Only if it changes as well.")
    )
    new_name_zh = LineField(_("new name in Chinese"), max_length=120, blank=True)
    new_parent = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("will be part of")
    )
    is_dissolution = models.BooleanField(_("the organization is dissolved"), default=False)

    class Meta(Planned.Meta):
        verbose_name = _("planned change")
        verbose_name_plural = _("planned changes")
        constraints = [
            *Planned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(person__isnull=False, organization__isnull=True, position__isnull=True)
                | Q(person__isnull=True, organization__isnull=False, position__isnull=True)
                | Q(person__isnull=True, organization__isnull=True, position__isnull=False),
                name="planned_change_of_one_row",
                violation_error_message=_("Choose a person, an organization or a position, and only one of them."),
            ),
        ]

    def __str__(self) -> str:
        owner = next((getattr(self, name) for name in OWNERS if getattr(self, name)), "")
        return f"{owner}: {self.sentence}"

    @property
    def owner(self) -> Person | Organization | Position:
        return self.person or self.organization or self.position  # type: ignore[return-value]

    def moment(self) -> dt.datetime | None:
        """Return the beginning of the day, or the time of the announcement if that is later."""
        midnight = timezone.make_aware(dt.datetime.combine(self.certain_from, dt.time()))
        return max(midnight, self.publish_at) if self.publish_at else None

    @property
    def certain_from(self) -> dt.date:
        """Return the first day on which it certainly applies: the day after its month or year, if only these are
        known. Until then, former names are taken for those of the day."""
        if self.takes_effect_precision == Precision.DAY:
            return self.takes_effect_on
        return first_day_after(self.takes_effect_on, self.takes_effect_precision) or self.takes_effect_on

    @property
    def day_in_words(self) -> str:
        return format_partial_date(self.takes_effect_on, self.takes_effect_precision)

    @property
    def heading(self) -> str:
        """Return what the sentence is about on the page of the person or the organization: a title, or ""."""
        return localized_text(self.position, "label") if self.position else ""

    @property
    def sentence(self) -> str:
        """Return what changes, such as “From 1 March 2027: Highland Mail”."""
        day = self.day_in_words
        if self.is_dissolution and self.takes_effect_precision == Precision.DAY:
            return str(_("To be dissolved on %(day)s") % {"day": day})
        if self.is_dissolution:
            return str(_("To be dissolved in %(period)s") % {"period": day})
        parts = [self._name_in_words]
        if self.new_parent:
            parts.append(str(_("part of %(organization)s") % {"organization": self.new_parent}))
        return str(_("From %(day)s: %(changes)s") % {"day": day, "changes": "; ".join(filter(None, parts))})

    @property
    def _name_in_words(self) -> str:
        if not (self.new_name or self.new_given_name or self.new_name_zh):
            return ""
        names = filter(None, _NAME_FIELDS[type(self.owner)])
        row = type(self.owner)(**{name: getattr(self.owner, name) for name in names})
        self.apply_to(row)
        return localized_text(row, "label" if isinstance(row, Position) else "name")

    def clean(self) -> None:
        super().clean()
        self.derive_dates()
        if self.made_at or not self.takes_effect_on or sum(1 for name in OWNERS if getattr(self, f"{name}_id")) != 1:
            return
        owner = self.owner
        if not any((self.new_name, self.new_given_name, self.new_name_zh, self.new_parent_id, self.is_dissolution)):
            raise ValidationError({"new_name": _("Enter what changes.")})
        if not isinstance(owner, Organization) and (self.new_parent_id or self.is_dissolution):
            name = "new_parent" if self.new_parent_id else "is_dissolution"
            raise ValidationError({name: _("Only organizations have a parent and can be dissolved.")})
        if not isinstance(owner, Person) and self.new_given_name:
            raise ValidationError({"new_given_name": _("Only people have a given name.")})
        if self.is_dissolution and any((self.new_name, self.new_name_zh, self.new_parent_id)):
            text = _("An organization that is dissolved gets no new name or parent.")
            raise ValidationError({"is_dissolution": text})
        self._check_result()

    def _check_result(self) -> None:
        """Refuse what the row could not be: a circle of parents, or an end before the beginning."""
        row = type(self.owner).objects.get(pk=self.owner.pk)
        self.apply_to(row)
        try:
            row.full_clean()
        except ValidationError as error:
            raise ValidationError(error.messages) from None

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive_dates()
        super().save(*args, **kwargs)

    def derive_dates(self) -> None:
        """Set a partly known date to the first day of its month or year."""
        if self.takes_effect_on:
            self.takes_effect_on = first_day_of(self.takes_effect_on, self.takes_effect_precision)

    def make(self, at: dt.datetime) -> None:
        self.full_clean()
        row: Any = type(self.owner).objects.get(pk=self.owner.pk)
        day, precision = end_before(self.takes_effect_on, self.takes_effect_precision)
        until = {"until_on": day, "until_precision": precision}
        before = copy(row)
        self.apply_to(row)
        # What somebody has entered by hand meanwhile is no former name or parent.
        if _names_of(row) != _names_of(before):
            _keep_name(before, until)
        if isinstance(row, Organization) and before.parent and row.parent != before.parent:
            FormerParent.objects.create(organization=row, parent=before.parent, **until)
        row.full_clean()
        row.save()

    def apply_to(self, row: Any) -> None:
        """Set the columns of the row to what they will be, without saving it."""
        self._set_names(row)
        if isinstance(row, Person):
            row.set_names()
        if self.new_parent:
            row.parent = self.new_parent
        if self.is_dissolution:
            row.dissolved_on, row.dissolved_precision = self.takes_effect_on, self.takes_effect_precision
            row.is_planned = True
            row.derive_dates()

    def _set_names(self, row: Any) -> None:
        name, given, name_zh = _NAME_FIELDS[type(row)][:3]
        typed = {name: self.new_name, given: self.new_given_name, name_zh: self.new_name_zh}
        for column, value in typed.items():
            if column and value:
                if isinstance(row, Person) and row.name_order == NameOrder.WRITTEN:
                    row.written_name = row.written_name.replace(getattr(row, column), value)
                setattr(row, column, value)


# Columns with the name (of a person: the family name), the given name and the Chinese name; then what a name needs.
_NAME_FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Person: ("family_name", "given_name", "name_zh", *NAME_COLUMNS),
    Organization: ("name", "", "name_zh"),
    Position: ("label", "", "label_zh"),
}


def _names_of(row: Any) -> list[str]:
    return [getattr(row, name) for name in _NAME_FIELDS[type(row)][:3] if name]


def end_before(day: dt.date, precision: str) -> tuple[dt.date, str]:
    """Return the last day of what ends when something begins, and its precision: in the same month or year, if no day
    is known."""
    return (day - ONE_DAY, precision) if precision == Precision.DAY else (day, precision)


def start_after(day: dt.date, precision: str) -> tuple[dt.date, str]:
    """Return the first day of what begins when something ends, and its precision."""
    return (day + ONE_DAY, precision) if precision == Precision.DAY else (day, precision)


def _keep_name(row: Any, until: dict[str, Any]) -> None:
    """Store the name of the row as a former one."""
    if isinstance(row, Position):
        PositionLabel.objects.create(position=row, name=row.label, name_zh=row.label_zh, **until)
        return
    model: Any = OrganizationName if isinstance(row, Organization) else PersonName
    owner = {row._meta.model_name: row}
    model.objects.create(**owner, name=row.name, name_zh=row.name_zh, kind=model.Kind.FORMER, **until)
