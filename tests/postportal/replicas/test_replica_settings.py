from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from postportal.replicas.replica_settings import POSTGRESQL, is_replica, replica_databases

PRIMARY = {"ENGINE": POSTGRESQL}
URLS = ["postgres://clerk@one.example/portal", "postgres://clerk@two.example/portal?sslmode=require"]


def databases(urls: list[str], *, primary: dict[str, Any] = PRIMARY, max_lag: int = 5) -> dict[str, Any]:
    return replica_databases(urls, primary=primary, max_lag=max_lag, conn_max_age=60)


def test_each_url_is_a_replica_that_is_not_waited_for() -> None:
    found = databases(URLS)

    assert {alias: config["HOST"] for alias, config in found.items()} == {
        "replica_1": "one.example",
        "replica_2": "two.example",
    }
    assert all(map(is_replica, found))
    assert found["replica_2"]["OPTIONS"] == {"connect_timeout": 2, "tcp_user_timeout": 2000, "sslmode": "require"}


def test_without_urls_there_are_no_replicas() -> None:
    assert databases([], primary={"ENGINE": "django.db.backends.sqlite3"}, max_lag=0) == {}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"urls": URLS, "primary": {"ENGINE": "django.db.backends.sqlite3"}}, "which alone has replicas"),
        ({"urls": URLS, "max_lag": 2}, "Set it to 3 seconds or more"),
        ({"urls": ["one.example"]}, "REPLICA_URLS is not valid"),
        ({"urls": ["sqlite:///copy.sqlite3"]}, "REPLICA_URLS is not valid"),
    ],
    ids=["no postgres", "lag", "no url", "other database"],
)
def test_settings_that_cannot_work_are_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=message):
        databases(**arguments)
