import logging
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from postportal.web.bearer_urls import BEARER_URLS, HideKeys, hide_keys, is_bearer_url

KEY = "Zq0_-secret"
NOINDEX = "noindex, nofollow, noarchive"
NAMES = {
    "preview": [KEY],
    "preview_picture": [KEY, "signature", "images/a.webp"],
    "preview_captions": [KEY, "signature", 1],
    "preview_document": [KEY, "signature", 1],
    "admin:calendar_feed": [KEY],
    "admin:password_link": ["Mg", KEY],
}


def urls() -> list[str]:
    return [reverse(name, args=args) for name, args in NAMES.items()]


def test_urls_of_the_portal_that_are_keys_are_known() -> None:
    assert [is_bearer_url(url) for url in urls()] == [True] * len(NAMES)
    assert not any(is_bearer_url(url) for url in ("/", "/news/", "/admin/calendar/", "/media/images/a.webp"))


@pytest.mark.django_db
def test_every_answer_at_such_a_url_is_kept_secret(client: Client) -> None:
    for url in urls():
        for answer in (client.get(url), client.post(url), client.head(url)):
            assert answer.status_code in {404, 405, 410, 403}
            assert "private" in answer["Cache-Control"]
            assert "no-store" in answer["Cache-Control"]
            assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", NOINDEX)


def test_nginx_logs_none_of_them() -> None:
    configuration = (Path(settings.BASE_DIR) / "docs" / "deploy" / "nginx.conf").read_text()
    log = configuration.partition("$postportal_logged {")[2].partition("}")[0]
    patterns = [re.compile(pattern) for pattern in re.findall(r'"~(.+)"\s+0;', log)]

    assert len(patterns) == len(BEARER_URLS)
    for url in urls():
        # $uri and $request_uri, also when nginx answers with another file.
        for line in (f"{url} {url}", f"/-/media/images/a.webp {url}", f"{url} {url}?x=1"):
            assert [bool(pattern.search(line)) for pattern in patterns].count(True) == 1, line
    assert not any(pattern.search("/news/ /news/?q=/preview/") for pattern in patterns)


@pytest.mark.parametrize("line", ["Gone: %s", '"GET %s HTTP/1.1" 200', "Error handling request %s?x=1"])
def test_keys_are_hidden_in_logs(line: str) -> None:
    for url in urls():
        assert KEY not in hide_keys(line % url)
    assert hide_keys("GET /preview/a/ /admin/calendar/b.ics /news/") == "GET /preview/…/ /admin/calendar/….ics /news/"


@pytest.mark.parametrize(("message", "args"), [("Gone: %s", ("/preview/KEY/",)), ("%(r)s", ({"r": "/preview/KEY/"},))])
def test_filter_hides_keys_and_leaves_other_lines_alone(message: str, args: tuple[object, ...]) -> None:
    record = logging.LogRecord("gunicorn.access", logging.INFO, "", 0, message, args, None)
    other = logging.LogRecord("gunicorn.access", logging.INFO, "", 0, "%s of %s", ("1", "2"), None)

    assert HideKeys().filter(record)
    assert HideKeys().filter(other)
    assert record.getMessage() in ("Gone: /preview/…/", "/preview/…/")
    assert (other.msg, other.getMessage()) == ("%s of %s", "1 of 2")


def test_log_of_the_application_holds_no_keys() -> None:
    [console] = [one for one in logging.getLogger().handlers if one.formatter and "{asctime}" in one.formatter._fmt]  # type: ignore[operator]
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Gone: %s", (f"/preview/{KEY}/",), None)

    assert console.filter(record)
    assert console.format(record).endswith("Gone: /preview/…/")
