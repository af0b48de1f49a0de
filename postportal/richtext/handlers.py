"""What follows from an edit of something with rich text. Named in postportal/outbox/routes.py."""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from postportal.richtext.fields import RichTextField
from postportal.richtext.models import TextLink
from postportal.richtext.tree import Element, parse_html

MAX_PATH_LENGTH = TextLink._meta.get_field("path").max_length or 0


def update_text_links(label: str, pks: Collection[int]) -> None:
    """Note where the texts of the rows lead on this site; those that are gone lead nowhere."""
    model: Any = apps.get_model(label)
    content_type = ContentType.objects.get_for_model(model)
    wanted: set[tuple[int, str]] = set()
    for pk, *texts in model._default_manager.filter(pk__in=pks).values_list("pk", *rich_text_fields(model)):
        wanted |= {(pk, address) for text in texts for address in local_paths(text)}
    noted = TextLink.objects.filter(content_type=content_type, object_id__in=pks)
    known = {(object_id, address): pk for pk, object_id, address in noted.values_list("pk", "object_id", "path")}
    new = [
        TextLink(content_type=content_type, object_id=pk, path=address) for pk, address in sorted(wanted - known.keys())
    ]
    needless = [pk for link, pk in known.items() if link not in wanted]
    if new or needless:
        with transaction.atomic():
            TextLink.objects.filter(pk__in=needless).delete()
            TextLink.objects.bulk_create(new, ignore_conflicts=True)


def rich_text_fields(model: Any) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if isinstance(field, RichTextField)]


def local_paths(html: str) -> set[str]:
    """The paths on this site that links of the text lead to, as they are written, without what follows a # or a ?."""
    if 'href="/' not in html:
        return set()
    links = [
        link.attributes.get("href", "")
        for node in parse_html(html)
        if isinstance(node, Element)
        for link in node.find("a")
    ]
    paths = {link.partition("#")[0].partition("?")[0] for link in links if link.startswith("/")}
    return {path for path in paths if len(path) <= MAX_PATH_LENGTH}
