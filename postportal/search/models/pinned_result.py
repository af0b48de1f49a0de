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
        """Keep the results pinned to exactly these words, in their order."""
        return self.filter(query_terms__contains=_terms_line(terms)).order_by("order", "pk") if terms else self.none()


class PinnedResult(models.Model):
    """A row that editors pin to the top of a search, whether or not its text contains the words."""

    queries = CommaSeparatedField(
        _("queries"),
        max_length=500,
        help_text=_("Complete queries, separated by commas, in any word order: track parcel, where is my parcel"),
    )
    # The terms of each query on a line of its own, to filter by.
    query_terms = models.TextField(editable=False)
    kind = models.CharField(_("type of result"), max_length=40)
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
                violation_error_message=_("This result is already pinned. Add the query to the existing entry."),
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
            raise ValidationError({"queries": _("Enter at least one word that readers search for.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        queries = dict.fromkeys(filter(None, map(significant_terms, split_commas(self.queries))))
        self.query_terms = "".join(map(_terms_line, queries))
        super().save(*args, **kwargs)


def _terms_line(terms: tuple[str, ...]) -> str:
    return f"{LINE_SEPARATOR}{' '.join(sorted(set(terms)))}{LINE_SEPARATOR}"
