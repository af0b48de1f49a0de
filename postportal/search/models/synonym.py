from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.search.models.comma_separated_field import CommaSeparatedField
from postportal.search.query import significant_terms, split_commas

MAX_SYNONYM_PHRASES = 20


class Synonym(models.Model):
    """Words that mean the same to readers: whoever types one of them finds the others, too."""

    words = CommaSeparatedField(
        _("words that mean the same"),
        max_length=300,
        unique=True,
        help_text=_("With commas between them: parcel, package, 包裹"),
        error_messages={"unique": _("These words are there already.")},
    )
    is_one_way = models.BooleanField(
        _("one way only"),
        default=False,
        help_text=_("Only the first finds the others. For a word that means more than the others do."),
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
            text = _("Give 2 to %(most)s words or phrases that differ, with commas between them.")
            raise ValidationError({"words": text % {"most": MAX_SYNONYM_PHRASES}})
