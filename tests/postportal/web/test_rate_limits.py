import pytest
from django.test import RequestFactory
from pytest_django import Settings

from postportal.web.rate_limits import allow, client_network
from tests.postportal.site.test_search_results import DEAD_CACHE


def test_limit_counts_each_sender_and_subject_by_itself() -> None:
    def ask(who: str, what: str = "contact") -> bool:
        return allow(2, action=what, client=who, seconds=60)

    assert [ask("192.0.2.1") for _ in range(4)] == [True, True, False, False]
    assert (ask("192.0.2.2"), ask("192.0.2.1", what="search")) == (True, True)


def test_limit_lets_everybody_through_without_a_cache(settings: Settings) -> None:
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
        ("", "", ""),
        ("", "nonsense", "nonsense"),
    ],
)
def test_sender_believes_only_our_own_proxy(address: str, forwarded: str, found: str, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.5"]
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    assert client_network(RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)) == found
