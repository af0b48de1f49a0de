import environ

from postportal.web.database_settings import database_settings


def settings_for(url: str, *, debug: bool = False) -> dict:
    return database_settings(environ.Env.db_url_config(url), debug=debug, conn_max_age=60)


def test_sqlite_writes_in_turns_and_keeps_its_connection() -> None:
    found = settings_for("sqlite:////var/lib/postportal/db.sqlite3")

    assert (found["NAME"], found["CONN_MAX_AGE"]) == ("/var/lib/postportal/db.sqlite3", None)
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert found["OPTIONS"]["init_command"] == "PRAGMA synchronous=FULL;"


def test_sqlite_syncs_less_during_development() -> None:
    assert "synchronous=NORMAL" in settings_for("sqlite:///db.sqlite3", debug=True)["OPTIONS"]["init_command"]


def test_postgresql_does_not_wait_long_for_a_connection() -> None:
    found = settings_for("postgres://clerk:secret@db.example:5432/portal?sslmode=require")

    assert (found["CONN_MAX_AGE"], found["CONN_HEALTH_CHECKS"]) == (60, True)
    assert found["OPTIONS"] == {"connect_timeout": 5, "sslmode": "require"}
