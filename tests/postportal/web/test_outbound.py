"""Requests to other sites, against a site on this machine, which only these tests may ask."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest

from postportal.web import outbound
from postportal.web.outbound import Address, Answer, NoAnswerError, NotAskedError, ask, is_public
from tests.factories.answering_site import AnsweringSite, answering_site


def only(*sites: AnsweringSite) -> Callable[[Address, int], bool]:
    return lambda address, port: port in {site.port for site in sites}


def ask_site(site: AnsweringSite, path: str) -> Answer:
    return ask(f"{site.origin}{path}", user_agent="Test", is_allowed=only(site))


def test_head_is_enough_for_a_page_that_is_there() -> None:
    with answering_site(there=(200, "")) as site:
        answer = ask_site(site, "/there#part")

    assert (answer.status, answer.has_moved, site.asked) == (200, False, ["HEAD /there Test"])


def test_get_is_tried_where_head_fails_but_not_where_it_is_too_much() -> None:
    with answering_site(there=(200, ""), busy=(429, "")) as site:
        site.answers["HEAD /there"] = (501, "")
        found = [ask_site(site, path).status for path in ("/there", "/gone", "/busy")]

    assert found == [200, 404, 429]
    assert [line.partition(" ")[0] for line in site.asked] == ["HEAD", "GET", "HEAD", "GET", "HEAD"]


def test_redirects_are_followed_and_only_permanent_ones_have_moved() -> None:
    with answering_site(a=(301, "b"), b=(308, "/there"), c=(302, "/there"), d=(301, "/c"), there=(200, "")) as site:
        found = [ask_site(site, path) for path in ("/a", "/c", "/d")]

    assert [answer.url for answer in found] == [f"{site.origin}/there"] * 3
    assert [answer.has_moved for answer in found] == [True, False, False]


def test_redirects_in_a_circle_and_nonsense_are_no_answer() -> None:
    with answering_site(a=(301, "/a"), nonsense=(0, "")) as site:
        for path in ("/a", "/nonsense"):
            with pytest.raises(NoAnswerError):
                ask_site(site, path)


def test_server_that_sends_a_header_forever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "MAX_SECONDS", 0.01)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(NoAnswerError):
            ask(url, user_agent="Test", is_allowed=lambda address, port: True)


def test_redirect_into_the_own_network_is_not_followed() -> None:
    with answering_site(secret=(200, "")) as inside, answering_site(way=(302, f"{inside.origin}/secret")) as outside:
        with pytest.raises(NotAskedError):
            ask_site(outside, "/way")

        assert (inside.asked, len(outside.asked)) == ([], 1)


def test_connection_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is resolved twice could be public the first time and private the second."""
    with answering_site(there=(200, "")) as site:
        resolved: list[str] = []
        real = socket.getaddrinfo

        def resolve(host: str, *args: Any, **kwargs: Any) -> Any:
            resolved.append(host)
            return real("127.0.0.1" if host == "site.example" else host, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        answer = ask(f"http://site.example:{site.port}/there", user_agent="Test", is_allowed=only(site))

    assert (answer.status, resolved.count("site.example")) == (200, 1)


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(0, 0, 0, "", ("93.184.215.14", 80)), (0, 0, 0, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)

    with pytest.raises(NotAskedError):
        ask("http://site.example/", user_agent="Test")


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://[::1]/", "http://[::ffff:10.0.0.1]/"),
        *("http://169.254.169.254/latest/", "http://0.0.0.0/", "http://user:word@93.184.215.14/", "http://localhost/"),
        *("http://93.184.215.14:22/", "http://93.184.215.14:8080/", "ftp://93.184.215.14/", "http:///x", "http://[/"),
        *("http://93.184.215.14:99999/", "http://93.184.215.14/a\r\nHost: b", "http://" + "a" * 70 + ".example/"),
    ],
)
def test_nothing_is_asked_that_is_not_a_plain_public_url(url: str) -> None:
    with pytest.raises(NotAskedError):
        ask(url, user_agent="Test")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        *(("93.184.215.14", True), ("2606:2800:21f:cb07::1", True), ("10.1.2.3", False), ("100.64.0.1", False)),
        *(("224.0.0.1", False), ("192.0.2.1", False), ("fe80::1", False), ("fc00::1", False), ("ff02::1", False)),
        *(("64:ff9b::a00:1", False), ("2002:a00:1::", False), ("::ffff:127.0.0.1", False), ("::", False)),
    ],
)
def test_public_addresses(address: str, expected: bool) -> None:
    assert is_public(ipaddress.ip_address(address), 443) is expected
