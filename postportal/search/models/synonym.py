from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import Versioned
from postportal.search.models.comma_separated_field import CommaSeparatedField
from postportal.search.query import significant_terms, split_commas

MAX_SYNONYM_PHRASES = 20


class Synonym(Versioned):
    """Words with the same meaning: a search for one of them also finds the others."""

    words = CommaSeparatedField(
        _("words"),
        max_length=300,
        unique=True,
        help_text=_("Words or phrases with the same meaning, separated by commas: parcel, package, 包裹"),
        error_messages={"unique": _("There is already an entry with these words.")},
    )
    is_one_way = models.BooleanField(
        _("one-way"),
        default=False,
        help_text=_(
            "A search for the first word also finds the others, but not the reverse. "
            "Use this if the first word has a wider meaning."
        ),
    )

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        super().clean()
        texts = split_commas(self.words)
        if not MAX_SYNONYM_PHRASES >= len({significant_terms(text) for text in texts}) > 1:
            text = _("Enter 2 to %(limit)s different words or phrases, separated by commas.")
            raise ValidationError({"words": text % {"limit": MAX_SYNONYM_PHRASES}})
