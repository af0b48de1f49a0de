"""The tables of the search index. They only hold what `search_index rebuild` can restore from the content."""

import secrets

from django.db import models

from postportal.web.date_fields import RangedDateTimeField


def new_epoch() -> int:
    return secrets.randbits(62)


class WriteLock(models.Model):
    """The single row that a writer of the index locks, so that no two change the same block. `words_version` grows
    whenever words are added, so that processes know when to read them. Versions of another `words_epoch`, that of
    another index, mean nothing."""

    locked_at = RangedDateTimeField(auto_now=True)
    words_epoch = models.BigIntegerField(default=new_epoch)
    words_version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "write lock"

    def __str__(self) -> str:
        return "write lock"


class IndexEntry(models.Model):
    """A row in the index. Its primary key is its number in the index; `fingerprint` identifies the indexed content, and
    `terms` holds the terms whose postings contain it, to remove it again."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    fingerprint = models.CharField(max_length=32)
    terms = models.BinaryField(default=b"")

    class Meta:
        verbose_name = "index entry"
        verbose_name_plural = "index entries"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_index_entry_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class IndexBlock(models.Model):
    """The columns of a few thousand entries with consecutive numbers (backends/block_format.py). Every change gives it
    a new version, so that processes know when to read it again."""

    number = models.IntegerField(primary_key=True)
    version = models.BigIntegerField()
    entries = models.BinaryField()
    facets = models.BinaryField()

    class Meta:
        verbose_name = "index block"

    def __str__(self) -> str:
        return str(self.number)


class Posting(models.Model):
    """The entries of a block that contain a term, with its counts in title and text (`entries`), and its places in each
    entry (`places`)."""

    pk = models.CompositePrimaryKey("term", "block")
    term = models.CharField(max_length=80)
    block = models.IntegerField()
    entries = models.BinaryField()
    places = models.BinaryField()

    class Meta:
        verbose_name = "posting"

    def __str__(self) -> str:
        return f"{self.term} in {self.block}"


class Word(models.Model):
    """A word as it is written, for corrections and suggestions. It is not removed with the last text that contains it:
    a suggested word is looked up first."""

    text = models.CharField(max_length=64, primary_key=True)
    # How often it occurs in titles, roughly: a title that is saved again counts again.
    titles = models.PositiveIntegerField(default=0)
    # `WriteLock.words_version` when it was added, or first occurred in a title.
    version = models.BigIntegerField(default=0, db_index=True)

    class Meta:
        verbose_name = "word"

    def __str__(self) -> str:
        return self.text
