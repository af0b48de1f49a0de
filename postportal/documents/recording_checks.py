"""Checks of an item: captions and transcripts of the recordings in its texts."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from postportal.documents.models import Document
from postportal.publishing.checks import Fault
from postportal.richtext.handlers import rich_text_fields
from postportal.richtext.references import DOCUMENT, reference_key
from postportal.richtext.tree import Element, parse_html


def recording_faults(item: Any, user: Any) -> Iterator[Fault]:
    """Find videos without captions, and recordings without a transcript. One query for all texts."""
    places: dict[int, str] = {}
    for name in rich_text_fields(type(item)):
        if f'"{DOCUMENT}:' in (html := getattr(item, name)):
            links = [link for node in parse_html(html) if isinstance(node, Element) for link in node.find("a")]
            keys = [reference_key(link.attributes.get("href", ""), scheme=DOCUMENT) for link in links]
            places |= {key: name for key in keys if key and key not in places}
    for row in Document.objects.filter(pk__in=places).defer("text"):
        player = row.file_type.player
        if player == "video" and not row.captions:
            yield Fault(_("A video has no captions"), str(row), places[row.pk], row.title)
        if player and not row.transcript:
            yield Fault(_("A recording has no transcript"), str(row), places[row.pk], row.title)
