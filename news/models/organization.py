import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models.names_in_time import Names, UsedForATime, ends_after_start, once_at_a_time, used_on
from news.models.partial_dates import Precision, first_day_after, first_day_of
from news.models.title_comparisons import compare_titles_again, differs_from_stored
from postportal.images.models import Image
from postportal.publishing.models import PubliclyTimedQuerySet, Releasable
from postportal.richtext.fields import RichTextField
from postportal.richtext.plain_text import plain_text
from postportal.text.collation import MAX_KEY_LENGTH, sort_key
from postportal.text.fields import FoldedField, LineField, LinesField
from postportal.text.name_search import NamedQuerySet
from postportal.web.date_fields import RangedDateField
from postportal.web.date_ranges import HISTORICAL_DAYS, is_open_end
from postportal.web.kept_urls import kept_url
from postportal.web.languages import localized_text
from postportal.web.slug_fields import SlugField
from postportal.web.slugged import Slugged


class OrganizationQuerySet(NamedQuerySet, PubliclyTimedQuerySet):  # type: ignore[override]
    name_columns = ("folded_name", "folded_name_zh", "folded_abbreviation")
    other_names = "names"

    def by_name(self) -> Self:
        return self.order_by("sort_key", "pk")

    def by_kind(self) -> Self:
        """Sort by kind, in the order of the choices, then by name."""
        kinds = [models.When(kind=kind, then=place) for place, kind in enumerate(Organization.Kind.values)]
        return self.order_by(models.Case(*kinds, output_field=models.IntegerField()), "sort_key", "pk")

    def for_lists(self) -> Self:
        return self.select_related("logo", "parent").defer("description", "description_text", "same_as")


class Organization(Slugged, Releasable):
    class Kind(models.TextChoices):
        OPERATOR = "operator", _("Postal operator")
        REGULATOR = "regulator", _("Regulator or ministry")
        INTERNATIONAL = "international", _("International body")
        BRANCH = "branch", _("Branch or department")
        COMPANY = "company", _("Company")
        PRINTER = "printer", _("Stamp printer")
        CULTURE = "culture", _("Museum or society")
        OTHER = "other", _("Other")

    name = LineField(_("name"), max_length=200)
    name_zh = LineField(_("name in Chinese"), max_length=120, blank=True)
    abbreviation = LineField(_("abbreviation"), max_length=20, blank=True)
    folded_name = FoldedField(of="name")
    folded_name_zh = FoldedField(of="name_zh")
    folded_abbreviation = FoldedField(of="abbreviation")
    sort_key = models.CharField(max_length=MAX_KEY_LENGTH, editable=False)
    slug = SlugField(
        _("URL"),
        max_length=140,
        unique=True,
        help_text=_("Last part of the page URL. Leave blank to create it from the name."),
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.OTHER)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="suborganizations", verbose_name=_("part of")
    )
    founded_on = RangedDateField(_("founded on"), null=True, blank=True, days=HISTORICAL_DAYS, years_ahead=1)
    founded_precision = models.CharField(
        _("founding date precision"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    dissolved_on = RangedDateField(
        _("dissolved on"), null=True, blank=True, days=HISTORICAL_DAYS, is_end=True, years_ahead=10
    )
    dissolved_precision = models.CharField(
        _("dissolution date precision"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    # The first day after it, made from the date of dissolution.
    ended_before = RangedDateField(editable=False, null=True, days=HISTORICAL_DAYS)
    description = RichTextField(_("description"), blank=True)
    description_text = models.TextField(editable=False, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    logo = models.ForeignKey(Image, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("logo"))
    same_as = LinesField(
        _("profile URLs"),
        blank=True,
        help_text=_("URLs of the same organization on other sites (Wikidata, VIAF), one per line."),
    )

    # Set by a planned change, which is made on its day, or in a preview of that day.
    is_planned = False
    slug_kind = "organization"
    child_relations = ("names", "former_parents", "positions", "successor_links")
    has_proposals = True
    page_view = "news:organization"

    objects = OrganizationQuerySet.as_manager()

    class Meta(Releasable.Meta):
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        permissions = [("propose_organization", _("Can propose organizations and changes to them"))]
        indexes = [models.Index(fields=["sort_key", "id"], name="organization_by_name")]
        constraints = [
            *Releasable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_before__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(ended_before__gt=F("founded_on")),
                name="organization_dissolved_after_founded",
                violation_error_message=_("An organization cannot be dissolved before it was founded."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="organization_not_own_parent",
                violation_error_message=_("An organization cannot be part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return localized_text(self, "name")

    def get_absolute_url(self) -> str:
        return kept_url("news:organization", self.slug)

    def clean(self) -> None:
        super().clean()
        self.derive_dates()
        if self.founded_on and self.ended_before and self.ended_before <= self.founded_on:
            raise ValidationError({"dissolved_on": _("An organization cannot be dissolved before it was founded.")})
        if self.dissolved_on and not self.is_planned and self.dissolved_on > timezone.localdate():
            text = _("This day is in the future. Enter a planned change instead, so that it applies from its day.")
            raise ValidationError({"dissolved_on": text})
        self._refuse_circle()

    def _refuse_circle(self) -> None:
        seen, parent = {self.pk}, self.parent
        while parent is not None:
            if parent.pk in seen:
                raise ValidationError({"parent": _("An organization cannot be part of itself.")})
            seen.add(parent.pk)
            parent = parent.parent

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive_dates()
        self.sort_key = sort_key(self.name)
        self.description_text = plain_text(self.description)
        if self.pk:
            self.freeze_mentions()
        is_changed = differs_from_stored(self, ("name", "name_zh", "abbreviation", "ended_before"))
        super().save(*args, **kwargs)
        if is_changed:
            self.compare_titles()

    def derive_dates(self) -> None:
        """Set partly known dates to the first day of their month or year, and `ended_before`."""
        if self.founded_on:
            self.founded_on = first_day_of(self.founded_on, self.founded_precision)
        if is_open_end(self.dissolved_on):
            self.dissolved_on = None
        if self.dissolved_on:
            self.dissolved_on = first_day_of(self.dissolved_on, self.dissolved_precision)
        end = self.dissolved_on
        self.ended_before = first_day_after(end, self.dissolved_precision) if end else None

    def slug_texts(self) -> list[str]:
        return [self.name, self.name_zh]

    def exists_on(self, day: dt.date) -> bool:
        """Return False if the organization was founded later, or dissolved before."""
        is_over = self.ended_before is not None and self.ended_before <= day
        return not is_over and (self.founded_on is None or self.founded_on <= day)

    def names_on(self, day: dt.date) -> Names:
        """Return the name that the organization had on the day. Reads `names`."""
        former = used_on((row for row in self.names.all() if row.kind == OrganizationName.Kind.FORMER), day)
        return Names(former.name, former.name_zh or self.name_zh) if former else Names(self.name, self.name_zh)

    def parent_on(self, day: dt.date) -> "Organization | None":
        """Return the organization of which this one was part on the day. Reads `former_parents`."""
        former = used_on(self.former_parents.all(), day)
        return former.parent if former else self.parent

    def freeze_mentions(self) -> None:
        """Store what articles show of the organization and of those in office there, before that changes."""
        mentions = self.mentions.model.objects
        mentions.filter(organization=self).freeze_shown()
        people = self.positions.filter(appointments__isnull=False).values("appointments__person")
        mentions.filter(person__in=people).freeze_shown()

    def compare_titles(self) -> None:
        """Have the titles compared again that articles print of those who were in office here."""
        compare_titles_again(person__appointments__position__organization=self.pk)

    @property
    def initials(self) -> str:
        """Return the letters shown for an organization without a logo."""
        return self.abbreviation or "".join(word[0] for word in self.name.split() if word[0].isupper())[:3]


class OrganizationName(UsedForATime):
    """Another current or former name of an organization. A former one is shown for the days when it was used."""

    class Kind(models.TextChoices):
        VARIANT = "variant", _("variant spelling")
        ABBREVIATION = "abbrev", _("abbreviation")
        SCRIPT = "script", _("other script")
        FORMER = "former", _("former name")

    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="names", verbose_name=_("organization"), db_index=False
    )
    name = LineField(_("name"), max_length=200)
    name_zh = LineField(
        _("name in Chinese"),
        max_length=120,
        blank=True,
        help_text=_("Of a former name. Leave blank if it was the same as today."),
    )
    folded_name = FoldedField(of="name")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.VARIANT)
    language = LineField(
        _("language or script"),
        max_length=20,
        blank=True,
        help_text=_("A language tag, for example zh-Hans, pt or fr."),
    )

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["kind", "name"]
        constraints = [
            *once_at_a_time(
                "organization", name="organization_name", message=_("This organization already has this name.")
            ),
            ends_after_start("organization_name_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name

    def freeze_mentions(self) -> None:
        self.organization.freeze_mentions()

    def compare_titles(self) -> None:
        self.organization.compare_titles()
