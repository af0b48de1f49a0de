from django.db import models


class PageDrop(models.Model):
    """Note that a row was written, and which lists it is or was in. Written by triggers (`triggers.py`), in the
    transaction of the change. A blank label drops every page."""

    label = models.CharField(max_length=100, blank=True)
    # Such as “;id=5;section_id=3;”.
    scopes = models.TextField(blank=True)
    # The day by which lists are sorted, as text; blank if the row has none.
    day = models.CharField(max_length=10, blank=True)
    # The transaction on PostgreSQL, where rows do not become visible in the order of their keys.
    written_in = models.BigIntegerField(default=0, db_index=True)

    class Meta:
        verbose_name = "page drop"
        verbose_name_plural = "page drops"

    def __str__(self) -> str:
        return f"{self.label}{self.scopes}"
