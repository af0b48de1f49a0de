import pytest
from django.test import RequestFactory
from pytest_django import Settings

from postportal.web.rate_limits import allow, allow_per_minute, client_network
from tests.caches import DEAD_CACHE


def test_each_client_and_action_is_counted_separately() -> None:
    def send(client: str, action: str = "contact") -> bool:
        return allow(2, action=action, client=client, seconds=60)

    assert [send("192.0.2.1") for _ in range(4)] == [True, True, False, False]
    assert (send("192.0.2.2"), send("192.0.2.1", action="search")) == (True, True)


def test_zero_per_minute_is_no_limit() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.8")

    assert [allow_per_minute(request, limit, action="test-zero") for limit in (0, 0, 1, 1)] == [True, True, True, False]


def test_there_is_no_limit_without_a_cache(settings: Settings) -> None:
    settings.CACHES = DEAD_CACHE

    assert [allow(1, action="contact", client="192.0.2.1", seconds=60) for _ in range(3)] == [True, True, True]


@pytest.mark.parametrize(
    ("address", "forwarded", "found"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ("", "198.51.100.7", "198.51.100.7"),
        ("", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.5", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("10.0.0.6", "198.51.100.7", "10.0.0.6"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
        ("", "", ""),
        ("", "nonsense", "nonsense"),
    ],
)
def test_only_a_trusted_proxy_names_the_client(address: str, forwarded: str, found: str, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.5"]
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    assert client_network(RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)) == found
