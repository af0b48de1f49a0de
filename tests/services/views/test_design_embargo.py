"""Designs under embargo: no page, list, feed, search result or file shows a picture before its day."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from postportal.images.public_uses import find_public_use
from postportal.publishing.models import State
from postportal.publishing.models.preview_link import create_link
from postportal.publishing.versions import revisions
from postportal.web.media_names import stem_of
from services.models import StampIssue
from tests.factories import services, staff
from tests.factories.shown_pictures import show_everywhere

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 4, 15)
# In Shanghai.
MIDNIGHT = dt.datetime(2026, 4, 14, 16, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
WITH_PICTURES = ("/", "/stamps/2026/", "/stamps/embargo/", "/stamps/embargo/1/", "/search/?q=embargo")
OTHERS = ("/feeds/stamps.atom", "/feeds/stamps.rss", "/feeds/stamps/2026.atom", "/api/search?q=embargo")


def embargoed_issue() -> tuple[StampIssue, list[str]]:
    """Return an issue that shows a picture wherever it can, and the stems of its pictures. It has been issued, so that
    the home page shows it, too."""
    issue = services.stamp_issue("Embargo", slug="embargo", designs_shown_on=DAY, issued_on=dt.date(2026, 3, 1))
    services.stamp(issue)
    services.partner_stamp(issue)
    return issue, [stem_of(picture.file.name) for picture in show_everywhere(issue)]


def test_pictures_appear_in_the_first_second_of_their_day(client: Client) -> None:
    _issue, stems = embargoed_issue()
    for at, is_shown in ((MIDNIGHT - SECOND, False), (MIDNIGHT, True)):
        with time_machine.travel(at, tick=False):
            pages = {url: client.get(url).text for url in (*WITH_PICTURES, *OTHERS)}
            files = [find_public_use(stem, at=at) is not None for stem in stems]

        shown = {url for url, text in pages.items() if any(stem in text for stem in stems)}
        assert shown == (set(WITH_PICTURES) if is_shown else set())
        assert set(files) == {is_shown}
        notice = ["Designs to be revealed on 15 April 2026" in pages[f"/stamps/embargo/{page}"] for page in ("", "1/")]
        assert notice == [not is_shown] * 2


def test_preview_shows_pictures_before_their_day() -> None:
    issue = services.stamp_issue("Draft", slug="draft", state=State.DRAFT, designs_shown_on=DAY, publish_at=None)
    services.stamp(issue)
    services.partner_stamp(issue)
    stems = [stem_of(picture.file.name) for picture in show_everywhere(issue)]
    at = MIDNIGHT - SECOND
    with time_machine.travel(at, tick=False):
        edition, author = revisions.open_edition(issue), staff.account("Editor")
        _link, path = create_link(issue, edition, by=author, at=at, expires_at=at + dt.timedelta(days=7))
        page = Client().get(path).text

    assert any(stem in page for stem in stems)
