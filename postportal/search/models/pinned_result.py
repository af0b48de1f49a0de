from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.search.documents import DocumentKey
from postportal.search.models.comma_separated_field import CommaSeparatedField
from postportal.search.query import significant_terms, split_commas

LINE_SEPARATOR = "\n"


class PinnedResultQuerySet(models.QuerySet["PinnedResult"]):
    def for_words(self, terms: tuple[str, ...]) -> Self:
        """Keep what stands on top for a search of just these words, in its order."""
        return self.filter(query_terms__contains=_terms_line(terms)).order_by("order", "pk") if terms else self.none()


class PinnedResult(models.Model):
    """A row that editors put on top of a search, whether or not its text has the words."""

    queries = CommaSeparatedField(
        _("what readers type"),
        max_length=500,
        help_text=_("All of it, in any order of the words; commas between several: track parcel, where is my parcel"),
    )
    # A line for each wording, for the database to look in.
    query_terms = models.TextField(editable=False)
    kind = models.CharField(_("kind of result"), max_length=40)
    object_id = models.PositiveBigIntegerField(_("result"))
    order = models.PositiveSmallIntegerField(_("order"), default=10)

    objects = PinnedResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("pinned result")
        verbose_name_plural = _("pinned results")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"],
                name="search_pinned_once",
                violation_error_message=_("This result is pinned already: add what readers type there."),
            ),
        ]

    def __str__(self) -> str:
        return self.queries

    @property
    def key(self) -> DocumentKey:
        return DocumentKey(self.kind, self.object_id)

    def clean(self) -> None:
        super().clean()
        if not any(map(significant_terms, split_commas(self.queries))):
            raise ValidationError({"queries": _("Give at least one word that readers search for.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        asked = dict.fromkeys(filter(None, map(significant_terms, split_commas(self.queries))))
        self.query_terms = "".join(map(_terms_line, asked))
        super().save(*args, **kwargs)


def _terms_line(terms: tuple[str, ...]) -> str:
    return f"{LINE_SEPARATOR}{' '.join(sorted(set(terms)))}{LINE_SEPARATOR}"
