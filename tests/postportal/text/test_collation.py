import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from postportal.text.collation import MAX_KEY_LENGTH, NO_LETTER, index_letter, sort_key
from tests.factories import news

SERVE_PAGES = """
import sys
import django
django.setup()
from django.test import Client
from postportal.text.collation import _collator
urls = [f"/people/?letter={letter}" for letter in ("", "W", "王", "單", "č", "Э", "〇", "㐀", "1", "王王")]
urls += ["/people/", "/people/?q=王", "/people/wei/", "/organizations/", "/organizations/?q=邮", "/organizations/post/"]
urls += ["/search/?q=王", "/search/suggestions/?q=王", "/"]
urls = ["/sitemap.xml", *urls, *(f"/zh-hans{url}" for url in urls)]
print([Client().get(url, follow=True).status_code for url in urls])
print("pypinyin" in sys.modules, _collator.cache_info().currsize)
"""


@pytest.mark.parametrize(
    "names",
    [
        ["Andersson", "Ångström", "Anne"],
        ["Cermak", "Čermák", "Cesar"],
        ["Lopez", "Lukas", "Łukasiewicz", "Lz", "Ma"],
        ["Obama", "O'Brien", "OʼBrien Z", "Ocampo"],
        ["Li", "李", "Li An", "李明", "Liu"],
        ["Zorro", "Αθήνα", "Эйнштейн"],
    ],
)
def test_names_are_in_alphabetical_order(names: list[str]) -> None:
    backwards = list(reversed(names))

    assert sorted(backwards, key=sort_key) == names


def test_family_names_come_before_given_names() -> None:
    people = [("Li", "Zhen"), ("Lin", "An"), ("Liu", "")]

    backwards = list(reversed(people))

    assert sorted(backwards, key=lambda names: sort_key(*names)) == people


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Đặng", "D"),
        ("Łukasiewicz", "L"),
        ("Ångström", "A"),
        ("čapek", "C"),
        ("Čapek", "C"),
        ("’t Hooft", "T"),
        ("刘爱力", "L"),
        ("劉愛力", "L"),
        ("Эйнштейн", "Э"),
        ("7-Eleven", NO_LETTER),
        ("★", NO_LETTER),
        ("", NO_LETTER),
    ],
)
def test_name_is_listed_under_its_letter(name: str, letter: str) -> None:
    assert index_letter(name) == letter


def test_family_names_have_a_reading_of_their_own() -> None:
    names = ("曾国藩", "单雄信", "尉迟恭", "解缙")

    assert [index_letter(name, is_family_name=True) for name in names] == ["Z", "S", "Y", "X"]
    assert index_letter("解放日报") == "J"


@given(st.text(st.characters(), max_size=100), st.text(st.characters(), max_size=100))
def test_key_is_short_text_that_databases_compare_alike(family: str, given: str) -> None:
    key = sort_key(family, given)

    assert len(key) <= MAX_KEY_LENGTH
    assert set(key) <= set("0123456789abcdef")
    assert len(index_letter(family)) <= 4


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="copies the database of the test to a file")
def test_no_page_loads_the_readings_of_chinese_characters_or_the_collation(tmp_path: Path) -> None:
    news.person("王", "伟", slug="wei", name_zh="王伟")
    news.person("Zhou", "Mei")
    news.organization("邮政", slug="post")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        connection.ensure_connection()
        copy.executescript("\n".join(connection.connection.iterdump()))
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'copy.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "ALLOWED_HOSTS": "*",
    }

    done = subprocess.run(
        [sys.executable, "-c", SERVE_PAGES], env=environment, capture_output=True, text=True, check=True, timeout=120
    )

    statuses, loaded = done.stdout.splitlines()
    assert (set(json.loads(statuses)), loaded) == ({200}, "False 0")
