from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import PubliclyTimedQuerySet, Publishable
from postportal.richtext.fields import RichTextField
from postportal.richtext.plain_text import plain_text
from postportal.text.fields import LineField, LinesField
from postportal.web.date_fields import RangedDateField
from postportal.web.languages import Translated
from postportal.web.slug_fields import SlugField
from postportal.web.slugged import Slugged


class TenderQuerySet(PubliclyTimedQuerySet):
    def in_language(self, language: str | None) -> Self:
        return self.filter(language=language)

    def last_to_close_first(self) -> Self:
        return self.order_by("-closes_on", "-pk")

    def for_lists(self) -> Self:
        return self.defer("body", "body_text")


class Tender(Slugged, Publishable, Translated):
    """An invitation to offer goods or services by a certain day."""

    slug_scope = ("language",)
    slug_kind = "tender"
    page_view = "tenders:tender"

    title = LineField(_("title"), max_length=200)
    slug = SlugField(_("URL"), help_text=_("Last part of the page URL. Leave blank to create it from the title."))
    closes_on = RangedDateField(_("closing date"), help_text=_("Last day on which offers are accepted."), years_ahead=2)
    standfirst = LinesField(_("standfirst"), max_length=500, blank=True)
    body = RichTextField(_("body"), blank=True)
    body_text = models.TextField(editable=False, blank=True)

    objects = TenderQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("tender")
        verbose_name_plural = _("tenders")
        permissions = [
            ("publish_tender", _("Can review, publish and schedule tenders")),
            ("control_tender", _("Can withdraw tenders, publish them without review and lift embargoes")),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["language", "slug"],
                name="tender_url_unique",
                violation_error_message=_("Another tender in this language already uses this URL."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        with translation.override(self.language):
            return reverse("tenders:tender", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.body_text = plain_text(self.body)
        super().save(*args, **kwargs)

    def slug_texts(self) -> list[str]:
        return [self.title]

    def fill_placeholders(self) -> None:
        self.title = self.title or str(_("(no title yet)"))
        self.closes_on = self.closes_on or timezone.localdate()

    def missing_for_readers(self) -> list[str]:
        return [] if self.standfirst or self.body else [str(_("Add a standfirst or body text."))]
