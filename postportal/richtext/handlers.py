"""What follows from an edit of something with rich text. Named in postportal/outbox/routes.py."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from postportal.richtext.fields import RichTextField
from postportal.richtext.models import Link
from postportal.richtext.tree import Element, parse

LONGEST = Link._meta.get_field("address").max_length or 0


def note_links(label: str, pk: int) -> None:
    """Note where the texts of the row lead on this site."""
    model: Any = apps.get_model(label)
    texts = model._default_manager.filter(pk=pk).values_list(*rich_text_columns(model)).first()
    wanted = {address for text in texts or () for address in addresses_in(text)}
    noted = Link.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id=pk)
    known = set(noted.values_list("address", flat=True))
    if wanted == known:
        return
    with transaction.atomic():
        noted.exclude(address__in=wanted).delete()
        Link.objects.bulk_create(
            [
                Link(content_type=ContentType.objects.get_for_model(model), object_id=pk, address=address)
                for address in sorted(wanted - known)
            ],
            ignore_conflicts=True,
        )


def rich_text_columns(model: Any) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if isinstance(field, RichTextField)]


def addresses_in(html: str) -> set[str]:
    """The paths on this site that links of the text lead to, as they are written, without what follows a # or a ?."""
    if 'href="/' not in html:
        return set()
    links = [
        link.attributes.get("href", "") for node in parse(html) if isinstance(node, Element) for link in node.find("a")
    ]
    paths = {link.partition("#")[0].partition("?")[0] for link in links if link.startswith("/")}
    return {path for path in paths if len(path) <= LONGEST}
