"""The part of “words” in docs/style.md that a machine can hold, and the glossary."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.test_conventions import ROOT, own_files, python_files, text

# Literal translations and private words that once stood in the portal, as patterns over texts that people read.
UNNATURAL = {
    r"\banew\b": "again",
    r"\bgoes out\b|\bgo out\b|\bwent out\b|\bgone out\b": "is published",
    r"\bby itself\b(?!\.? \()": "automatically",
    r"\bput in\b|\btake it out\b|\btake them\b|\bdrop them\b": "add, remove, restore, discard",
    r"\btake back\b|\btook back\b": "cancel",
    r"\bbeside what\b": "unpublished changes",
    r"\bleads nowhere\b": "is not valid",
    r"\bLeave empty\b|\bEmpty: ": "Leave blank",
    r"\bsay when\b|\bsay why\b": "Choose a time, enter a reason",
    r"\bFinds (names|words|titles|purposes|people|accounts|all)\b": "Searches",
    r"\baddress of (the|this|a) page\b": "URL",
    r"\blooked at again\b": "reviewed",
    r"\bsign(ed|ing)? (in|out)\b": "log in, log out",
    r"\bstaff home\b": "dashboard",
}
RIDDLE = re.compile(r"(What|Who|Whom|Whose|Where|Which|How|Whether)\b")


def messages(path: Path) -> Iterator[str]:
    """Yield the texts of a Python module that are translated."""
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}:
                yield from (
                    arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                )


def template_messages(path: Path) -> Iterator[str]:
    source = text(path)
    yield from re.findall(r"{%\s*translate\s+\"([^\"]+)\"", source)
    for block in re.findall(r"{%\s*blocktranslate\b.*?%}(.*?){%\s*endblocktranslate", source, re.DOTALL):
        yield " ".join(block.split())


@cache
def all_messages() -> list[tuple[str, str]]:
    ours = [path for path in python_files() if path.parts[0] in {"news", "services", "postportal"}]
    found = [(str(path), message) for path in ours for message in messages(path)]
    return found + [(str(path), message) for path in own_files(".html") for message in template_messages(path)]


@pytest.mark.parametrize("pattern", UNNATURAL)
def test_no_message_is_a_literal_translation(pattern: str) -> None:
    search = re.compile(pattern, re.IGNORECASE).search

    assert [(path, message) for path, message in all_messages() if search(message)] == []


def test_docstrings_begin_with_a_noun_or_a_verb() -> None:
    riddles = [
        f"{path}: {docstring.partition(chr(10))[0]}"
        for path in python_files()
        for docstring in docstrings(path)
        if RIDDLE.match(docstring)
    ]

    assert riddles == []


def docstrings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found = ast.get_docstring(node)
            if found:
                yield found


def glossary_rows() -> list[tuple[str, str, str]]:
    page = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    return re.findall(r"^\| ([^|]+) \| ([^|]+) \| (`[^|]+`) \|$", page, re.MULTILINE)


@pytest.mark.parametrize(("term", "meaning", "place"), glossary_rows())
def test_term_is_explained_in_one_sentence_and_stands_in_the_code(term: str, meaning: str, place: str) -> None:
    path, *symbols = re.findall(r"`([^`]+)`", place)

    assert re.fullmatch(r"[A-Z][^.]*(?:\d\.\d[^.]*)*\.", meaning), term
    for symbol in ".".join(symbols).split(".") if symbols else []:
        assert re.search(rf"(?m)^\s*(?:async def |def |class )?{re.escape(symbol)}\b", text(Path(path))), symbol
    assert (ROOT / path).is_file()


def test_glossary_explains_the_words_of_the_workflow() -> None:
    terms = {term for term, *_ in glossary_rows()}

    assert {"item", "edition", "revision", "release", "step", "embargo", "dateline", "mention", "search kind"} <= terms
