"""Video and audio: accepted for their content, private until used, played in texts with captions and transcript."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.templatetags.static import static
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from postportal.documents.models import Document
from postportal.documents.recording_checks import recording_faults
from postportal.documents.recordings import check_recording
from postportal.publishing.models import State
from postportal.richtext.handlers import update_text_links
from postportal.richtext.plain_text import plain_text
from postportal.richtext.references import fill_references
from postportal.richtext.sanitize import clean_html
from tests.factories import documents, forms, images, news, recordings, staff

FILES = {
    "mp4": recordings.mp4(),
    "m4a": recordings.mp4(b"soun", brand=b"M4A "),
    "webm": recordings.webm(),
    "mp3": recordings.mp3(),
    "ogg": recordings.ogg(),
}


def recording(kind: str = "mp4", **fields: Any) -> Document:
    return documents.document(
        "Night mail", file=documents.upload(FILES[kind], name=f"film.{kind}"), language="en", **fields
    )


def shown_in(document: Document, **article: Any) -> Any:
    row = news.article(body=f'<p>Look.</p><p><a href="document:{document.pk}">Old words</a></p>', **article)
    update_text_links("news.article", [row.pk])
    return row


@pytest.mark.parametrize("kind", FILES)
def test_each_type_is_accepted_and_no_other_content_under_its_name(kind: str) -> None:
    check_recording(FILES[kind], kind)
    others = [content for other, content in FILES.items() if other != kind]
    for content in [*others, b"", b"GIF89a", b"<html><script>", FILES[kind][:-1][:-1], b"x" + FILES[kind]]:
        # A shortened stream of frames is still one.
        if kind == "mp3" and content == FILES[kind][:-2]:
            continue
        with pytest.raises(ValidationError):
            check_recording(content, kind)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("mp4", FILES["mp4"] + b"<script>alert(1)</script>"),
        ("mp4", recordings.mp4(b"soun")),
        ("mp4", recordings.box(b"ftyp") + recordings.box(b"mdat")),
        ("m4a", recordings.mp4(b"soun", b"vide")),
        ("webm", recordings.webm(b"matroska")),
        ("webm", FILES["webm"] + b"PK\x03\x04"),
        ("ogg", recordings.ogg(b"\x80theora")),
        ("ogg", FILES["ogg"] + b"OggS"),
        ("mp3", recordings.mp3(3)),
        ("mp3", b"\xff\xfb\x90\x00<html>"),
    ],
)
def test_other_content_around_and_in_the_container_is_refused(kind: str, content: bytes) -> None:
    with pytest.raises(ValidationError):
        check_recording(content, kind)


def test_tag_before_the_sound_is_accepted() -> None:
    check_recording(recordings.mp3(tag=b"Title" * 40), "mp3")


@pytest.mark.django_db
def test_text_plays_the_recording_with_captions_and_transcript() -> None:
    document = recording(captions=recordings.WEBVTT, transcript="A van <climbs>.\n\nMusic.")

    html = fill_references(clean_html(f'<p><a href="document:{document.pk}">x</a></p>'), at=timezone.now())

    poster = static("portal/icons/recording.svg")
    assert f'<video controls preload="metadata" poster="{poster}" src="/documents/{document.pk}/" ' in html
    assert 'aria-label="Night mail"><track ' in html
    assert f'<track kind="captions" src="/documents/{document.pk}/captions.vtt" srclang="en"' in html
    assert "<p>A van &lt;climbs&gt;.</p><p>Music.</p></details>" in html
    assert html.startswith('<figure class="recording">')
    words = plain_text(clean_html(f'<p><a href="document:{document.pk}">x</a></p>'))
    assert "A van <climbs>." in words.split("\n")


@pytest.mark.django_db
def test_words_in_a_sentence_and_other_documents_stay_links() -> None:
    film, paper = recording("mp3"), documents.document()
    html = fill_references(
        clean_html(f'<p>See <a href="document:{film.pk}">x</a>.</p><p><a href="document:{paper.pk}">x</a></p>'),
        at=timezone.now(),
    )
    assert re.findall(r"<(audio|video|figure)", html) == []
    assert html.count("<a ") == 2


@pytest.mark.django_db
def test_recording_and_captions_are_public_with_the_text(client: Client) -> None:
    document = recording(captions=recordings.WEBVTT)
    urls = [document.get_absolute_url(), document.captions_url]
    draft = shown_in(document, state=State.DRAFT)
    assert [client.get(url).status_code for url in urls] == [404, 404]
    assert [staff.sign_in(role="Service desk").get(url).status_code for url in urls] == [404, 404]
    hidden = staff.sign_in(role="Author").get(urls[1])
    assert (hidden.status_code, hidden["Cache-Control"]) == (200, "private, no-store")

    draft.delete()
    article = shown_in(document)
    part: Any = client.get(urls[0], headers={"range": "bytes=4-7"})
    captions = client.get(urls[1])
    page = client.get(article.get_absolute_url())

    assert (part.status_code, part.content, part["Content-Type"]) == (206, b"ftyp", "video/mp4")
    assert part["Content-Disposition"].startswith("inline")
    assert part["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (captions.content.decode(), captions["Content-Type"]) == (recordings.WEBVTT, "text/vtt; charset=utf-8")
    assert "media-src 'self'" in page["Content-Security-Policy"]
    assert "<video controls" in page.content.decode()


@pytest.mark.django_db
def test_poster_frame_is_shown_and_public_with_the_recording(client: Client) -> None:
    poster, now = images.image(), timezone.now()
    document = recording(poster=poster)
    url = f"/media/{poster.file.name}"
    draft = shown_in(document, state=State.DRAFT)
    hidden = client.get(url).status_code
    draft.delete()
    coming = shown_in(document, publish_at=now + dt.timedelta(days=1))
    embargoed = client.get(url).status_code
    coming.delete()

    page = client.get(shown_in(document).get_absolute_url()).content.decode()
    answer: Any = client.get(url)

    assert b"".join(answer.streaming_content)
    assert (hidden, embargoed, answer.status_code) == (404, 404, 200)
    assert f'poster="{url}"' in page
    # It may end whenever somebody changes a text.
    assert "max-age=0" in answer["Cache-Control"]


@pytest.mark.django_db
def test_text_with_several_videos_takes_the_queries_of_one() -> None:
    def count(films: int) -> int:
        rows = [recording(poster=images.image(str(n)), captions=recordings.WEBVTT) for n in range(films)]
        html = clean_html("".join(f'<p><a href="document:{row.pk}">x</a></p>' for row in rows))
        with CaptureQueriesContext(connection) as queries:
            assert fill_references(html, at=timezone.now()).count("<video") == films
        return len(queries)

    assert count(1) == count(5)


@pytest.mark.django_db
def test_sound_has_no_poster_frame() -> None:
    document = recording("mp3", poster=images.image())
    html = fill_references(clean_html(f'<p><a href="document:{document.pk}">x</a></p>'), at=timezone.now())

    assert "<audio controls" in html
    assert "poster" not in html


@pytest.mark.django_db
def test_editor_chooses_the_poster_frame() -> None:
    document, poster = recording(), images.image()
    browser, url = staff.sign_in(role="Editor"), reverse("admin:documents_document_change", args=[document.pk])

    assert browser.post(url, forms.fill_form(browser, url, poster=poster.pk)).status_code == 302

    document.refresh_from_db()
    assert document.poster == poster
    # The picture says where it is used, and cannot be deleted.
    used = browser.get(reverse("admin:images_image_change", args=[poster.pk])).content.decode()
    assert f'href="{url}"' in used


@pytest.mark.django_db
def test_recording_without_captions_has_no_url_for_them(client: Client) -> None:
    document = recording()
    shown_in(document)
    assert client.get(document.captions_url).status_code == 404


@pytest.mark.django_db
def test_checks_name_what_is_missing() -> None:
    silent, complete = recording(), recording("mp3", transcript="Words")
    article = news.article(
        body="".join(f'<p><a href="document:{row.pk}">x</a></p>' for row in (silent, complete, documents.document()))
    )

    faults = [(fault.title, fault.detail, fault.field) for fault in recording_faults(article, None)]

    assert faults == [
        ("A video has no captions", "Night mail", "body"),
        ("A recording has no transcript", "Night mail", "body"),
    ]


@pytest.mark.django_db
def test_captions_are_taken_from_a_file_and_refused_if_they_are_wrong() -> None:
    document = recording()
    browser, url = staff.sign_in(role="Editor"), reverse("admin:documents_document_change", args=[document.pk])

    wrong = documents.upload(b"WEBVTT\n\n00:03.000 --> 00:01.000\nx", name="a.vtt")
    page = browser.post(url, forms.fill_form(browser, url, captions_file=wrong)).content.decode()
    assert "Caption 1 ends before it begins" in page
    right = documents.upload(("\ufeff" + recordings.WEBVTT.replace("\n", "\r\n")).encode(), name="a.vtt")
    assert browser.post(url, forms.fill_form(browser, url, captions_file=right)).status_code == 302

    document.refresh_from_db()
    assert document.captions == recordings.WEBVTT
