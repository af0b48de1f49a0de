import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from postportal.backups.dumps import DumpError, check_dump, dump, load
from postportal.backups.tables import digest_of, portal_models
from tests.postportal.backups import whole_portal

pytestmark = pytest.mark.django_db


def test_dump_is_the_whole_database(portal: str, empty: str, tmp_path: Path) -> None:
    file = tmp_path / ("database.dump" if whole_portal.is_postgres(portal) else "database.sqlite3")

    dump(portal, to=file)
    check_dump(file)
    load(file, alias=empty)

    for model in portal_models():
        assert digest_of(model, alias=empty) == digest_of(model, alias=portal)
    assert whole_portal.head_of(empty) == whole_portal.head_of(portal)


@pytest.mark.parametrize("suffix", [".dump", ".sqlite3"])
def test_rubbish_is_no_database(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"database{suffix}"
    file.write_bytes(b"rubbish" * 1000)

    with pytest.raises(DumpError, match=r"damaged|pg_restore (failed|is not installed)"):
        check_dump(file)


def test_page_that_was_overwritten_is_found(tmp_path: Path) -> None:
    file = tmp_path / "database.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE letter (id INTEGER PRIMARY KEY, text TEXT UNIQUE)")
        database.executemany("INSERT INTO letter (text) VALUES (?)", [(f"letter {number}",) for number in range(5000)])
        database.commit()
    check_dump(file)
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 5] = bytes(8192)
    file.write_bytes(content)

    with pytest.raises(DumpError, match="The database in the backup is damaged"):
        check_dump(file)
