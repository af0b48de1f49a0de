"""References from texts to documents, which show the title, type and size of today."""

import datetime as dt
import re
from collections.abc import Callable, Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from postportal.documents.captions import CAPTIONS_NAME
from postportal.documents.file_types import FILE_TYPES
from postportal.documents.models import Document
from postportal.documents.players import player_of
from postportal.richtext.references import (
    DOCUMENT,
    Choice,
    Reference,
    Source,
    reference_to,
    register_references,
)
from postportal.text.name_search import filter_words

MAX_CHOICES = 30


def find_references(keys: Collection[int], at: dt.datetime) -> dict[int, Reference]:
    """Return what each of these documents is called. One that a public text refers to is public by that."""
    rows = Document.objects.filter(pk__in=keys).select_related("poster").defer("text")
    return {row.pk: Reference(row.get_absolute_url(), words_of(row), player_of(row)) for row in rows}


def document_choices(at: dt.datetime, *, text: str = "", is_recording: bool = False) -> list[Choice]:
    """Return the newest documents with these words in their titles, or only video and audio."""
    rows = Document.objects.defer("text")
    if is_recording:
        rows = rows.filter(kind__in=[kind for kind, file_type in FILE_TYPES.items() if file_type.player])
    found: Any = filter_words(rows, text, fields=["folded_title", "folded_title_zh"])
    rows = found.newest_first()[:MAX_CHOICES]
    return [Choice(reference_to(row.pk, scheme=DOCUMENT), words_of(row), words_of(row)) for row in rows]


def replace_document_urls(html: str, make_url: Callable[[int], str]) -> str:
    """Return the page with every link to a document, and to its captions, replaced: the URL of the document becomes
    that which `make_url` returns for its key."""
    url = re.escape(reverse("document", args=[0])).replace("0", "([1-9][0-9]{0,17})")
    found = re.compile(f'(href|src)="{url}({re.escape(CAPTIONS_NAME)})?"')
    return found.sub(lambda match: f'{match[1]}="{make_url(int(match[2]))}{match[3] or ""}"', html)


def words_of(document: Document) -> str:
    """Return the words of a link: readers want to know what they load."""
    return _("%(title)s (%(type_and_size)s)") % {"title": document, "type_and_size": document.type_and_size}


register_references(
    Source(
        Document,
        find_references,
        document_choices,
        "admin:documents_document_choices",
        lambda pk: f"/documents/{pk}/",
    ),
    scheme=DOCUMENT,
)
