from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.databases import new_sqlite
from tests.factories import audit, news

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("move_to", *arguments, stdout=output)
    return output.getvalue()


def test_every_table_is_reported(tmp_path: Path) -> None:
    news.article()
    audit.make_entries(3)

    lines = run(new_sqlite(tmp_path)).splitlines()

    rows = {line.split()[0]: line.split()[1:] for line in lines}
    assert rows["table"] == ["rows", "copied"]
    assert rows["news_article"] == ["1", "1", "equal"]
    assert rows["audit_entry"][2] == "equal"
    assert lines[-1].endswith("were copied and are equal. Set DATABASE_URL now.")


def test_second_run_needs_to_be_told_to_replace(tmp_path: Path) -> None:
    news.article()
    url = new_sqlite(tmp_path)
    run(url)

    with pytest.raises(CommandError, match="The database is not empty"):
        run(url)
    assert "are equal" in run(url, "--replace")


@pytest.mark.parametrize("url", ["rubbish", "portal.sqlite3", "postgres://clerk@127.0.0.1:port/portal"])
def test_something_else_than_a_database_is_refused(url: str) -> None:
    with pytest.raises(CommandError, match="This is not a database URL"):
        run(url)


@pytest.mark.parametrize("url", ["mssql://clerk@127.0.0.1/portal", "foo://portal"])
def test_database_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(CommandError, match="The database cannot be used"):
        run(url)


def test_password_is_not_shown() -> None:
    with pytest.raises(CommandError) as refusal:
        run("postgres://clerk:secret@127.0.0.1:1/none")

    assert "secret" not in str(refusal.value)
