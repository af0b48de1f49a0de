import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.audit.models import Entry
from postportal.audit.verification import verify_chain
from postportal.staff.admin import LOG_COLUMNS
from tests.factories import audit, news, staff

pytestmark = pytest.mark.django_db
LIST = "/admin/audit/entry/"
EXPORT = "/admin/audit/entry/export/"


def change_url(entry: Entry) -> str:
    return reverse("admin:audit_entry_change", args=[entry.pk])


def listed_items(query: str = "") -> list[str]:
    return [entry.detail for entry in staff.sign_in().get(LIST + query).context["cl"].result_list]


def test_only_administrators_read_the_log() -> None:
    entry = audit.make_entries(1)[0]
    manager = staff.account("Publisher")
    manager.user_permissions.set(Permission.objects.all())

    statuses = {
        url: (staff.sign_in().get(url).status_code, staff.sign_in(manager).get(url).status_code)
        for url in (LIST, change_url(entry))
    }

    assert set(statuses.values()) == {(200, 403)}
    assert staff.sign_in(manager).post(EXPORT).status_code == 403
    assert "/admin/audit/" not in staff.sign_in(manager).get("/admin/").content.decode()


def test_no_permission_for_the_log_can_be_given() -> None:
    assert list(Permission.objects.filter(content_type__app_label="audit")) == []


def test_administrators_cannot_change_the_log() -> None:
    entry = audit.make_entries(1)[0]
    browser = staff.sign_in()
    urls = [
        change_url(entry),
        reverse("admin:audit_entry_add"),
        reverse("admin:audit_entry_delete", args=[entry.pk]),
    ]

    statuses = [browser.post(url, {"detail": "other", "post": "yes"}).status_code for url in urls]
    browser.post(LIST, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})

    assert statuses == [403, 403, 403]
    assert Entry.objects.get(pk=entry.pk).detail == entry.detail
    verify_chain()


def test_list_links_to_the_item_by_its_logged_name() -> None:
    article = news.article("Night mail")
    key = article.pk
    log_action(Action.DELETE, item=article, detail="deleted")
    article.delete()
    log_action(Action.EXPORT, item=Entry)
    log_action(
        Action.DELETE,
        item=Permission(pk=1, name="without admin", content_type=ContentType.objects.get_for_model(Entry)),
    )

    page = staff.sign_in().get(LIST).content.decode()

    assert f'<td class="field-item"><a href="/admin/news/article/{key}/change/">Night mail</a></td>' in page
    assert '<a href="/admin/audit/entry/">audit.entry</a>' in page
    assert '<td class="field-actor_name">–</td>' in page


def test_form_shows_the_whole_entry() -> None:
    entry = log_action(Action.WITHDRAW, user=staff.account(username="li"), detail="x" * 300)

    page = staff.sign_in().get(change_url(entry)).content.decode()

    time = f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"
    assert all(text in page for text in (time, "x" * 300, "Withdrawn", "li", entry.hash, entry.previous_hash))
    assert 'name="_save"' not in page


def test_list_is_newest_first_with_shortened_details() -> None:
    audit.make_entries(3)
    log_action(Action.WITHDRAW, detail="y" * 300)

    browser = staff.sign_in()
    answer = browser.get(f"{LIST}?q=story")

    assert [entry.detail for entry in answer.context["cl"].result_list] == ["story 2", "story 1", "story 0"]
    assert f"{'y' * 119}…<" in browser.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?action__exact=withdraw", ["four", "one"]),
        ("?actor=li", ["one"]),
        ("?actor=Li", ["four", "one"]),
        ("?actor=na+li", ["one"]),
        ("?actor=nobody", []),
        ("?actor=-&action__exact=publish", ["three", "two"]),
        ("?actor=not+logged+in&action__exact=publish", ["three", "two"]),
        ("?q=li", ["four", "one"]),
        ("?q=night", ["two"]),
        ("?q=three", ["three"]),
        ("?at__year=2020", []),
    ],
)
def test_list_can_be_searched_and_filtered(query: str, found: list[str]) -> None:
    log_action(Action.WITHDRAW, user=staff.account(username="li", first_name="Li", last_name="Na"), detail="one")
    log_action(Action.WITHDRAW, user=staff.account(username="oliver"), detail="four")
    log_action(Action.PUBLISH, item=news.article("Night mail"), detail="two")
    log_action(Action.PUBLISH, detail="three")

    assert [detail for detail in listed_items(query) if detail in {"one", "two", "three", "four"}] == found


def test_filter_lists_deleted_accounts() -> None:
    user = staff.account(username="li")
    log_action(Action.PUBLISH, user=user)
    user.delete()

    page = staff.sign_in().get(LIST).content.decode()

    assert all(f'<option value="{name}"></option>' in page for name in ("li", "not logged in"))


def test_list_of_many_accounts_takes_the_queries_of_few() -> None:
    browser = staff.sign_in()
    for number in range(5):
        log_action(Action.PUBLISH, user=staff.account(username=f"writer{number}"))
    # The first request of a session writes it.
    browser.get(LIST)
    with CaptureQueriesContext(connection) as few:
        browser.get(LIST, {"actor": "writer"})
    for number in range(5, 60):
        log_action(Action.PUBLISH, user=staff.account(username=f"writer{number}"))
    with CaptureQueriesContext(connection) as many:
        page = browser.get(LIST, {"actor": "writer"}).content.decode()

    assert len(few) == len(many)
    # Names to type, not a link for each account.
    assert (page.count('<option value="writer'), "actor=writer1" in page) == (60, False)


def export_rows(browser: Any, query: str = "") -> list[dict[str, str]]:
    answer = browser.post(EXPORT + query)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="audit-log-20')
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_export_contains_all_pages_of_the_filtered_list() -> None:
    entries = audit.make_entries(70)
    browser = staff.sign_in()

    rows = export_rows(browser, "?action__exact=publish&p=2")

    assert [row["number"] for row in rows] == [str(entry.number) for entry in reversed(entries)]
    assert list(rows[0]) == LOG_COLUMNS
    assert rows[0] | {"number": "", "at": "", "hash": "", "previous_hash": ""} == {
        **dict.fromkeys(LOG_COLUMNS, ""),
        "action": "publish",
        "detail": "story 69",
    }
    assert rows[0]["at"].endswith("+00:00")
    assert rows[0]["hash"] == entries[-1].hash


def test_export_is_logged() -> None:
    user = staff.account(username="li", is_superuser=True)
    audit.make_entries(3)
    last = audit.last_number()

    export_rows(staff.sign_in(user), "?action__exact=publish")

    entry = Entry.objects.get(action="export", number__gt=last)
    assert (entry.actor_name, entry.item_label, entry.detail) == (
        *("li", "audit.entry"),
        "3 entries, action__exact=publish",
    )
    assert "no filters" in export_detail(user)


def export_detail(user: Any) -> str:
    export_rows(staff.sign_in(user))
    return audit.newest_entry().detail


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "＝1+1", "|calc", "\t=1", "\r=1"])
def test_exported_text_is_not_a_formula(text: str) -> None:
    log_action(Action.LOGIN_FAILED, detail=text)

    [row] = export_rows(staff.sign_in(), "?action__exact=login-failed")

    assert row["detail"].startswith(("'", "\\t", "\\r"))


def test_export_preserves_commas_quotes_and_chinese() -> None:
    log_action(Action.LOGIN_FAILED, detail='夜班, "mail"')

    [row] = export_rows(staff.sign_in(), "?action__exact=login-failed")

    assert row["detail"] == '夜班, "mail"'


def test_export_requires_post() -> None:
    browser = staff.sign_in()
    page = browser.get(f"{LIST}?actor=-&q=story").content.decode()

    assert f'<form method="post" action="{EXPORT}?actor=-&amp;q=story">' in page
    assert browser.get(EXPORT).status_code == 405


@pytest.mark.parametrize("query", ["?at__year=x", "?e=1&at__year=x", f"?at__year={'9' * 20}", "?number__exact=x"])
def test_export_with_an_invalid_filter_exports_nothing(query: str) -> None:
    browser = staff.sign_in()
    last = audit.last_number()

    answer = browser.post(EXPORT + query)

    assert answer.status_code in {302, 400}
    assert audit.actions_since(after=last) == []
