"""The tables of the index. They hold nothing that the content does not: `search_index rebuild` makes them anew."""

from django.db import models


class WriteLock(models.Model):
    """The one row that a writer of the index holds until it is done: two never change the same block. `words` is
    another number whenever a word was added, so that what a process has read before can be told from what it has to
    read."""

    locked_at = models.DateTimeField(auto_now=True)
    words_version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "turn of a writer"

    def __str__(self) -> str:
        return "the turn"


class IndexEntry(models.Model):
    """A row that can be found. Its key is its number in the index; `fingerprint` says which content is indexed, and
    `terms` what has to be taken out again."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    fingerprint = models.CharField(max_length=32)
    terms = models.BinaryField(default=b"")

    class Meta:
        verbose_name = "entry"
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_index_entry_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class IndexBlock(models.Model):
    """What is known of a few thousand entries with neighbouring numbers, column by column (columns.py). Every change
    gives it a new version, so that what a process has read before can be told from what it has to read."""

    number = models.IntegerField(primary_key=True)
    version = models.BigIntegerField()
    entries = models.BinaryField()
    facets = models.BinaryField()

    class Meta:
        verbose_name = "block"

    def __str__(self) -> str:
        return str(self.number)


class Posting(models.Model):
    """Which entries of a block have a term, how often in their title and text (`entries`), and where (`places`)."""

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
    """A word as it is written, for the question “did you mean” and for what a reader may be
    typing. It stays when the last text that has it goes: what is
    offered is looked up first."""

    text = models.CharField(max_length=64, primary_key=True)
    # How often it was written in a title, roughly: what is said again counts again.
    titles = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "word"

    def __str__(self) -> str:
        return self.text
