"""Outbox handlers for documents."""

import logging
import re
from collections.abc import Collection

from postportal.documents.models import Document
from postportal.documents.office_files import office_text
from postportal.documents.pdf_files import pdf_text
from postportal.documents.text_files import read_text
from postportal.richtext.references import DOCUMENT, reference_to
from postportal.search.plain_texts import update_plain_texts

logger = logging.getLogger(__name__)

MAX_CHARACTERS = 1_000_000
# Ends of lines within a word: after a hyphen, for which PDFium writes U+FFFE or U+0002, and within Chinese sentences.
_IN_WORD = re.compile(
    r"[\ufffe\x02]\r?\n?|(?<=[a-z])-\r?\n(?=[a-z])|(?<=[\u3000-\u9fff\uff00-\uffef]{20})\r?\n(?=[\u3000-\u9fff])"
)
_UNWANTED = {ord(character): " " for character in [*map(chr, range(32)), "\x7f"] if character not in "\n\t"}


def read_texts(label: str, pks: Collection[int]) -> None:
    """Store the text of the files that have not been read yet, for the search."""
    for document in Document.objects.filter(pk__in=pks).defer("text"):
        name = document.file.name or ""
        if document.text_file != name:
            text = _text_of(document)[:MAX_CHARACTERS]
            # Only if the file is still the same: otherwise another event follows.
            Document.objects.filter(pk=document.pk, file=name).update(text=text, text_file=name)


def update_words(label: str, pks: Collection[int]) -> None:
    """Bring the plain text of the texts that refer to these documents up to date, also in the search."""
    update_plain_texts([f'href="{reference_to(pk, scheme=DOCUMENT)}"' for pk in pks])


def _text_of(document: Document) -> str:
    if document.file_type.player:
        # The words of a recording are in its transcript.
        return ""
    try:
        with document.file.open() as file:
            content = file.read()
    except OSError:
        logger.exception("The file of document %s could not be read", document.pk)
        return ""
    if document.kind == "pdf":
        text = pdf_text(content)
    elif document.kind in {"csv", "txt"}:
        text = read_text(content) or ""
    else:
        text = office_text(content)
    text = _IN_WORD.sub("", text).translate(_UNWANTED).encode("utf-8", "ignore").decode()
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
