"""Outbox handlers for objects with rich text. postportal/outbox/routes.py names them."""

from collections.abc import Collection
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef

from postportal.richtext.current_pictures import current_stems
from postportal.richtext.fields import RichTextField
from postportal.richtext.models import TextLink, TextPicture
from postportal.richtext.references import has_references, is_item_reference, path_of_reference
from postportal.richtext.safe_links import is_external
from postportal.richtext.tree import Element, parse_html
from postportal.web.keyed_query import KeyedQuery
from postportal.web.media_names import stems_in
from postportal.web.site_url import path_on_site

MAX_PATH_LENGTH = TextLink._meta.get_field("path").max_length or 0


def update_text_links(label: str, pks: Collection[int]) -> None:
    """Bring the rows of TextLink and TextPicture up to date with the texts of these objects. Deleted objects have
    none."""
    model: Any = apps.get_model(label)
    links: set[tuple[int, str]] = set()
    pictures: set[tuple[int, str]] = set()
    for pk, *texts in rich_texts_of(model).objects(pks):
        for text in texts:
            links |= {(pk, path) for path in linked_urls(text)}
            pictures |= {(pk, stem) for stem in stems_in(text)}
    _store(TextLink, "path", links, model=model, pks=pks)
    _store(TextPicture, "stem", _with_current_stems(pictures), model=model, pks=pks)


def move_pictures(stem: str, *, to: str) -> None:
    """Note that the picture whose files have this stem has files with another one."""
    with transaction.atomic():
        rows = TextPicture.objects.filter(stem=stem)
        of_same = TextPicture.objects.filter(
            stem=to, content_type=OuterRef("content_type"), object_id=OuterRef("object_id")
        )
        rows.filter(Exists(of_same)).delete()
        rows.update(stem=to)


def _with_current_stems(pictures: set[tuple[int, str]]) -> set[tuple[int, str]]:
    """Return the pictures with the stems of their current files: the texts may still name earlier ones."""
    stems = {stem for _pk, stem in pictures}
    if not stems - current_stems(stems):
        return pictures
    moved = {stem: next(iter(current_stems({stem}))) for stem in stems}
    return {(pk, moved[stem]) for pk, stem in pictures}


def _store(table: Any, column: str, wanted: set[tuple[int, str]], *, model: Any, pks: Collection[int]) -> None:
    """Make the rows of `table` for these objects those in `wanted`: pairs of primary key and value of the column."""
    content_type = ContentType.objects.get_for_model(model)
    stored = _stored_rows(table, column).objects(pks, content_type.pk)
    existing = {(object_id, value): pk for pk, object_id, value in stored}
    new = [
        table(content_type=content_type, object_id=pk, **{column: value})
        for pk, value in sorted(wanted - existing.keys())
    ]
    outdated = [pk for key, pk in existing.items() if key not in wanted]
    if new or outdated:
        with transaction.atomic():
            table.objects.filter(pk__in=outdated).delete()
            table.objects.bulk_create(new, ignore_conflicts=True)


@cache
def _stored_rows(table: Any, column: str) -> KeyedQuery:
    return KeyedQuery(
        lambda pks, content_type: table.objects.filter(content_type=content_type, object_id__in=pks).values_list(
            "pk", "object_id", column
        ),
        takes=(int,),
    )


@cache
def rich_texts_of(model: Any) -> KeyedQuery:
    """Return the query for the texts of rows, with their primary keys before them."""
    return KeyedQuery(lambda pks: model._default_manager.filter(pk__in=pks).values_list("pk", *rich_text_fields(model)))


def rich_text_fields(model: Any) -> list[str]:
    """Return the names of the rich text fields of a model."""
    return [field.name for field in model._meta.concrete_fields if isinstance(field, RichTextField)]


def linked_urls(html: str) -> set[str]:
    """Return what the text links to: paths on this site, without query and fragment, and URLs of other sites, without
    fragment. References to rows with a lasting URL are links to it, and those to items stand for themselves
    (“article:12”)."""
    if 'href="/' not in html and 'href="http' not in html and not has_references(html):
        return set()
    links = [
        link.attributes.get("href", "")
        for node in parse_html(html)
        if isinstance(node, Element)
        for link in node.find("a")
    ]
    urls: set[str] = set()
    for link in (path_of_reference(link) or link for link in links):
        if is_item_reference(link):
            urls.add(link)
        elif path := path_on_site(link):
            urls.add(path)
        elif is_external(link):
            urls.add(link.partition("#")[0])
    return {url for url in urls if len(url) <= MAX_PATH_LENGTH}
