"""Uploaded pictures in a bucket, on a server of this machine."""

import importlib.util
import os
import re
from collections.abc import Iterator
from typing import Any

import environ
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import Settings

from postportal.images.file_removal import remove_forgotten
from postportal.outbox.delivery import deliver_all
from postportal.publishing.models import State
from postportal.web.media_settings import media_storage
from tests.factories import images, news, staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
BUCKET = "pictures"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Yield the URL of a server with an empty bucket."""
    if not importlib.util.find_spec("moto"):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("moto is not installed: make lint installs it")
    from moto.server import ThreadedMotoServer

    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "test")
        moto = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        moto.start()
        try:
            yield "http://{}:{}".format(*moto.get_host_and_port())
        finally:
            moto.stop()


@pytest.fixture
def bucket(server: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Yield the bucket in which pictures are stored during the test."""
    environment = {"MEDIA_STORAGE": "s3", "S3_BUCKET": BUCKET, "S3_ENDPOINT": server, "S3_PREFIX": "post"}
    for name, value in {**environment, "S3_REGION": "us-east-1"}.items():
        monkeypatch.setenv(name, value)
    settings.STORAGES = {**settings.STORAGES, "default": media_storage(environ.Env())}
    bucket = default_storage.connection.Bucket(BUCKET)
    bucket.create()
    yield bucket
    for entry in bucket.objects.all():
        entry.delete()


def keys(bucket: Any) -> set[str]:
    return {entry.key for entry in bucket.objects.all()}


def test_picture_is_stored_shown_and_deleted(bucket: Any) -> None:
    image = images.image(file=images.upload(size=(1400, 900)))
    article = news.article(lead_image=image)
    deliver_all()
    image.refresh_from_db()

    page = Client().get(article.get_absolute_url()).text

    assert keys(bucket) == {f"post/{name}" for name in image.file_names()}
    shown = set(re.findall(r"/media/images/[\w./-]+", page))
    assert {url.removeprefix("/media/") for url in shown} <= image.file_names()
    for url in shown:
        answer = Client().get(url)
        assert (answer.status_code, answer.getvalue()) == (200, stored(bucket, url))

    article.delete()
    image.delete()
    remove_forgotten(days=0)
    assert keys(bucket) == set()


def test_picture_of_a_draft_is_private(bucket: Any) -> None:
    image = images.image()
    news.article(lead_image=image, state=State.DRAFT)

    answers = [browser.get(f"/media/{image.file.name}") for browser in (Client(), staff.sign_in())]

    assert [answer.status_code for answer in answers] == [404, 200]
    assert answers[1].getvalue() == stored(bucket, f"/media/{image.file.name}")


def test_file_that_the_bucket_has_lost_is_not_found(bucket: Any) -> None:
    image = images.image()
    news.article(lead_image=image)
    bucket.Object(f"post/{image.file.name}").delete()

    assert Client().get(f"/media/{image.file.name}").status_code == 404


def stored(bucket: Any, url: str) -> bytes:
    content: bytes = bucket.Object(f"post/{url.removeprefix('/media/')}").get()["Body"].read()
    return content
