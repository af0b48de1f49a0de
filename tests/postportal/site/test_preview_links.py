"""Pages of preview links, as people without an account see them."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from news.models import ArticleDocument
from postportal.images.models import Image
from postportal.publishing.models import PreviewLink, State
from postportal.publishing.models.preview_link import create_link
from postportal.publishing.versions import revisions
from tests.factories import documents, editorial, images, news, recordings, staff

pytestmark = pytest.mark.django_db
UNKNOWN_KEY = "/preview/no-such-key/"
NOINDEX = "noindex, nofollow, noarchive"


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
        assert answer["Referrer-Policy"] == "no-referrer"
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


PICTURE_URL = re.compile(r'/(?:preview/[^"\s]+|media/)[^"\s]*\.(?:png|webp|jpg)')


def draft_with_pictures() -> tuple[Any, list[Image]]:
    lead, inner, other = images.image("Lead"), images.image("Inner"), images.image("Other")
    row = draft(lead_image=lead, body=f'<p>a</p><figure><img src="/media/{inner.file.name}" alt=""></figure>')
    draft(slug="other", lead_image=other)
    return row, [lead, inner, other]


def fetch(client: Client, url: str) -> Any:
    response = client.get(url)
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    return response


def test_link_shows_the_hidden_pictures_of_its_item_and_no_others(client: Client) -> None:
    row, (lead, inner, other) = draft_with_pictures()
    url = preview_url(row)

    shown = set(PICTURE_URL.findall(client.get(url).text))
    answers = [fetch(client, each) for each in sorted(shown)]

    assert {f"images{each.partition('/images')[2]}" for each in shown} == {lead.file.name, inner.file.name}
    assert {(answer.status_code, answer.body[:4]) for answer in answers} == {(200, b"\x89PNG")}
    for answer in answers:
        assert "no-store" in answer["Cache-Control"]
        assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", NOINDEX)
    # Without the link, and with a URL made from it.
    forged = min(shown).replace(lead.file.name, other.file.name).replace(inner.file.name, other.file.name)
    for hidden in (f"/media/{lead.file.name}", forged, min(shown).replace("/media/", "/media/x")):
        assert fetch(client, hidden).status_code == 404


def test_pictures_of_a_link_end_with_it(client: Client) -> None:
    row, _pictures = draft_with_pictures()
    [url, *_] = PICTURE_URL.findall(client.get(preview_url(row)).text)
    assert fetch(client, url).status_code == 200

    PreviewLink.objects.update(revoked_at=timezone.now())
    assert fetch(client, url).status_code == 404


def test_pictures_of_unpublished_changes_are_shown(client: Client) -> None:
    new = images.image("New")
    live = news.article("Live", standfirst="By rail.", lead_image=images.image("Old"))
    editorial.correction(live, by=staff.account("Author"), lead_image=new.pk)

    [url, *_] = [each for each in PICTURE_URL.findall(client.get(preview_url(live)).text) if new.file.name in each]

    assert [fetch(client, each).status_code for each in (url, f"/media/{new.file.name}")] == [200, 404]


DOCUMENT_URL = re.compile(r'href="(/[^"]*documents/[^"]*[0-9]+/)"')


def test_link_leads_to_the_documents_of_its_item_and_to_no_others(client: Client) -> None:
    listed, linked, other = documents.document("Listed"), documents.document("Linked"), documents.document("Other")
    row = draft(body=f'<p><a href="document:{linked.pk}">x</a></p>')
    ArticleDocument.objects.create(article=row, document=listed)

    shown = sorted(set(DOCUMENT_URL.findall(client.get(preview_url(row)).text)))
    answers = [fetch(client, each) for each in shown]

    assert [(answer.status_code, answer.body[:5]) for answer in answers] == [(200, b"%PDF-")] * 2
    for answer in answers:
        assert "no-store" in answer["Cache-Control"]
        assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", NOINDEX)
    forged = re.sub("[0-9]+/$", f"{other.pk}/", shown[0])
    for hidden in (listed.get_absolute_url(), linked.get_absolute_url(), forged):
        assert fetch(client, hidden).status_code == 404
    PreviewLink.objects.update(revoked_at=timezone.now())
    assert [fetch(client, each).status_code for each in shown] == [404, 404]


def test_link_plays_recordings_with_captions_and_poster_frame(client: Client) -> None:
    file = documents.upload(recordings.mp4(), name="film.mp4")
    film = documents.document("Film", file=file, captions=recordings.WEBVTT, poster=images.image())
    page = client.get(preview_url(draft(body=f'<p><a href="document:{film.pk}">x</a></p>'))).text

    [captions] = re.findall(r'<track kind="captions" src="([^"]+)"', page)
    [poster] = re.findall(r'poster="([^"]+)"', page)
    answers = [fetch(client, each) for each in (captions, poster)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].body.decode() == recordings.WEBVTT
    assert ["no-store" in answer["Cache-Control"] for answer in answers] == [True, True]
    for hidden in (film.captions_url, re.sub("/[0-9]+/captions", f"/{film.pk + 1}/captions", captions)):
        assert fetch(client, hidden).status_code == 404
    PreviewLink.objects.update(revoked_at=timezone.now())
    assert [fetch(client, each).status_code for each in (captions, poster)] == [404, 404]


def test_link_leads_to_documents_of_unpublished_changes(client: Client) -> None:
    document, live = documents.document(), news.article("Live", standfirst="By rail.")
    editorial.correction(live, by=staff.account("Author"), body=f'<p><a href="document:{document.pk}">x</a></p>')

    [url] = DOCUMENT_URL.findall(client.get(preview_url(live)).text)

    assert [fetch(client, each).status_code for each in (url, document.get_absolute_url())] == [200, 404]
