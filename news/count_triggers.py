"""Database triggers that keep the numbers of articles (`ArticleCount`) in the transaction of every change, whatever
statement makes it: a save, a bulk update, a cascade, an import, or a preview that is rolled back."""

from typing import Any, NamedTuple

from news.models.article_count import ALWAYS, KEY, NEVER
from postportal.publishing.models import PUBLIC_STATES, State

ARTICLES, TAGS, MENTIONS = "news_article", "taggit_taggeditem", "news_mention"
_COUNTS = "news_articlecount"
# A change of other columns of an article changes no number.
_COUNTED_COLUMNS = ("state", "publish_at", "expire_at", "language", "section_id", "source_id", "dateline_on")
_OTHER_COLUMNS = {
    TAGS: ("tag_id", "object_id", "content_type_id"),
    MENTIONS: ("article_id", "person_id", "organization_id"),
}
_STATES = ", ".join(f"'{state}'" for state in PUBLIC_STATES)
_COLUMNS = ", ".join(f'"{name}"' for name in KEY)
_CONTENT_TYPE = "(SELECT id FROM django_content_type WHERE app_label = 'news' AND model = 'article')"


class _Dialect(NamedTuple):
    """SQL expressions in which the databases differ."""

    year: str
    month: str
    # Of a time.
    month_of: str
    batch: str
    differs: str


_DIALECTS = {
    "sqlite": _Dialect(
        year="CAST(substr({row}.dateline_on, 1, 4) AS INTEGER)",
        month="CAST(substr({row}.dateline_on, 1, 4) || substr({row}.dateline_on, 6, 2) AS INTEGER)",
        month_of="CAST(substr({time}, 1, 4) || substr({time}, 6, 2) AS INTEGER)",
        batch="0",
        differs="IS NOT",
    ),
    "postgresql": _Dialect(
        year="to_char({row}.dateline_on, 'YYYY')::int",
        month="to_char({row}.dateline_on, 'YYYYMM')::int",
        month_of="to_char({time} AT TIME ZONE 'UTC', 'YYYYMM')::int",
        batch="txid_current()",
        differs="IS DISTINCT FROM",
    ),
}


def install(connection: Any) -> None:
    """Create the triggers, or replace those of an earlier version."""
    if connection.vendor == "sqlite":
        # PostgreSQL replaces them without keeping readers waiting.
        remove(connection)
    make = _postgres_statements if connection.vendor == "postgresql" else _sqlite_statements
    with connection.cursor() as cursor:
        for table in (ARTICLES, TAGS, MENTIONS):
            for statement in make(table, dialect=_DIALECTS[connection.vendor]):
                cursor.execute(statement)


def remove(connection: Any) -> None:
    with connection.cursor() as cursor:
        for table in (ARTICLES, TAGS, MENTIONS):
            for event in ("insert", "update", "delete"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_count_{event}{on}")


def _sqlite_statements(table: str, *, dialect: _Dialect) -> list[str]:
    add, subtract = _add(table, "NEW", 1, dialect=dialect), _add(table, "OLD", -1, dialect=dialect)
    when = f"WHEN {_is_counted_change(table, dialect=dialect)}"
    return [
        f"CREATE TRIGGER {table}_count_insert AFTER INSERT ON {table} BEGIN {add}; END",
        f"CREATE TRIGGER {table}_count_update AFTER UPDATE ON {table} {when} BEGIN {subtract}; {add}; END",
        f"CREATE TRIGGER {table}_count_delete AFTER DELETE ON {table} BEGIN {subtract}; END",
    ]


def _postgres_statements(table: str, *, dialect: _Dialect) -> list[str]:
    add, subtract = _add(table, "NEW", 1, dialect=dialect), _add(table, "OLD", -1, dialect=dialect)
    call = f"EXECUTE FUNCTION {table}_count()"
    # Within the function: PostgreSQL would not let a migration change the type of a column that a trigger names.
    is_counted = _is_counted_change(table, dialect=dialect)
    return [
        f"""
        CREATE OR REPLACE FUNCTION {table}_count() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN IF NOT ({is_counted}) THEN RETURN NULL; END IF; END IF;
            IF TG_OP <> 'INSERT' THEN {_lock(table, "OLD")} {subtract}; END IF;
            IF TG_OP <> 'DELETE' THEN {_lock(table, "NEW")} {add}; END IF;
            RETURN NULL;
        END $$
        """,
        f"CREATE OR REPLACE TRIGGER {table}_count_insert AFTER INSERT ON {table} FOR EACH ROW {call}",
        f"CREATE OR REPLACE TRIGGER {table}_count_update AFTER UPDATE ON {table} FOR EACH ROW {call}",
        f"CREATE OR REPLACE TRIGGER {table}_count_delete AFTER DELETE ON {table} FOR EACH ROW {call}",
    ]


def _is_counted_change(table: str, *, dialect: _Dialect) -> str:
    columns = _OTHER_COLUMNS.get(table, _COUNTED_COLUMNS)
    return " OR ".join(f"OLD.{column} {dialect.differs} NEW.{column}" for column in columns)


def _lock(table: str, row: str) -> str:
    """Lock the article of a tag or mention. Otherwise a transaction that moves the article to another section would not
    see a tag that another one is adding, and that one would count the tag in the former section."""
    if table == ARTICLES:
        return ""
    article = f"{row}.object_id" if table == TAGS else f"{row}.article_id"
    return f"PERFORM 1 FROM {ARTICLES} WHERE id = {article} FOR NO KEY UPDATE;"


def _add(table: str, row: str, sign: int, *, dialect: _Dialect) -> str:
    """Return the statement that adds `sign` to all numbers in which the row, "OLD" or "NEW", is counted."""
    article = row if table == ARTICLES else "article"
    year, month = (text.format(row=article) for text in (dialect.year, dialect.month))
    expires, opens = (dialect.month_of.format(time=f"{article}.{column}") for column in ("expire_at", "publish_at"))
    expires = f"COALESCE({expires}, {NEVER})"
    opens = f"CASE WHEN {article}.state = '{State.SCHEDULED}' THEN {opens} ELSE {ALWAYS} END"
    facets = _MAKE_FACETS[table](row)
    periods = f"CASE WHEN facets.facet = 'month' THEN {month} ELSE {year} END"
    section = f"CASE WHEN facets.facet = 'month' THEN 0 ELSE {article}.section_id END"
    is_counted = f"{article}.state IN ({_STATES}) AND {article}.publish_at IS NOT NULL"
    source = f"({facets}) AS facets"
    if table != ARTICLES:
        source += f" JOIN {ARTICLES} AS article ON article.id = facets.article"
    return (
        f'INSERT INTO {_COUNTS} ({_COLUMNS}, "batch", "count")'  # noqa: S608 - our own names
        f" SELECT facets.facet, facets.number, {article}.language, {section}, {periods}, {expires}, {opens},"
        f" {dialect.batch}, {sign} FROM {source} WHERE {is_counted}"
        f' ON CONFLICT ({_COLUMNS}, "batch") DO UPDATE SET "count" = {_COUNTS}."count" + excluded."count"'
    )


def _facets_of_article(row: str) -> str:
    return (
        "SELECT 'articles' AS facet, 0 AS number UNION ALL SELECT 'month', 0"  # noqa: S608 - our own names
        f" UNION ALL SELECT 'source', {row}.source_id WHERE {row}.source_id IS NOT NULL"
        f" UNION ALL SELECT 'tag', tag_id FROM {TAGS} WHERE object_id = {row}.id AND content_type_id = {_CONTENT_TYPE}"
        f" UNION ALL SELECT 'person', person_id FROM {MENTIONS} WHERE article_id = {row}.id AND person_id IS NOT NULL"
        f" UNION ALL SELECT 'organization', organization_id FROM {MENTIONS}"
        f" WHERE article_id = {row}.id AND organization_id IS NOT NULL"
    )


def _facet_of_tag(row: str) -> str:
    return (
        f"SELECT 'tag' AS facet, {row}.tag_id AS number, {row}.object_id AS article"
        f" WHERE {row}.content_type_id = {_CONTENT_TYPE}"
    )


def _facets_of_mention(row: str) -> str:
    return (
        f"SELECT 'person' AS facet, {row}.person_id AS number, {row}.article_id AS article"
        f" WHERE {row}.person_id IS NOT NULL UNION ALL SELECT 'organization', {row}.organization_id, {row}.article_id"
        f" WHERE {row}.organization_id IS NOT NULL"
    )


_MAKE_FACETS = {ARTICLES: _facets_of_article, TAGS: _facet_of_tag, MENTIONS: _facets_of_mention}
