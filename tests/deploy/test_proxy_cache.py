"""Public pages that nginx keeps for a second: what is kept, for whom, and for how long."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from django.http import QueryDict

from benchmarks.faults.portal import wait_until
from benchmarks.servers.nginx import CONFIGURATION
from news.filter_forms import OrganizationFilterForm, PersonFilterForm
from postportal.api.search import Parameters
from postportal.search.forms import SearchForm
from services.views.programme_filters import ProgrammeFilters
from tests.caches import SHARED
from tests.deploy.counting_application import PUBLIC, CountingApplication, Page, new_application
from tests.deploy.running_nginx import Answer, Nginx, run_application, run_nginx
from tests.deploy.test_nginx import write_files

# They say when and how an answer was sent.
HEADERS_OF_A_CONNECTION = {"Date", "Connection", "X-Request-ID", "Content-Length", "Transfer-Encoding"}
SESSION = {"Cookie": "other=1; __Host-sessionid=abc"}

pytestmark = pytest.mark.once


class Portal(NamedTuple):
    nginx: Nginx
    application: type[CountingApplication]

    def get(self, path: str, **headers: str) -> Answer:
        return self.nginx.request(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def says(self, path: str, text: str = "page", *, status: int = 200, **headers: str) -> None:
        """Let the application answer so from now on."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.application.pages[path] = Page(text, status, {**PUBLIC, **named})


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    folder, application = tmp_path_factory.mktemp("nginx"), new_application()
    write_files(folder)
    with run_application(folder, application), run_nginx(folder) as nginx:
        yield Portal(nginx, application)


def test_page_is_fetched_once_with_the_same_headers(portal: Portal) -> None:
    portal.says("/news/", "Night mail. " * 200, ETag='"1"', Content_Security_Policy="default-src 'none'")

    around_it = portal.get("/news/", **SESSION)
    fetched, kept = portal.get("/news/"), portal.get("/news/", Cookie="_ga=1")
    head = portal.nginx.request("/news/", method="HEAD")

    assert portal.application.asked["/news/"] == 2
    found = [
        {name: value for name, value in answer.headers.items() if name not in HEADERS_OF_A_CONNECTION}
        for answer in (around_it, fetched, kept, head)
    ]
    assert found == [found[0]] * 4
    assert found[0].items() >= {**PUBLIC, "ETag": '"1"', "Content-Security-Policy": "default-src 'none'"}.items()
    assert fetched.text == kept.text == "Night mail. " * 200
    assert (head.text, head.headers["Content-Length"]) == ("", "2400")
    # Each answer has its own, also one that was kept.
    assert len({answer.headers["X-Request-ID"] for answer in (around_it, fetched, kept, head)}) == 4


def test_kept_page_is_compressed_and_not_sent_twice(portal: Portal) -> None:
    portal.says("/stamps/", "Night mail. " * 200, ETag='"7"')
    portal.get("/stamps/", Accept_Encoding="gzip")

    again = portal.get("/stamps/", Accept_Encoding="deflate, gzip;q=1.0")
    known = [portal.get("/stamps/", Accept_Encoding="gzip", If_None_Match=tag) for tag in ('"7"', 'W/"7"', '"6"')]

    assert again.headers["Content-Encoding"] == "gzip"
    assert [answer.status for answer in known] == [304, 304, 200]
    assert known[0].headers["Cache-Control"] == PUBLIC["Cache-Control"]
    assert portal.application.asked["/stamps/"] == 1
    # The application may compress by itself: it hears which encodings the entry is for.
    assert portal.application.seen["/stamps/"]["Accept-Encoding"] == "gzip"


def test_application_gets_the_id_of_the_answer_and_none_of_the_client(portal: Portal) -> None:
    answer = portal.get("/id/", X_Request_ID="0123456789abcdef0123456789abcdef")

    assert portal.application.seen["/id/"]["X-Request-ID"] == answer.headers["X-Request-ID"]
    assert answer.headers["X-Request-ID"] != "0123456789abcdef0123456789abcdef"


def test_version_that_a_client_has_is_asked_for_around_the_cache(portal: Portal) -> None:
    portal.says("/known/", ETag='"3"')

    answer = portal.get("/known/?utm_source=mail", If_None_Match='"3"')

    assert (answer.status, portal.application.seen["/known/?utm_source=mail"]["If-None-Match"]) == (304, '"3"')


@pytest.mark.parametrize(
    "headers",
    [
        SESSION,
        {"Cookie": "sessionid=abc"},
        {"Cookie": "a=1;csrftoken = abc"},
        {"Cookie": "__Host-csrftoken=abc"},
        {"Cookie": "messages=abc"},
        {"Authorization": "Basic abc"},
    ],
)
def test_personal_answer_is_neither_kept_nor_taken_from_the_cache(portal: Portal, headers: dict[str, str]) -> None:
    path = f"/personal/{len(str(headers))}/"
    # As if the application had forgotten to forbid it.
    portal.says(path, "For me alone")
    mine = portal.get(path, **headers)
    portal.says(path, "For everybody")

    assert [mine.text, portal.get(path).text] == ["For me alone", "For everybody"]
    portal.says(path, "For me alone")
    assert [portal.get(path, **headers).text, portal.get(path).text] == ["For me alone", "For everybody"]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/a/", {"Set-Cookie": "sessionid=abc"}),
        ("/b/", {"Cache-Control": "private, max-age=60"}),
        ("/c/", {"Cache-Control": "no-store"}),
        ("/d/", {"Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private"}),
        ("/e/", {"Cache-Control": ""}),
        ("/f/", {"Cache-Control": "public, max-age=0, s-maxage=0"}),
        ("/g/", {"Vary": "Cookie"}),
        ("/h/", {"Vary": "accept-encoding, accept-language"}),
        ("/i/", {"Vary": "*"}),
        ("/admin/news/", {}),
        ("/zh-hans/j/?fbclid=1", {}),
        ("/k/?page=2&x=1", {}),
        ("/preview/KEY/", {}),
        ("/admin/calendar/KEY.ics", {}),
        ("/media/images/a.webp", {}),
        ("/healthz", {}),
        ("/metrics", {}),
    ],
)
def test_answer_is_not_kept(portal: Portal, path: str, headers: dict[str, str]) -> None:
    portal.says(path.partition("?")[0], **headers)

    portal.get(path)
    portal.get(path)

    assert portal.application.asked[path] == 2


def test_answers_to_other_methods_are_not_kept(portal: Portal) -> None:
    for method in ("POST", "GET", "GET"):
        portal.nginx.request("/form/", method=method)

    assert portal.application.asked["/form/"] == 2


def test_each_language_parameter_and_minute_has_its_own_entry(portal: Portal) -> None:
    paths = ["/own/", "/zh-hans/own/", "/own/?page=2", "/own/?q=a&tag=b", "/colours.css?a-b"]

    for _time in range(2):
        for path in paths:
            portal.get(path)
    portal.get("/own/", X_Minute="2026-12-08T09:00:01+08:00")
    portal.get("/own/", X_Minute="2026-12-08T09:00:00+08:00")

    assert [portal.application.asked[path] for path in paths] == [2, 1, 1, 1, 1]


def test_rush_on_a_new_page_is_one_request_to_the_application(portal: Portal) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(portal.get, ["/rush/"] * 8))

    assert ({answer.text for answer in answers}, portal.application.asked["/rush/"]) == ({"page"}, 1)


def test_slow_forms_do_not_reach_the_application(portal: Portal) -> None:
    half = "POST /slow/ HTTP/1.1\r\nHost: portal.example\r\nContent-Length: 10\r\n\r\n12345"
    with ExitStack() as stack:
        for _client in range(30):
            stack.enter_context(portal.nginx.connect()).sendall(half.encode())

        assert portal.get("/quick/", **SESSION).status == 200
        assert portal.application.asked["/slow/"] == 0


def test_every_parameter_of_a_public_form_may_be_kept() -> None:
    line = next(line for line in CONFIGURATION.read_text().splitlines() if "(page|" in line)
    names = set(line.partition("((")[2].partition(")")[0].split("|"))
    forms = [SearchForm(), PersonFilterForm(), OrganizationFilterForm(), ProgrammeFilters(QueryDict())]

    # `name` is that of a maker of stamps.
    assert {name for form in forms for name in form.fields} | set(Parameters.model_fields) | {"name"} <= names


def test_how_long_a_page_is_shown_after_it_changed(tmp_path: Path) -> None:
    write_files(tmp_path)
    application = new_application()
    with run_nginx(tmp_path) as nginx:
        portal = Portal(nginx, application)
        with run_application(tmp_path, application):
            for path in ("/late/", "/broken/", "/down/"):
                change_after_reading(portal, path)
            check_first_reader_afterwards(portal)
            # By now the others are older than three seconds. Nobody gets a page that nobody has asked for since, and
            # one that was withdrawn least of all.
            portal.says("/late/", "not found", status=404)
            assert (portal.get("/late/").status, portal.get("/late/").text) == (404, "not found")
            # If the application fails or is down, readers see the old page for the rest of the minute.
            portal.says("/broken/", "error", status=503, Cache_Control="no-store")
            assert (portal.get("/broken/").text, portal.get("/new/").text) == ("old", "page")
        stale = portal.get("/down/")
        assert (stale.status, stale.text, stale.headers["X-Frame-Options"]) == (200, "old", "DENY")
        assert portal.get("/down/", X_Minute="2026-12-08T09:00").status == 502
        assert portal.get("/down/", **SESSION).status == 502


def change_after_reading(portal: Portal, path: str) -> int:
    """Let nginx keep a page, then change it. Return the second in which it was kept, or 0 if that is not clear."""
    portal.says(path, "old", Cache_Control=SHARED)
    before = int(time.time())
    assert portal.get(path).text == "old"
    kept = before if before == int(time.time()) else 0
    portal.says(path, "new", Cache_Control=SHARED)
    return kept


def check_first_reader_afterwards(portal: Portal) -> None:
    """Check that the first reader after the second gets the old page at once, and has the new one fetched. nginx counts
    in whole seconds; if this machine was too busy to ask in the right one, try again."""
    for attempt in range(10):
        path = f"/soon/{attempt}/"
        kept = change_after_reading(portal, path)
        time.sleep(max(0.0, kept + 2.05 - time.time()))
        answer = portal.get(path)
        if not kept or int(time.time()) > kept + 2:
            continue
        assert answer.text == "old"
        wait_until(lambda path=path: portal.get(path).text == "new", 5, what="The new page is not fetched")  # type: ignore[misc]
        time.sleep(max(0.0, kept + 3.05 - time.time()))
        return
    raise AssertionError("This machine is too busy.")
