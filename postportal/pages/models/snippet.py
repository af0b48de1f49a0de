import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import Versioned
from postportal.richtext.fields import RichTextField
from postportal.richtext.snippets import SNIPPET
from postportal.text.fields import FoldedField, LineField

# Its place is in many texts, which number their own notes and find their own places.
_UNFIT = re.compile(rf'href="{SNIPPET}:|<ol [^<>]*class="notes"')


class Snippet(Versioned):
    """A text that is kept in one place and shown in many others, such as how to claim. There is one for each
    language."""

    # Its pictures are public, as those of a service are.
    is_always_public = True

    title = LineField(_("title"), max_length=120, help_text=_("For editors. Readers do not see it."))
    folded_title = FoldedField(of="title", db_index=False)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    text = RichTextField(_("text"), help_text=_("Shown wherever the snippet is used, as soon as it is saved."))

    class Meta:
        verbose_name = _("snippet")
        verbose_name_plural = _("snippets")
        constraints = [models.UniqueConstraint(fields=["title", "language"], name="snippet_title_unique")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if _UNFIT.search(self.text):
            message = _("A snippet cannot contain footnotes or other snippets. Remove them.")
            raise ValidationError({"text": ValidationError(message, code="unfit")})
