"""Updates and withdrawal notices shown to readers, for articles, stamp issues and pages."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.workflow import steps, updates
from tests.factories import forms, news, pages, services, staff
from tests.postportal.publishing.revision_pages import reload, save

pytestmark = pytest.mark.django_db

KINDS: dict[str, Callable[[], Any]] = {
    "article": lambda: news.article("Night mail", standfirst="By rail.", tags=["Rail"]),
    "issue": lambda: services.stamp_issue("Night mail", slug="night-mail"),
    "page": lambda: pages.page("Night mail", path="night-mail"),
}
every_kind = pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)


def correct(item: Any, title: str, *, at: dt.datetime, note: str = "", is_minor: bool = False) -> None:
    content = snapshots.serialize(item)
    content["fields"]["title"] = title
    revisions.record_revision(item, content, by=staff.account("Publisher"))
    steps.perform("publish", item, by=staff.account(is_superuser=True), at=at, note=note, is_minor=is_minor)
    item.refresh_from_db()


def shown_updates(html: str) -> list[str]:
    section = re.search(r'<details class="update-history">(.*?)</details>', html, re.DOTALL)
    return re.findall(r"<span>(.*?)</span>", section.group(1)) if section else []


def types(html: str) -> list[str]:
    blocks = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    return [str(row["@type"]) for rows in blocks for row in (rows if isinstance(rows, list) else [rows])]


@every_kind
def test_readers_see_every_update_except_minor_ones(make: Callable[[], Any]) -> None:
    item, now = make(), timezone.now()
    assert shown_updates(Client().get(item.get_absolute_url()).text) == []

    correct(item, "Night mail 2", at=now - dt.timedelta(days=3), note="Added <the> timetable.")
    correct(item, "Night mail 3", at=now - dt.timedelta(days=2), is_minor=True)
    correct(item, "Night mail 4", at=now - dt.timedelta(days=1), note="Corrected the fare.")
    html = Client().get(item.get_absolute_url()).text

    assert shown_updates(html) == ["Corrected the fare.", "Added &lt;the&gt; timetable.", "First published."]
    # The link opens the section, because its target is inside it.
    assert ('href="#history">See all updates</a>' in html, '<ol id="history">' in html) == (True, True)


@every_kind
def test_updates_need_one_query_regardless_of_their_number(make: Callable[[], Any]) -> None:
    item, now = make(), timezone.now()

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            Client().get(item.get_absolute_url())
        return len(captured)

    cost()
    without_updates = cost()
    correct(item, "Night mail 2", at=now - dt.timedelta(days=9), note="One.")
    one = cost()
    for day in (5, 4, 3):
        correct(item, f"Night mail {day}", at=now - dt.timedelta(days=day), note="More.")

    assert (one - without_updates, cost()) == (1, one)


@every_kind
def test_imported_update_without_an_edition_is_shown(make: Callable[[], Any]) -> None:
    item = make()
    item.changed_at, item.change_note = timezone.now(), "From the old site."
    item.save()

    assert shown_updates(Client().get(item.get_absolute_url()).text) == ["From the old site.", "First published."]


@every_kind
def test_withdrawn_item_has_a_page_with_a_notice_and_is_in_no_list(make: Callable[[], Any]) -> None:
    item = make()
    reader, address = Client(), item.get_absolute_url()
    outlets = ["/", "/news/", "/stamps/", "/search/?q=night", "/api/search?q=night", "/sitemap/", "/feeds/news.atom"]
    outlets += ["/feeds/news.rss", "/feeds/stamps.atom", "/sitemap-articles.xml", "/sitemap-stamp-issues.xml"]
    outlets += ["/sitemap-pages.xml", "/news/2021/12/08/", "/news/tag/rail/"]
    with time_machine.travel(dt.datetime(2026, 12, 8, 1, tzinfo=dt.UTC), tick=False):
        steps.perform("withdraw", item, by=staff.account(is_superuser=True), reason="The fares <were> wrong.")
        page = reader.get(address)
        shown = [outlet for outlet in outlets if address in reader.get(outlet).text]

    assert (page.status_code, shown) == (200, [])
    assert "Night mail" in page.text
    assert 'datetime="2026-12-08">8 December 2026</time>.</strong> The fares &lt;were&gt; wrong.</p>' in page.text
    assert '<meta name="robots" content="noindex">' in page.text
    assert types(page.text) == ["BreadcrumbList"]


@every_kind
def test_reinstated_item_has_no_notice(make: Callable[[], Any]) -> None:
    item, chief = make(), staff.account(is_superuser=True)
    steps.perform("withdraw", item, by=chief, reason="Wrong.")
    steps.perform("reinstate", item, by=chief)
    html = Client().get(item.get_absolute_url()).text

    assert ("noindex" in html, "Wrong." in html, len(types(html)) > 1) == (False, False, True)


def test_stamp_of_a_withdrawn_issue_has_the_notice() -> None:
    issue = services.stamp_issue()
    stamp = services.stamp(issue)
    steps.perform("withdraw", issue, by=staff.account(is_superuser=True), reason="Recalled.")
    html = Client().get(stamp.get_absolute_url()).text

    assert ("Recalled." in html, "noindex" in html, types(html)) == (True, True, ["BreadcrumbList"])


def test_notice_and_updates_are_in_chinese() -> None:
    article = news.article("夜行邮车", language="zh-hans", slug="train", body="<p>准点。</p>")
    correct(article, "夜行邮车二", at=timezone.now(), note="更正票价。")
    steps.perform("withdraw", article, by=staff.account(is_superuser=True), reason="票价有误。")
    html = Client().get(article.get_absolute_url()).text

    assert shown_updates(html) == ["更正票价。", "首次发布。"]
    assert [word in html for word in ("已撤回", "查看全部更新", "票价有误。")] == [True, True, True]


@every_kind
def test_sitemap_has_the_time_of_the_last_update(make: Callable[[], Any]) -> None:
    item = make()
    correct(item, "Night mail 2", at=dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC), note="New fares.")
    correct(item, "Night mail 3", at=dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), is_minor=True)
    name = {"article": "articles", "stampissue": "stamp-issues", "page": "pages"}[item._meta.model_name]

    assert "<lastmod>2026-03-01</lastmod>" in Client().get(f"/sitemap-{name}.xml").text
    assert "2026-03-01" in Client().get("/sitemap.xml").text


@pytest.mark.parametrize(("note", "expected"), [("New fares.", ["New fares.", "First published."]), ("", [])])
def test_step_page_asks_for_a_change_note(note: str, expected: list[str]) -> None:
    page = pages.page("Night mail", path="night-mail")
    content = snapshots.serialize(page)
    content["fields"]["title"] = "Night mail 2"
    revisions.record_revision(page, content, by=staff.account("Publisher"))
    browser, step = staff.sign_in(), f"/admin/pages/page/{page.pk}/step/schedule/"
    data = {"due_at": "2030-01-01T09:30", "change_note": note, "_version": browser.get(step).context["version"]}
    browser.post(step, data)

    with time_machine.travel(dt.datetime(2030, 1, 1, 2, tzinfo=dt.UTC), tick=False):
        assert shown_updates(Client().get("/night-mail/").text) == expected


@every_kind
def test_correction_is_shown_in_a_box_with_its_date(make: Callable[[], Any]) -> None:
    item = make()
    item.correction = "It arrived at <5:55>."
    with time_machine.travel(dt.datetime(2026, 12, 8, 1, tzinfo=dt.UTC), tick=False):
        item.full_clean()
    item.save()
    html = Client().get(item.get_absolute_url()).text

    assert '<time datetime="2026-12-08">8 December 2026</time>.</strong> It arrived at &lt;5:55&gt;.</p>' in html


@every_kind
def test_correction_is_edited_in_the_form_and_published_with_the_text(make: Callable[[], Any]) -> None:
    item, browser = make(), staff.sign_in()
    address = f"/admin/{item._meta.app_label}/{item._meta.model_name}/{item.pk}/change/"
    browser.post(address, forms.fill_form(browser, address, correction="It arrived late.", _continue="1"))
    assert "It arrived late." not in Client().get(item.get_absolute_url()).text

    steps.perform("publish", item, by=staff.account(is_superuser=True), note="The hour.")
    assert "It arrived late." in Client().get(item.get_absolute_url()).text


@every_kind
def test_page_of_an_unpublished_item_shows_the_last_public_title(make: Callable[[], Any]) -> None:
    item, editor, chief = make(), staff.account("Publisher"), staff.account(is_superuser=True)
    address = item.get_absolute_url()
    browser = staff.sign_in(chief)
    save(item, browser, title="Secret one")
    steps.perform("unpublish", reload(item), by=editor, reason="Wrong.")

    after_unpublishing = Client().get(address)
    save(item, browser, title="Secret two")
    after_saving = Client().get(address)

    assert [answer.status_code for answer in (after_unpublishing, after_saving)] == [410, 410]
    assert ["Night mail" in answer.text for answer in (after_unpublishing, after_saving)] == [True, True]
    assert ["Secret" in answer.text for answer in (after_unpublishing, after_saving)] == [False, False]


@every_kind
def test_new_version_is_noted_only_for_an_item_that_readers_know(make: Callable[[], Any]) -> None:
    live, at = make(), timezone.now()
    draft = type(live)(state="draft")

    for item in (live, draft):
        updates.mark_update(item, at=at, note="From the archive.")

    assert (live.changed_at, live.change_note) == (at, "From the archive.")
    assert (draft.changed_at, draft.change_note) == (None, "")
