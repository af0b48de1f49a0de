"""The Chinese translation: complete for readers and for staff, and compiled from its source."""

import ast
import gettext
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation.template import templatize

from tests.test_conventions import own_files, python_files, text

LOCALE = settings.LOCALE_PATHS[0] / "zh_Hans" / "LC_MESSAGES"
DOMAINS = ["django", "djangojs"]
# The functions that mark texts, with the places of the context and of the text among their arguments.
MARKERS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"], (None, 0)),
    **dict.fromkeys(["pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"], (0, 1)),
}
PART = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$')
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|%%|{\w+}|</?\w+")
# What gettext calls are made of once Django has turned a template into Python.
TEMPLATE_CALL = re.compile(r"""\b(?:\w*gettext|_)\((?:u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"),?\s*)+""", re.DOTALL)
SCRIPT_CALL = re.compile(r'\bgettext\(\s*("(?:[^"\\]|\\.)*")')


class Message(NamedTuple):
    context: str
    text: str
    plural: str
    translation: str
    is_fuzzy: bool


def catalogue(domain: str) -> Iterator[Message]:
    entries = (LOCALE / f"{domain}.po").read_text("utf-8").strip().split("\n\n")
    for entry in entries[1:]:
        parts: dict[str, str] = {}
        name = ""
        for line in entry.splitlines():
            if found := PART.match(line):
                name, line = found[1], found[2]
                parts[name] = ""
            if line.startswith('"'):
                parts[name] += ast.literal_eval(line)
        if "msgid" in parts:  # Others are obsolete.
            translation = parts.get("msgstr", parts.get("msgstr[0]", ""))
            is_fuzzy = bool(re.search(r"^#,.*\bfuzzy\b", entry, re.MULTILINE))
            plural = parts.get("msgid_plural", "")
            yield Message(parts.get("msgctxt", ""), parts["msgid"], plural, translation, is_fuzzy)


def marked(source: str) -> Iterator[tuple[str, str]]:
    """Yield the context and the text of each message marked in Python code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            places = MARKERS.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
            texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            if places and isinstance(message := dict(enumerate(texts)).get(places[1]), str):
                yield "" if places[0] is None else str(texts[places[0]]), message


def messages_of_the_code(domain: str) -> set[tuple[str, str]]:
    if domain == "djangojs":
        scripts = [path for path in own_files(".js") if path.parts[0] == "static"]
        return {("", ast.literal_eval(call)) for path in scripts for call in SCRIPT_CALL.findall(text(path))}
    ours = [path for path in python_files() if path.parts[0] in {"news", "services", "postportal"}]
    found = {message for path in ours for message in marked(text(path))}
    for path in (path for path in own_files(".html") if path.parts[0] != "tests"):
        for call in TEMPLATE_CALL.findall(templatize(text(path))):
            found |= set(marked(f"{call})"))
    return found


@pytest.mark.parametrize("domain", DOMAINS)
def test_catalogue_has_the_messages_of_the_code(domain: str) -> None:
    known = {(message.context, message.text) for message in catalogue(domain)}
    used = messages_of_the_code(domain)

    assert sorted(used - known) == []
    assert sorted(known - used) == []
    assert len(used) > 50


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_message_is_translated(domain: str) -> None:
    assert [message.text for message in catalogue(domain) if message.is_fuzzy or not message.translation] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_translations_have_the_same_placeholders(domain: str) -> None:
    def placeholders(text: str) -> list[str]:
        return sorted(PLACEHOLDER.findall(text))

    wrong = [
        message.text
        for message in catalogue(domain)
        if placeholders(message.translation) != placeholders(message.plural or message.text)
    ]

    assert wrong == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_compiled_file_is_made_from_the_source(domain: str) -> None:
    expected = {
        (key, 0) if message.plural else key: message.translation
        for message in catalogue(domain)
        for key in ["\x04".join(filter(None, [message.context, message.text]))]
    }
    with (LOCALE / f"{domain}.mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    compiled.pop("")

    assert compiled == expected


def test_dates_are_written_in_the_formats_of_the_language() -> None:
    """Parts of a date (weekday, month, time) and the forms of machines are the same in every language."""
    same_everywhere = re.compile(r"c|D|l|M|Y|U|fA|H:i(:s)?|Y-m-d.*|[A-Z_]+_FORMAT")
    filters = re.compile(r"""\|(?:date|time):["']([^"']+)["']""")
    calls = re.compile(r"""(?:date|time)_format\([^"'\n]*, ["']([^"']+)["']\)""")
    written = [
        (str(path), found)
        for pattern, paths in ((filters, own_files(".html")), (calls, python_files()))
        for path in paths
        for found in pattern.findall(text(path))
    ]

    assert [(path, found) for path, found in written if not same_everywhere.fullmatch(found)] == []
    assert len(written) > 30


@pytest.mark.django_db
def test_chinese_pages_are_in_chinese(client: Client) -> None:
    page = client.get("/zh-hans/contact/").content.decode()
    texts = ["跳到主要内容", "菜单", "搜索", "首页", "联系我们", "您的姓名", "发送留言"]

    assert [text for text in texts if text not in page] == []
    assert client.get("/contact/").content.decode().count("菜单") == 0


def formatted_at_import(node: ast.AST, *, lazy: set[str]) -> Iterator[int]:
    """Yield the lines outside of functions at which a lazy text is formatted, in the language of the start for good."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.Lambda):
            continue
        is_formatted = isinstance(child, ast.BinOp) and isinstance(child.op, ast.Mod)
        if is_formatted and isinstance(child.left, ast.Call) and getattr(child.left.func, "id", "") in lazy:
            yield child.lineno
        yield from formatted_at_import(child, lazy=lazy)


def test_no_text_is_formatted_before_the_language_is_known() -> None:
    found = []
    for path in python_files():
        tree = ast.parse(text(path))
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        names = [name for node in imports if node.module == "django.utils.translation" for name in node.names]
        lazy = {name.asname or name.name for name in names if name.name.endswith("_lazy")}
        found += [f"{path}:{line}" for line in formatted_at_import(tree, lazy=lazy)]

    assert found == []
