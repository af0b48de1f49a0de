"""The Chinese translation: complete for readers, and compiled from its source."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.test import Client

LOCALE = settings.LOCALE_PATHS[0] / "zh_Hans" / "LC_MESSAGES"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
# Templates and modules with texts for readers.
PUBLIC = re.compile(
    r"templates/(?!admin/)|.*/(contents|feeds|forms|scopes|search|currencies|\w+_in_words)\.py$|.*/views/|.*/search/"
)
# Templates used on every page, and the contact form.
SHARED_TEMPLATES = ("base.html", "_pagination.html", "components/*.html", "pages/contact*.html")

PART = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$')
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


class Message(NamedTuple):
    context: str
    text: str
    plural: str
    translation: str
    places: frozenset[str]
    is_fuzzy: bool


def messages() -> Iterator[Message]:
    entries = (LOCALE / "django.po").read_text("utf-8").strip().split("\n\n")
    for entry in entries[1:]:
        parts: dict[str, str] = {}
        name = ""
        for line in entry.splitlines():
            if found := PART.match(line):
                name, line = found[1], found[2]
                parts[name] = ""
            if line.startswith('"'):
                parts[name] += ast.literal_eval(line)
        places = frozenset(" ".join(re.findall(r"^#: (.+)$", entry, re.MULTILINE)).split())
        translation = parts.get("msgstr", parts.get("msgstr[0]", ""))
        is_fuzzy = bool(re.search(r"^#,.*\bfuzzy\b", entry, re.MULTILINE))
        if "msgid" in parts:  # Others are obsolete.
            context = parts.get("msgctxt", "")
            yield Message(context, parts["msgid"], parts.get("msgid_plural", ""), translation, places, is_fuzzy)


def test_everything_readers_see_is_translated() -> None:
    public = [message for message in messages() if any(map(PUBLIC.match, message.places))]
    assert [message.text for message in public if message.is_fuzzy or not message.translation] == []
    assert len(public) > 200


def test_translations_have_the_same_placeholders() -> None:
    wrong = [
        message.text
        for message in messages()
        if message.translation
        and set(PLACEHOLDER.findall(message.translation)) != set(PLACEHOLDER.findall(message.plural or message.text))
    ]
    assert wrong == []


def test_compiled_file_is_made_from_the_source() -> None:
    expected = {
        (key, 0) if message.plural else key: message.translation
        for message in messages()
        if message.translation and not message.is_fuzzy
        for key in ["\x04".join(filter(None, [message.context, message.text]))]
    }
    with (LOCALE / "django.mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    compiled.pop("")
    assert compiled == expected


def test_texts_of_shared_templates_are_in_the_source() -> None:
    known = {message.text for message in messages()}
    used = set()
    for pattern in SHARED_TEMPLATES:
        for template in TEMPLATES.glob(pattern):
            used |= set(re.findall(r"{% translate (?:\"|')(.+?)(?:\"|')(?: |%)", template.read_text("utf-8")))
    assert sorted(used - known) == []
    assert len(used) > 20


@pytest.mark.django_db
def test_chinese_pages_are_in_chinese(client: Client) -> None:
    page = client.get("/zh-hans/contact/").content.decode()
    texts = ["跳到主要内容", "菜单", "搜索", "首页", "联系我们", "您的姓名", "发送留言"]
    assert [text for text in texts if text not in page] == []
    assert client.get("/contact/").content.decode().count("菜单") == 0
