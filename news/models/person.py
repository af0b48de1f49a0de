from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from postportal.images.models import Image
from postportal.publishing.models import PubliclyTimedQuerySet, Releasable
from postportal.richtext.fields import RichTextField
from postportal.richtext.plain_text import plain_text
from postportal.web.languages import localized_text, other_script_text


class PersonQuerySet(PubliclyTimedQuerySet):
    def by_name(self) -> Self:
        return self.order_by("sort_name", "pk")

    def for_lists(self) -> Self:
        return self.select_related("portrait").defer("biography", "biography_text", "same_as")

    def matching(self, text: str) -> Self:
        """Keep the people who have every word of `text` in one of their names."""
        found = self
        for word in text.split()[:8]:
            other_names = PersonName.objects.filter(name__icontains=word).values("person")
            found = found.filter(
                models.Q(name__icontains=word) | models.Q(name_zh__icontains=word) | models.Q(pk__in=other_names)
            )
        return found

    def with_name(self, name: str) -> Self:
        """Keep the people with exactly this name, ignoring case."""
        return self.filter(
            models.Q(name__iexact=name) | models.Q(name_zh__iexact=name) | models.Q(names__name__iexact=name)
        ).distinct()


class Person(Releasable):
    class NameOrder(models.TextChoices):
        FAMILY_FIRST = "family", _("family name first: Liu Aili")
        GIVEN_FIRST = "given", _("given name first: Paul Graham")

    family_name = models.CharField(_("family name"), max_length=80)
    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    name_order = models.CharField(
        _("order of names"), max_length=6, choices=NameOrder.choices, default=NameOrder.FAMILY_FIRST
    )
    name = models.CharField(_("name"), max_length=170, editable=False)
    name_zh = models.CharField(_("name in Chinese characters"), max_length=40, blank=True)
    sort_name = models.CharField(_("sort name"), max_length=170, editable=False, db_index=True)
    slug = models.SlugField(_("URL"), max_length=120, unique=True, help_text=_("Last part of the page URL."))
    biography = RichTextField(_("biography"), blank=True)
    biography_text = models.TextField(editable=False, blank=True)
    portrait = models.ForeignKey(
        Image, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("portrait")
    )
    same_as = models.TextField(
        _("profile URLs"),
        blank=True,
        help_text=_("URLs of the same person on other sites (Wikidata, VIAF), one per line."),
    )

    objects = PersonQuerySet.as_manager()

    class Meta(Releasable.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("news:person", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        self.set_names()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_names()
        self.biography_text = plain_text(self.biography)
        super().save(*args, **kwargs)

    def set_names(self) -> None:
        parts = [self.family_name.strip(), self.given_name.strip()]
        if self.name_order == self.NameOrder.GIVEN_FIRST:
            parts.reverse()
        self.name = " ".join(filter(None, parts))
        self.sort_name = ", ".join(filter(None, [self.family_name.strip(), self.given_name.strip()])).casefold()

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
        first = self.family_name if self.name_order == self.NameOrder.FAMILY_FIRST else self.given_name
        second = self.given_name if self.name_order == self.NameOrder.FAMILY_FIRST else self.family_name
        return (first[:1] + second[:1]).upper()


class PersonName(models.Model):
    """Another name of a person, known to search and imports."""

    class Kind(models.TextChoices):
        VARIANT = "variant", _("variant spelling")
        SCRIPT = "script", _("other script")
        FORMER = "former", _("former name")

    person = models.ForeignKey(Person, models.CASCADE, related_name="names", verbose_name=_("person"))
    name = models.CharField(_("name"), max_length=170, db_index=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.VARIANT)
    language = models.CharField(
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
            models.UniqueConstraint(
                fields=["person", "name"],
                name="person_name_unique",
                violation_error_message=_("This person already has this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
