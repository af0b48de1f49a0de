"""Files of pictures: who gets them, and how long anybody may keep them."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from postportal.images.handlers import build_renditions
from postportal.images.models import Image
from postportal.images.serving import FILE_POLICY
from postportal.publishing.models import State
from tests.factories import images, news, staff

pytestmark = pytest.mark.django_db

PUBLIC = "public, max-age=60, s-maxage=1, must-revalidate"
PRIVATE = "private, no-store"
NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
HIDDEN = {"state": State.DRAFT}


def picture(**article: Any) -> Image:
    """Return a picture that an article shows, with its renditions."""
    image = images.image(file=images.upload(size=(400, 300)))
    build_renditions("images.image", image.pk)
    image.refresh_from_db()
    news.article("Night mail", lead_image=image, **article)
    return image


def url(image: Image) -> str:
    return f"/media/{image.file.name}"


def get(client: Client, path: str, *, method: str = "get", **headers: str) -> Any:
    """Return the response, read to its end, with what was read as `body`."""
    response = getattr(client, method)(path, headers={name.replace("_", "-"): text for name, text in headers.items()})
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    return response


def test_every_file_of_a_picture_is_public_with_it_and_hidden_with_it(client: Client) -> None:
    public, hidden = picture(slug="public"), picture(slug="hidden", **HIDDEN)

    for image, status, cache in ((public, 200, PUBLIC), (hidden, 404, None)):
        names = image.file_names()
        assert len(names) > 5
        for name in names:
            answer = get(client, f"/media/{name}")
            assert (name, answer.status_code, answer.cookies) == (name, status, {})
            assert cache is None or answer["Cache-Control"] == cache
            if status == 200:
                assert answer.body == Path(default_storage.path(name)).read_bytes()
                assert answer["Content-Type"] == f"image/{name.rpartition('.')[2]}".replace("jpg", "jpeg")


@pytest.mark.parametrize("headers", [{}, {"if_none_match": "*"}, {"range": "bytes=0-3"}, {"accept": "text/html"}])
@pytest.mark.parametrize("method", ["get", "head"])
def test_hidden_picture_is_answered_like_one_that_does_not_exist(
    client: Client, method: str, headers: dict[str, str]
) -> None:
    hidden = picture(**HIDDEN)
    guess = f"/media/images/00/{'0' * 24}.png"

    # Expires has seconds, which could end between the two.
    with time_machine.travel(timezone.now(), tick=False):
        answers = [get(client, path, method=method, **headers) for path in (url(hidden), guess)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].body == answers[1].body
    assert dict(answers[0].headers) == dict(answers[1].headers)
    assert "no-store" in answers[0]["Cache-Control"]
    assert "ETag" not in answers[0].headers


def test_hidden_picture_takes_the_queries_of_one_that_does_not_exist(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hidden = picture(**HIDDEN)
    get(client, url(hidden))

    # What is due, what shows the picture, whether the file was replaced, and whether the URL is an old one.
    for path in (url(hidden), f"/media/images/00/{'0' * 24}.png"):
        with django_assert_num_queries(4):
            get(client, path)


def test_public_picture_takes_two_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    path = picture().sources("wide")[-1].url
    get(client, path)

    with django_assert_num_queries(2):
        get(client, path)
    # Whoever is logged in gets the answer of everybody, without a look at the session.
    browser = staff.sign_in(role="Viewer")
    with django_assert_num_queries(2):
        assert get(browser, path)["Cache-Control"] == PUBLIC


@pytest.mark.parametrize(
    ("role", "status"),
    [("Author", 200), ("Editor", 200), ("Philatelist", 200), ("Viewer", 200), ("Service desk", 404), ("", 404)],
)
def test_staff_with_access_to_the_library_see_hidden_pictures(role: str, status: int) -> None:
    hidden = picture(**HIDDEN)
    browser = staff.sign_in(staff.account(role))

    answers = [get(browser, f"/media/{name}") for name in hidden.file_names()]

    assert {answer.status_code for answer in answers} == {status}
    if status == 200:
        assert {answer["Cache-Control"] for answer in answers} == {PRIVATE}


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_closed_account_sees_no_hidden_picture_at_its_next_request(field: str) -> None:
    user = staff.account(is_superuser=True)
    browser, path = staff.sign_in(user), url(picture(**HIDDEN))
    assert get(browser, path).status_code == 200

    setattr(user, field, False)
    user.save()
    assert get(browser, path).status_code == 404


def test_embargo_and_expiry_are_exact_and_no_cache_outlives_them(client: Client) -> None:
    start, end = NOW, NOW + dt.timedelta(minutes=10)
    path = url(picture(state=State.SCHEDULED, publish_at=start, expire_at=end))
    seconds = {-1: 404, 0: 200, 570: 200, 599: 200, 600: 404}

    found, ages = {}, {}
    for second in seconds:
        with time_machine.travel(start + dt.timedelta(seconds=second), tick=False):
            answer = get(client, path)
            found[second], ages[second] = answer.status_code, answer["Cache-Control"]

    assert found == seconds
    assert ages[0] == PUBLIC
    assert ages[570] == "public, max-age=30, s-maxage=1, must-revalidate"
    assert ages[599] == "public, max-age=1, s-maxage=1, must-revalidate"


def test_cache_may_not_keep_a_picture_into_its_last_part_of_a_second(client: Client) -> None:
    path = url(picture(publish_at=NOW, expire_at=NOW + dt.timedelta(minutes=1)))

    with time_machine.travel(NOW + dt.timedelta(seconds=59, milliseconds=500), tick=False):
        assert get(client, path)["Cache-Control"] == "public, max-age=0, s-maxage=0, must-revalidate"


def test_withdrawn_picture_is_gone_for_those_who_have_it_too(client: Client) -> None:
    image = picture()
    etag = get(client, url(image))["ETag"]
    article = image_article(image)
    article.state, article.withdrawal_reason = State.WITHDRAWN, "Wrong picture."
    article.save()

    assert get(client, url(image), if_none_match=etag).status_code == 404


def image_article(image: Image) -> Any:
    return news.Article.objects.get(lead_image=image)


def test_validator_is_strong_and_answers_with_304(client: Client) -> None:
    path = url(picture())
    etag = get(client, path)["ETag"]
    assert etag == f'"{path.rpartition("/")[2]}"'

    answer = get(client, path, if_none_match=etag)
    other = get(client, path, if_none_match='"other"')

    assert (answer.status_code, answer.body, answer["ETag"], answer["Cache-Control"]) == (304, b"", etag, PUBLIC)
    assert other.status_code == 200


def test_refused_part_is_not_kept_for_others(client: Client) -> None:
    answer = get(client, url(picture()), range="bytes=999999-")

    assert answer.status_code == 416
    assert "public" not in answer.get("Cache-Control", "")


def test_part_of_a_file(client: Client) -> None:
    image = picture()
    content = Path(image.file.path).read_bytes()

    answer = get(client, url(image), range="bytes=4-9")

    assert (answer.status_code, answer.content) == (206, content[4:10])
    assert answer["Content-Range"] == f"bytes 4-9/{len(content)}"
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", PUBLIC)


def test_head_has_the_headers_of_get(client: Client) -> None:
    path = url(picture())

    full, head = get(client, path), get(client, path, method="head")

    assert (head.status_code, dict(head.headers)) == (200, dict(full.headers))
    assert client.post(path).status_code == 405


@pytest.mark.parametrize(
    "name",
    ["../db.sqlite3", "%2e%2e/db.sqlite3", "images/", "images/00/.unfinished-x", "images/00/" + "0" * 24, "x.html", ""],
)
def test_other_files_are_not_served(client: Client, name: str) -> None:
    default_storage.save("x.html", ContentFile(b"secret"))

    for browser in (client, staff.sign_in()):
        answer = get(browser, f"/media/{name}")
        assert (answer.status_code, b"secret" in answer.body) == (404, False)


def test_file_that_is_missing_is_not_found(client: Client) -> None:
    image = picture()
    for name in image.file_names():
        default_storage.delete(name)

    answers = [get(client, url(image)), get(staff.sign_in(), url(image))]
    assert [(answer.status_code, "no-store" in answer["Cache-Control"]) for answer in answers] == [(404, True)] * 2


def test_nothing_in_a_file_can_run(client: Client) -> None:
    headers = get(client, url(picture())).headers

    assert (headers["Content-Security-Policy"], headers["X-Content-Type-Options"]) == (FILE_POLICY, "nosniff")


def test_nginx_sends_the_file_where_it_can(client: Client, settings: Settings) -> None:
    settings.SERVE_MEDIA = False
    public, hidden = picture(slug="public"), picture(slug="hidden", **HIDDEN)

    answer, nothing = get(client, url(public)), get(client, url(hidden))
    private = get(staff.sign_in(), url(hidden))

    assert (answer["X-Accel-Redirect"], answer.content) == (f"/-{url(public)}", b"")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", PUBLIC)
    assert (nothing.status_code, "X-Accel-Redirect" in nothing) == (404, False)
    assert (private["X-Accel-Redirect"], private["Cache-Control"]) == (f"/-{url(hidden)}", PRIVATE)
    public.file.storage.delete(public.file.name)
    assert get(client, url(public)).status_code == 404


def test_storage_elsewhere_is_streamed(client: Client, settings: Settings) -> None:
    settings.SERVE_MEDIA = False
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    image = images.image()
    news.article("A", lead_image=image)

    answer = get(client, url(image))

    assert isinstance(default_storage._wrapped, InMemoryStorage)
    assert (answer.status_code, answer.body[:4], "X-Accel-Redirect" in answer) == (200, b"\x89PNG", False)


def test_due_correction_changes_what_is_public_in_its_second(client: Client) -> None:
    from postportal.publishing.workflow import steps
    from tests.factories import editorial

    new, start = images.image("New"), timezone.now()
    live = news.article("Live", standfirst="By rail.", lead_image=images.image("Old"))
    draft = editorial.correction(live, by=staff.account("Author"), lead_image=new.pk)
    steps.perform("schedule", draft, by=staff.account("Editor"), due_at=start + dt.timedelta(hours=1))

    statuses = []
    for second in (3590, 3601):
        with time_machine.travel(start + dt.timedelta(seconds=second), tick=False):
            statuses.append(get(client, url(new)).status_code)
    assert statuses == [404, 200]
