"""Reads one PDF from its input and writes what is in it as JSON: a program of its own, because a hostile file can take
any time and memory. It imports nothing of the portal, so it starts fast and runs anywhere.

Objects are read with pypdf, which shows all of them. Texts are read with PDFium: of pages that browsers print, pypdf
tears English words apart and returns radicals instead of Chinese characters.

`pdf_worker.py check` looks for active content, `pdf_worker.py text` reads the text."""

import io
import json
import re
import sys
from typing import Any

import pypdf
import pypdfium2
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

MAX_MEMORY = 768 * 1024 * 1024
MAX_PAGES = 1000
MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 60
# Names of actions, by which a document runs something, and the problem that each is.
_ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "launch",
    "/ImportData": "launch",
    "/GoToE": "embedded",
    "/Rendition": "media",
    "/RichMediaExecute": "media",
}
_RAW = re.compile(rb"/(?:JavaScript|Launch)(?![A-Za-z0-9])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def check(content: bytes) -> dict[str, Any]:
    """Return the number of pages and the first problem."""
    reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        return {"pages": None, "problem": "encrypted"}
    problem = next(filter(None, (_problem_in(row) for row in _objects(reader))), "")
    # What no table of objects lists, a lenient reader may find all the same.
    if not problem and _RAW.search(_ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), content)):
        problem = "script"
    return {"pages": len(reader.pages), "problem": problem}


def text_of(content: bytes) -> dict[str, Any]:
    """Return the text, page by page, as far as the limits go."""
    parts: list[str] = []
    left = MAX_CHARACTERS
    document = pypdfium2.PdfDocument(content)
    for number in range(min(len(document), MAX_PAGES)):
        text = document[number].get_textpage().get_text_bounded().strip()[:left]
        left -= len(text)
        parts.append(text)
        if left <= 0:
            break
    return {"text": "\n".join(filter(None, parts))}


def _objects(reader: Any) -> Any:
    yield reader.trailer
    numbers = {(number, generation) for generation, row in reader.xref.items() for number in row}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(numbers):
        if number:
            yield reader.get_object(IndirectObject(number, generation, reader))


def _problem_in(value: Any, depth: int = 0) -> str:
    """Return the problem of an object without those that it refers to, which are read on their own."""
    if depth > MAX_DEPTH:
        return "unreadable"
    if isinstance(value, DictionaryObject):
        found = _problem_of_dictionary(value)
        return found or next(filter(None, (_problem_in(each, depth + 1) for each in _direct(value.values()))), "")
    if isinstance(value, ArrayObject):
        return next(filter(None, (_problem_in(each, depth + 1) for each in _direct(value))), "")
    return ""


def _direct(values: Any) -> Any:
    return (each for each in values if isinstance(each, DictionaryObject | ArrayObject))


def _problem_of_dictionary(value: Any) -> str:
    action = _ACTIONS.get(str(value.raw_get("/S"))) if "/S" in value else None
    if action:
        return action
    if "/JS" in value or "/JavaScript" in value or "/XFA" in value:
        return "script"
    if "/EmbeddedFiles" in value or str(value.get("/Type", "")) == "/EmbeddedFile":
        return "embedded"
    return "media" if str(value.get("/Subtype", "")) in {"/RichMedia", "/3D", "/Movie", "/Screen"} else ""


def main(task: str) -> None:
    content = sys.stdin.buffer.read()
    try:
        # Not on Windows, where only the time is limited.
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    except ImportError:
        pass
    try:
        found = check(content) if task == "check" else text_of(content)
    except (Exception, RecursionError, MemoryError):  # noqa: BLE001 - whatever a damaged file makes a parser raise
        found = {"pages": None, "problem": "unreadable", "text": ""}
    sys.stdout.buffer.write(json.dumps(found).encode())


if __name__ == "__main__":
    main(sys.argv[1])
