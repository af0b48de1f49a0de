"""Pictures through nginx and the application together."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.test import testcases
from django.utils import timezone
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from postportal.images.handlers import build_renditions
from postportal.images.models import Image
from postportal.publishing.models import PreviewLink, State
from postportal.publishing.models.preview_link import create_link
from tests.deploy.running_nginx import Nginx, run_nginx
from tests.factories import images, news, staff
from tests.factories.public_items import LISTED, public_item, states

PUBLIC = "public, max-age=60, s-maxage=1, must-revalidate"


@pytest.fixture
def application(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run the portal, and return its host and port. Not as Django's tests do, which serve all media themselves."""
    monkeypatch.setattr(testcases, "_MediaFilesHandler", lambda handler: handler)
    server = LiveServer("127.0.0.1")
    try:
        yield server.url.removeprefix("http://")
    finally:
        server.stop()


@pytest.fixture
def nginx(application: str, tmp_path: Path, settings: Settings) -> Iterator[Nginx]:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SERVE_MEDIA = False
    settings.ALLOWED_HOSTS = ["*"]
    (tmp_path / "media").mkdir()
    with run_nginx(tmp_path, application=application) as running:
        yield running


def picture(**fields: Any) -> Image:
    image = images.image()
    build_renditions("images.image", image.pk)
    image.refresh_from_db()
    if fields:
        news.article("Night mail", slug=f"picture-{image.pk}", lead_image=image, **fields)
    return image


def cookie(role: str) -> dict[str, str]:
    session = staff.sign_in(role=role).cookies["sessionid"]
    return {"Cookie": f"sessionid={session.value}"}


def test_every_state_of_an_item_and_every_size_of_its_picture(nginx: Nginx) -> None:
    editor, service_desk = cookie("Editor"), cookie("Service desk")
    found, expected = {}, {}
    for state, fields in states(apps.get_model("news.article")).items():
        image = picture()
        public_item("news.article", f"Hush {state}", lead_image=image, **fields)
        status = 200 if state in LISTED else 404
        for name in image.file_names():
            paths = [f"/media/{name}"] * 3
            answers = [
                nginx.request(path, headers=who) for path, who in zip(paths, ({}, service_desk, editor), strict=True)
            ]
            found[state, name] = [answer.status for answer in answers]
            expected[state, name] = [status, status, 200]

    assert found == expected


def test_headers_of_a_public_picture(nginx: Nginx) -> None:
    path = f"/media/{picture(state=State.PUBLISHED).file.name}"
    size = default_storage.size(path.removeprefix("/media/"))

    answer = nginx.request(path)
    known = nginx.request(path, headers={"If-None-Match": answer.headers["ETag"]})
    part = nginx.request(path, headers={"Range": "bytes=0-3"})
    other = nginx.request(path, headers={"If-None-Match": '"other"'})

    assert [each.status for each in (answer, known, part, other)] == [200, 304, 206, 200]
    assert [each.headers["Cache-Control"] for each in (answer, known, part)] == [PUBLIC] * 3
    assert answer.headers["ETag"] == known.headers["ETag"] == f'"{path.rpartition("/")[2]}"'
    assert (answer.headers["Content-Type"], answer.headers["Content-Length"]) == ("image/png", str(size))
    assert part.headers["Content-Range"] == f"bytes 0-3/{size}"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not {"X-Accel-Redirect", "Set-Cookie"} & set(answer.headers)


def test_hidden_picture_is_answered_like_none(nginx: Nginx) -> None:
    hidden = f"/media/{picture(state=State.DRAFT).file.name}"

    answers = [nginx.request(path) for path in (hidden, f"/media/images/00/{'0' * 24}.png")]

    heads = [{**answer.headers, "Date": "", "Expires": "", "X-Request-ID": ""} for answer in answers]
    assert (answers[0].status, answers[0].text, heads[0]) == (404, answers[1].text, heads[1])
    assert "no-store" in heads[0]["Cache-Control"]
    assert nginx.request(f"/-{hidden}").status == 404
    assert nginx.request(f"/static/../-{hidden}").status == 404


def test_private_picture_is_kept_by_nobody(nginx: Nginx) -> None:
    answer = nginx.request(f"/media/{picture(state=State.DRAFT).file.name}", headers=cookie("Editor"))

    assert (answer.status, answer.headers["Cache-Control"]) == (200, "private, no-store")


def test_pictures_of_a_preview(nginx: Nginx) -> None:
    image, now = images.image(), timezone.now()
    row = news.article("Draft", state=State.DRAFT, standfirst="By rail.", lead_image=image)
    expires_at = now.replace(year=now.year + 1)
    _link, path = create_link(row, None, by=staff.account("Editor"), at=now, expires_at=expires_at)

    page = nginx.request(path)
    [url, *_] = re.findall(r"/preview/[^\"\s]+\.png", page.text)
    answer = nginx.request(url)
    PreviewLink.objects.update(revoked_at=now)

    assert (page.status, answer.status, url.startswith(path)) == (200, 200, True)
    assert answer.headers["Referrer-Policy"] == page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert nginx.request(url).status == 404


def test_file_that_vanishes_is_not_cached(nginx: Nginx, monkeypatch: pytest.MonkeyPatch) -> None:
    path = picture(state=State.PUBLISHED).file.name
    default_storage.delete(path)
    monkeypatch.setattr(type(default_storage._wrapped), "exists", lambda storage, name: True)

    answer = nginx.request(f"/media/{path}")

    assert (answer.status, "public" in answer.headers["Cache-Control"]) == (404, False)
