import datetime as dt
import re
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Min, Q
from django.utils.translation import gettext_lazy as _

from news.models.name_forms import NAME_COLUMNS, NameOrder, NameParts
from news.models.names_in_time import Names, UsedForATime, ends_after_start, once_at_a_time, used_on
from postportal.images.models import Image
from postportal.publishing.models import PubliclyTimedQuerySet, Releasable
from postportal.richtext.fields import RichTextField
from postportal.richtext.plain_text import plain_text
from postportal.text.characters import HAN
from postportal.text.collation import MAX_KEY_LENGTH, NO_LETTER, has_reading, index_letter, sort_key
from postportal.text.fields import FoldedField, LineField, LinesField
from postportal.text.folding import fold
from postportal.text.name_search import NamedQuerySet
from postportal.web.kept_urls import kept_url
from postportal.web.languages import localized_text, other_script_text
from postportal.web.slug_fields import SlugField
from postportal.web.slugged import Slugged

MAX_NAME_LENGTH = 170
_SPACE_IN_CHINESE = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")


class PersonQuerySet(NamedQuerySet, PubliclyTimedQuerySet):  # type: ignore[override]
    other_names = "names"

    def by_name(self) -> Self:
        return self.order_by("sort_key", "pk")

    def letter_of(self, typed: str) -> str:
        """Return the letter under which family names are listed that begin with this one: “č” asks for C, “王” for W.
        How a Chinese character is read is stored with the people who have it in their name."""
        if not has_reading(typed):
            return index_letter(typed)
        named = Q(folded_name__startswith=fold(typed)) | Q(folded_name_zh__startswith=fold(typed))
        rows = self.filter(named).exclude(letter=NO_LETTER).by_name()
        return rows.values_list("letter", flat=True).first() or typed

    def letter_counts(self) -> list[tuple[str, int]]:
        """Return the letters under which people are listed, in their order, each with its number of people."""
        rows = self.order_by().exclude(letter=NO_LETTER).values_list("letter").annotate(Count("pk"), Min("sort_key"))
        return [(letter, count) for letter, count, _key in rows.order_by("sort_key__min")]

    def for_lists(self) -> Self:
        return self.select_related("portrait").defer("biography", "biography_text", "same_as")


class Person(Slugged, Releasable):
    NameOrder = NameOrder

    family_name = LineField(
        _("family name"), max_length=80, blank=True, help_text=_("Leave blank for people who have none.")
    )
    second_family_name = LineField(
        _("second family name"), max_length=80, blank=True, help_text=_("For example “Lorca” of Federico García Lorca.")
    )
    given_name = LineField(
        _("given name"), max_length=80, blank=True, help_text=_("Also the only name of people who have one.")
    )
    patronymic = LineField(
        _("patronymic"), max_length=80, blank=True, help_text=_("For example “Petrovich” or “Jónsdóttir”.")
    )
    honorific = LineField(
        _("honorific"),
        max_length=40,
        blank=True,
        help_text=_("For example “Dr” or “Dame”. Stands before the name and does not count in lists."),
    )
    name_order = models.CharField(
        _("order of names"), max_length=7, choices=NameOrder.choices, default=NameOrder.FAMILY_FIRST
    )
    written_name = LineField(
        _("name as written"),
        max_length=MAX_NAME_LENGTH,
        blank=True,
        help_text=_("Only if no order of the parts is right. The parts still decide the place in lists."),
    )
    name = LineField(_("name"), max_length=MAX_NAME_LENGTH, editable=False)
    name_zh = LineField(_("name in Chinese characters"), max_length=40, blank=True)
    folded_name = FoldedField(of="name")
    folded_name_zh = FoldedField(of="name_zh")
    sort_key = models.CharField(max_length=MAX_KEY_LENGTH, editable=False)
    letter = models.CharField(_("letter"), max_length=4, editable=False)
    slug = SlugField(
        _("URL"), unique=True, help_text=_("Last part of the page URL. Leave blank to create it from the name.")
    )
    told_apart_by = LineField(
        _("distinguishing note"),
        max_length=120,
        blank=True,
        help_text=_(
            "What tells this person apart from others of the same name, for example “stamp designer, born 1960”. "
            "Shown to staff only."
        ),
    )
    biography = RichTextField(_("biography"), blank=True)
    biography_text = models.TextField(editable=False, blank=True)
    portrait = models.ForeignKey(
        Image, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("portrait")
    )
    same_as = LinesField(
        _("profile URLs"),
        blank=True,
        help_text=_("URLs of the same person on other sites (Wikidata, VIAF), one per line."),
    )

    slug_kind = "person"
    child_relations = ("names", "appointments")
    has_proposals = True
    page_view = "news:person"

    objects = PersonQuerySet.as_manager()

    class Meta(Releasable.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        permissions = [("propose_person", _("Can propose people and changes to them"))]
        constraints = [
            *Releasable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name=""),
                name="person_has_a_name",
                violation_error_message=_("Enter a family name or a given name."),
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_by_name"),
            models.Index(fields=["letter", "sort_key", "id"], name="person_by_letter"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return kept_url("news:person", self.slug)

    def clean(self) -> None:
        self.set_names()
        super().clean()
        if not self.name:
            raise ValidationError({"family_name": _("Enter a family name or a given name.")})
        if self.name_order == NameOrder.WRITTEN and not self.written_name:
            raise ValidationError({"written_name": _("Enter the name as it is written.")})
        if len(self.name) > MAX_NAME_LENGTH:
            text = _("The whole name can have at most %(count)s characters.") % {"count": MAX_NAME_LENGTH}
            raise ValidationError({"given_name": text})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_names()
        self.biography_text = plain_text(self.biography)
        if self.pk:
            self.mentions.freeze_shown()
        super().save(*args, **kwargs)

    def slug_texts(self) -> list[str]:
        # A Chinese name is written without a space.
        return [_SPACE_IN_CHINESE.sub("", self.name), self.name_zh]

    @property
    def name_parts(self) -> NameParts:
        return NameParts(*(getattr(self, column).strip() for column in NAME_COLUMNS))

    def set_names(self) -> None:
        parts = self.name_parts
        first, then = parts.sorted_by
        self.name = parts.name
        self.sort_key = sort_key(first, then, is_family_name=bool(parts.family_names))
        self.letter = index_letter(first, is_family_name=bool(parts.family_names))

    @property
    def spellings(self) -> list[str]:
        """Return every name under which texts may speak of the person. Reads `names`."""
        others = [text for row in self.names.all() for text in (row.name, row.name_zh)]
        return list(dict.fromkeys(filter(None, [self.name, *self.name_parts.short_forms, self.name_zh, *others])))

    def names_on(self, day: dt.date) -> Names:
        """Return the name that the person had on the day. Reads `names`."""
        former = used_on((row for row in self.names.all() if row.kind == PersonName.Kind.FORMER), day)
        return Names(former.name, former.name_zh or self.name_zh) if former else Names(self.name, self.name_zh)

    @property
    def display_name(self) -> str:
        """Return the name in the active language."""
        return localized_text(self, "name")

    @property
    def other_script_name(self) -> str:
        """Return the name in the other script, shown next to `display_name`; "" if it is unknown."""
        return other_script_text(self, "name")

    @property
    def initials(self) -> str:
        """Return the letters shown for a person without a portrait."""
        words = self.name.split() if self.name_order == NameOrder.WRITTEN else []
        pair = words or [self.family_name, self.given_name]
        if self.name_order == NameOrder.GIVEN_FIRST:
            pair.reverse()
        return "".join(word[:1] for word in pair[:2]).upper()


class PersonName(UsedForATime):
    """Another name of a person, known to search and imports. A former one is shown for the days when it was used."""

    class Kind(models.TextChoices):
        VARIANT = "variant", _("variant spelling")
        SCRIPT = "script", _("other script")
        FORMER = "former", _("former name")

    person = models.ForeignKey(Person, models.CASCADE, related_name="names", verbose_name=_("person"), db_index=False)
    name = LineField(_("name"), max_length=MAX_NAME_LENGTH)
    name_zh = LineField(
        _("name in Chinese characters"),
        max_length=40,
        blank=True,
        help_text=_("Of a former name. Leave blank if it was the same as today."),
    )
    folded_name = FoldedField(of="name")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.VARIANT)
    language = LineField(
        _("language or script"),
        max_length=20,
        blank=True,
        help_text=_("A language tag, for example zh-Hans, ja or ar."),
    )

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["kind", "name"]
        constraints = [
            *once_at_a_time("person", name="person_name", message=_("This person already has this name.")),
            ends_after_start("person_name_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name

    def freeze_mentions(self) -> None:
        self.person.mentions.freeze_shown()
