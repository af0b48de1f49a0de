"""Pages of preview links, as people without an account see them."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from postportal.publishing.models import State
from postportal.publishing.models.preview_link import create_link
from postportal.publishing.versions import revisions
from tests.factories import news, staff

pytestmark = pytest.mark.django_db
UNKNOWN_KEY = "/preview/no-such-key/"


def draft(**fields: Any) -> Any:
    return news.article("The title", **{"standfirst": "By rail.", "state": State.DRAFT, **fields})


def preview_url(row: Any, *, days: int = 7) -> str:
    now = timezone.now()
    expires_at = now + dt.timedelta(days=days)
    return create_link(row, revisions.open_edition(row), by=staff.account("Editor"), at=now, expires_at=expires_at)[1]


def test_link_shows_the_draft_and_names_its_expiry_in_the_language_of_the_item(client: Client) -> None:
    with time_machine.travel(dt.datetime(2026, 12, 1, 1, 30, tzinfo=dt.UTC), tick=False):
        english = client.get(preview_url(draft()))
        chinese = client.get(preview_url(draft(language="zh-hans", slug="zh")))

    page = english.content.decode()
    assert "By rail." in page
    assert "The link expires on Tuesday 8 December 2026, 09:30 Beijing time." in page
    assert ('<html lang="zh-Hans">' in chinese.content.decode(), chinese["Content-Language"]) == (True, "zh-Hans")
    assert "2026年12月8日 星期二，09:30 北京时间" in chinese.content.decode()


def test_link_is_not_cached_or_indexed(client: Client) -> None:
    for url in (preview_url(draft()), UNKNOWN_KEY):
        answer = client.get(url)
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer["Referrer-Policy"] == "same-origin"
        assert {"form-action 'none'", "frame-ancestors 'none'"} <= set(answer["Content-Security-Policy"].split("; "))
        assert (answer["X-Frame-Options"], dict(answer.cookies)) == ("DENY", {})
        assert '<meta name="robots" content="noindex' in answer.content.decode()


def test_link_expires_in_its_second(client: Client) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        url = preview_url(draft(), days=1)
    statuses = []
    for moment in (dt.timedelta(days=1, seconds=-1), dt.timedelta(days=1)):
        with time_machine.travel(start + moment, tick=False):
            statuses.append(client.get(url).status_code)

    assert statuses == [200, 410]
    assert client.get(UNKNOWN_KEY).status_code == 410


def test_link_is_read_only(client: Client) -> None:
    assert client.post(preview_url(draft())).status_code == 405
