"""Multiply an archive by copying its rows and their index entries.

Copying takes minutes, the import of a million articles an hour. Since the copies have the same words, every word occurs
in as many times more articles.
"""

from collections.abc import Mapping

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max
from taggit.models import TaggedItem

from news.models import Article, Mention
from postportal.search.backends.block_format import BLOCK_SIZE, name_code, read_entries, read_facets
from postportal.search.models import IndexBlock, IndexEntry, Posting

# Only articles are copied; entries of other kinds are cleared in the copied blocks.
KIND = "article"


def copy_articles(times: int) -> int:
    """Multiply the articles by `times` and return their number."""
    rows, tags, mentions, entries = (_next_block_start(model) for model in (Article, TaggedItem, Mention, IndexEntry))
    first = entries // BLOCK_SIZE
    blocks = list(IndexBlock.objects.filter(number__lt=first))
    for n in range(1, times):
        own = {"id": f"id + {n * rows}", "external_id": f"external_id || '-{n}'", "slug": f"slug || '-{n}'"}
        with transaction.atomic():
            _copy_rows(Article, own, where=f"id < {rows}")
            _copy_rows(
                TaggedItem, {"id": f"id + {n * tags}", "object_id": f"object_id + {n * rows}"}, where=f"id < {tags}"
            )
            own = {"id": f"id + {n * mentions}", "article_id": f"article_id + {n * rows}"}
            _copy_rows(Mention, own, where=f"id < {mentions}")
            own = {"id": f"id + {n * entries}", "object_id": f"object_id + {n * rows}"}
            _copy_rows(IndexEntry, own, where=f"id < {entries} AND kind = '{KIND}'")
            _copy_rows(Posting, {"block": f"block + {n * first}"}, where=f"block < {first}")
            for block in blocks:
                _copy_block(block, n, blocks=first, rows=rows).save(force_insert=True)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Article, TaggedItem, Mention, IndexEntry]):
            cursor.execute(statement)
    return Article.objects.count()


def _next_block_start(model: type[models.Model]) -> int:
    """Return the first multiple of the block size above all primary keys."""
    last: int = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
    return (last // BLOCK_SIZE + 1) * BLOCK_SIZE


def _copy_rows(model: type[models.Model], own: Mapping[str, str], *, where: str) -> None:
    """Copy rows with SQL. `own` has expressions for the columns that differ in the copy."""
    columns = [field.column for field in model._meta.local_concrete_fields if field.column]
    values = [own.get(column, f'"{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table} WHERE {where}")  # noqa: S608 - all ours


def _copy_block(block: IndexBlock, n: int, *, blocks: int, rows: int) -> IndexBlock:
    entries, facets = read_entries(block).copy(), read_facets(block)
    others = entries["kind"] != name_code(KIND)
    entries[others] = 0
    entries["pk"][~others] += n * rows
    facets = facets[~others[facets["entry"]]]
    return IndexBlock(
        number=block.number + n * blocks, version=block.version, entries=entries.tobytes(), facets=facets.tobytes()
    )
