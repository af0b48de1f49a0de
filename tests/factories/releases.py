"""Factories for releases."""

import datetime as dt
from itertools import count
from typing import Any

from django.contrib.auth.models import User

from news.models import Article
from postportal.publishing.models import PubliclyTimed, Release
from postportal.publishing.workflow import release_members, releases
from tests.factories import editorial, news, pages, staff

_number = count(1)


def release(name: str = "", *items: PubliclyTimed, **fields: Any) -> Release:
    row = Release.objects.create(name=name or f"New tariff {next(_number)}", **fields)
    by = staff.account(is_superuser=True)
    for item in items:
        release_members.add_to_release(row, item, by=by)
    return row


def launch_release(*, at: dt.datetime | None = None, by: User | None = None, name: str = "New tariff") -> Release:
    """Make a release of a new article, a correction and a notice, scheduled for `at` if that is given."""
    writer = staff.account("Editor")
    row = release(
        name,
        editorial.draft_article("Hush fares", by=writer),
        editorial.correction(news.article("Letter rates", standfirst="By rail."), by=writer, title="Hush rates"),
        pages.notice("Hush notice", publish_at=None),
    )
    if at:
        releases.perform_release_step("schedule", row, by=by or staff.account(is_superuser=True), due_at=at)
        row.refresh_from_db()
    return row


def draft_of(row: Release) -> Article:
    return Article.objects.get(pk__in=row.editions.filter(content__isnull=True).values("object_id"))
