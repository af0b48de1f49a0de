"""Tables that the page cache watches, and the columns by which a page may narrow what it depends on.

Every table is watched unless it is listed here as never shown to readers; a page that reads such a table all the same
is not kept. So a new model costs precision until somebody narrows it, but is never stale."""

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import Model

# No public page that may be kept reads them.
UNWATCHED_APPS = frozenset(
    {
        *("admin", "audit", "auth", "interchange", "legacy", "otp_static", "otp_totp", "outbox", "page_cache"),
        *("search", "sessions", "staff"),
    }
)
UNWATCHED = frozenset(
    {
        *("news.namefinding", "news.namescan", "news.sectionright", "pages.contactmessage"),
        *("publishing.assignment", "publishing.authorship", "publishing.calendarkey", "publishing.comment"),
        *("publishing.comment_mentioned", "publishing.edition_writers", "publishing.presence"),
        *("publishing.previewlink", "publishing.renderedpreview", "publishing.revision"),
        *("richtext.externallink", "richtext.textlink", "richtext.textpicture"),
        *("services.textnumber", "tags.tagspelling"),
    }
)
# Their rows only change with the code.
CONSTANT = frozenset({"contenttypes.contenttype"})
# Watched through the tables that they are made from.
DERIVED = frozenset({"news.articlecount"})


@dataclass(frozen=True)
class Watch:
    """Label, scopes and day that the triggers of a table note."""

    # The SQL of the label, in which {row} is the row: that of the parent for a child row.
    label: str
    # Name of each scope, and its column.
    scopes: tuple[tuple[str, str], ...] = (("id", "id"),)
    # The column with the day by which lists are sorted.
    day: str = ""
    # A new row changes no page by itself: another row has to point to it.
    has_inserts: bool = True


SPECIAL = {
    "news.article": Watch(
        "'news.article'",
        (
            ("id", "id"),
            *((name, name) for name in ("section_id", "source_id", "language", "translation_of_id")),
        ),
        day="dateline_on",
    ),
    "news.mention": Watch(
        "'news.article'", (("id", "article_id"), ("person_id", "person_id"), ("organization_id", "organization_id"))
    ),
    "taggit.taggeditem": Watch(
        # Blank, which drops everything, if the content type is being deleted.
        "COALESCE((SELECT app_label || '.' || model FROM django_content_type WHERE id = {row}.content_type_id), '')",
        (("id", "object_id"), ("tag_id", "tag_id")),
    ),
    "taggit.tag": Watch("'taggit.tag'", has_inserts=False),
    "images.image": Watch("'images.image'", has_inserts=False),
    "images.imagefile": Watch("'images.image'", (("id", "image_id"),), has_inserts=False),
    "documents.document": Watch("'documents.document'", has_inserts=False),
    "news.articledocument": Watch("'news.article'", (("id", "article_id"),)),
    "publishing.edition": Watch("'publishing.edition'", (("object_id", "object_id"),)),
}
# Pages only show pictures and documents that another row names, so that a page depends on the rows it has loaded.
ROWS_ONLY = frozenset({"images.image", "images.imagefile", "documents.document"})
# The labels to which child rows belong. One that has no narrowed parent on the page belongs to all of them.
PARENTS = {
    "news.mention": ("news.article",),
    "news.articledocument": ("news.article",),
    # Written by triggers alone, with the rows that they count.
    "news.articlecount": ("news.article",),
    "taggit.taggeditem": ("news.article", "services.stampissue"),
}
# Scopes of a row that are columns of other tables: (scope and column, table, column with the key of the row).
RELATED_SCOPES = {
    "news.article": (
        ("tag_id", "taggit_taggeditem", "object_id"),
        ("person_id", "news_mention", "article_id"),
        ("organization_id", "news_mention", "article_id"),
    )
}
# Nothing that is due may be hidden by a kept page: publication is a change made by the next request.
DUE = {
    "publishing_edition": "stage = 'scheduled' AND release_id IS NULL",
    "publishing_release": "stage = 'scheduled'",
}


@cache
def watched_models() -> dict[str, type[Model]]:
    """Return the models whose tables have triggers, by label."""
    return {label: model for label, model in _all_models().items() if _is_watched(model)}


@cache
def labels_by_table() -> dict[str, tuple[str, ...]]:
    """Return the labels that a query of each table depends on. The label of an unwatched table is blank."""
    found = {}
    for label, model in _all_models().items():
        if label not in CONSTANT and label not in ROWS_ONLY:
            labels = PARENTS.get(label, (label,)) if _is_watched(model) or label in DERIVED else ("",)
            found[model._meta.db_table] = labels
    return found


def watch_of(label: str) -> Watch:
    return SPECIAL.get(label, Watch(f"'{label}'"))


@cache
def timed_models() -> dict[str, type[Model]]:
    """Return the models whose rows become public and expire at given times."""
    return {
        label: model
        for label, model in watched_models().items()
        if {"publish_at", "expire_at"} <= {field.name for field in model._meta.local_concrete_fields}
    }


@cache
def due_tables() -> dict[str, str]:
    """Return the tables of what is due at a time (`DUE`), with planned changes that have not been made."""
    planned = {
        model._meta.db_table: "due_at IS NOT NULL AND expire_at IS NULL"
        for model in timed_models().values()
        if "due_at" in {field.name for field in model._meta.local_concrete_fields}
    }
    return DUE | planned


def _all_models() -> dict[str, type[Model]]:
    models = apps.get_models(include_auto_created=True)
    return {model._meta.label_lower: model for model in models if model._meta.managed and not model._meta.proxy}


def _is_watched(model: type[Model]) -> bool:
    label = model._meta.label_lower
    return model._meta.app_label not in UNWATCHED_APPS and label not in UNWATCHED | CONSTANT | DERIVED
