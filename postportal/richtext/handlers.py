"""Outbox handlers for objects with rich text. postportal/outbox/routes.py names them."""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from postportal.richtext.fields import RichTextField
from postportal.richtext.models import TextLink, TextPicture
from postportal.richtext.references import has_references, is_item_reference, path_of_reference
from postportal.richtext.tree import Element, parse_html
from postportal.web.media_names import stems_in

MAX_PATH_LENGTH = TextLink._meta.get_field("path").max_length or 0


def update_text_links(label: str, pks: Collection[int]) -> None:
    """Bring the rows of TextLink and TextPicture up to date with the texts of these objects. Deleted objects have
    none."""
    model: Any = apps.get_model(label)
    links: set[tuple[int, str]] = set()
    pictures: set[tuple[int, str]] = set()
    for pk, *texts in model._default_manager.filter(pk__in=pks).values_list("pk", *rich_text_fields(model)):
        for text in texts:
            links |= {(pk, path) for path in local_paths(text)}
            pictures |= {(pk, stem) for stem in stems_in(text)}
    _store(TextLink, "path", links, model=model, pks=pks)
    _store(TextPicture, "stem", pictures, model=model, pks=pks)


def _store(table: Any, column: str, wanted: set[tuple[int, str]], *, model: Any, pks: Collection[int]) -> None:
    """Make the rows of `table` for these objects those in `wanted`: pairs of primary key and value of the column."""
    content_type = ContentType.objects.get_for_model(model)
    stored = table.objects.filter(content_type=content_type, object_id__in=pks)
    existing = {(object_id, value): pk for pk, object_id, value in stored.values_list("pk", "object_id", column)}
    new = [
        table(content_type=content_type, object_id=pk, **{column: value})
        for pk, value in sorted(wanted - existing.keys())
    ]
    outdated = [pk for key, pk in existing.items() if key not in wanted]
    if new or outdated:
        with transaction.atomic():
            table.objects.filter(pk__in=outdated).delete()
            table.objects.bulk_create(new, ignore_conflicts=True)


def rich_text_fields(model: Any) -> list[str]:
    """Return the names of the rich text fields of a model."""
    return [field.name for field in model._meta.concrete_fields if isinstance(field, RichTextField)]


def local_paths(html: str) -> set[str]:
    """Return the paths on this site that the text links to, without query and fragment. References to rows with a
    lasting URL are links to it, and those to items stand for themselves (“article:12”)."""
    if 'href="/' not in html and not has_references(html):
        return set()
    links = [
        link.attributes.get("href", "")
        for node in parse_html(html)
        if isinstance(node, Element)
        for link in node.find("a")
    ]
    links = [path_of_reference(link) or link for link in links]
    paths = {
        link.partition("#")[0].partition("?")[0] for link in links if link.startswith("/") or is_item_reference(link)
    }
    return {path for path in paths if len(path) <= MAX_PATH_LENGTH}
