import datetime as dt
import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from postportal.web import conditional
from postportal.web.conditional import content_tag, has_version, not_modified, version_tag, with_content_tag

TAG = '"abc"'


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ('"x", W/"abc" ,"y"', True),
        ('"x,y","abc"', True),
        ("*", True),
        (" * ", True),
        ('"ABC"', False),
        ("abc", False),
        ('"abc', False),
        ('w/"abcd"', False),
        ('"x, abc, y"', False),
        ("", False),
        ("\x00\xff,,,", False),
        ('W/"' * 5000, False),
    ],
)
def test_etags_are_compared_weakly_in_lists_and_by_star(sent: str, expected: bool) -> None:
    assert has_version(RequestFactory().get("/", headers={"If-None-Match": sent}), TAG) is expected


def test_only_reading_is_conditional() -> None:
    headers = {"If-None-Match": TAG}

    assert has_version(RequestFactory().head("/", headers=headers), TAG)
    assert not has_version(RequestFactory().post("/", headers=headers), TAG)
    assert not has_version(RequestFactory().get("/", headers={"If-Modified-Since": "x"}), TAG)


def test_tag_is_strong_and_depends_on_every_value(monkeypatch: pytest.MonkeyPatch) -> None:
    at = dt.datetime(2026, 3, 20, 9, 0, 0, 1, tzinfo=dt.UTC)
    versions = [["a", "b"], ["ab"], ["a", ["b"]], [{"a": "b"}], [at], [at.replace(microsecond=2)], ["铜\ud800"], []]

    tags = [version_tag(version) for version in versions]
    monkeypatch.setattr(conditional, "release", lambda: "next")

    assert all(re.fullmatch(r'"[0-9a-f]{32}"', tag) for tag in tags)
    assert len({*tags, version_tag(versions[0])}) == len(versions) + 1


def test_not_modified_has_the_headers_of_the_response_but_not_its_body() -> None:
    response = HttpResponse("Long", headers={"Cache-Control": "public", "Vary": "Cookie", "X-Other": "1"})

    answer = not_modified(content_tag(response), instead_of=response)

    assert (answer.status_code, answer.content) == (304, b"")
    assert dict(answer.headers) == {"ETag": content_tag(response), "Cache-Control": "public", "Vary": "Cookie"}


def test_response_has_the_tag_of_its_content_until_the_client_has_it() -> None:
    made = with_content_tag(HttpResponse("page"), request=RequestFactory().get("/"))
    again = with_content_tag(HttpResponse("page"), request=RequestFactory().get("/", HTTP_IF_NONE_MATCH=made["ETag"]))

    assert [(answer.status_code, answer["ETag"]) for answer in (made, again)] == [
        (200, made["ETag"]),
        (304, made["ETag"]),
    ]
