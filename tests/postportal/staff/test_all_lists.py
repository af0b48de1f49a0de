"""Every admin list: as many queries for one row as for ten, and stored text is escaped."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.legacy.models import Capture
from postportal.publishing.models import Publishable
from postportal.search.models import ZeroResultSearch
from tests.factories import documents, images, news, pages, search, services, staff
from tests.factories.releases import release

pytestmark = [pytest.mark.django_db, pytest.mark.once]
XSS = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>{{ 'evalu'|add:'ated' }}"


def make_hotline(number: int) -> Any:
    row = services.hotline(f"Line {number}")
    services.short_code_number(row)
    services.number_from_abroad(row)
    return row


def make_credited_issue(number: int) -> Any:
    issue = services.stamp_issue(tags=["rail"], lead_image=images.image(), issuer=news.organization())
    services.stamp(issue)
    services.credit(issue, name="Wen Hao")
    return issue


def make_capture(number: int) -> Any:
    fields = {"host": "english.example", "path": f"/{number}.htm", "file_name": f"{number}.txt", "kind": "news"}
    times = {"first_imported_at": news.LONG_AGO, "imported_at": news.LONG_AGO}
    return Capture.objects.create(item=news.article(), raw_text="Old text", sha256="0" * 64, **fields, **times)


FACTORIES: dict[str, Callable[[int], Any]] = {
    "audit.entry": lambda number: log_action(Action.DELETE, item=Group(pk=number, name=f"Role {number}")),
    "auth.user": lambda number: staff.account("Editor"),
    "auth.group": lambda number: Group.objects.create(name=f"Role {number}"),
    "taggit.tag": lambda number: Tag.objects.create(name=f"tag {number}", slug=f"tag-{number}"),
    "documents.document": lambda number: documents.document(f"Document {number}"),
    "images.image": lambda number: images.image(title=f"Picture {number}"),
    "pages.contactmessage": lambda number: pages.contact_message(),
    "pages.menuitem": lambda number: pages.menu_item(f"Item {number}"),
    "pages.page": lambda number: pages.page(),
    "publishing.release": lambda number: release(f"Release {number}", created_by=staff.account()),
    "pages.redirect": lambda number: pages.redirect(f"/old/{number}.htm", news.article()),
    "pages.snippet": lambda number: pages.snippet(f"Snippet {number}"),
    "pages.servicenotice": lambda number: pages.notice(),
    "legacy.capture": make_capture,
    "news.appointment": lambda number: news.appointment(),
    "news.article": lambda number: news.article(source=news.source(), tags=["rail"], section=news.section("News")),
    "news.handover": lambda number: news.handover(publish_at=None),
    "news.organization": lambda number: news.organization(parent=news.organization(f"Parent {number}")),
    "news.person": lambda number: news.person(portrait=images.image()),
    "news.plannedchange": lambda number: news.planned_change(
        new_name=f"Mail {number}", new_parent=news.organization(), publish_at=None
    ),
    "news.position": lambda number: news.position(),
    "news.section": lambda number: news.section(f"Section {number}"),
    "news.source": lambda number: news.source(f"Source {number}"),
    "search.pinnedresult": lambda number: search.pinned_result(f"line {number}", news.article()),
    "search.synonym": lambda number: search.synonym(f"parcel, package {number}"),
    "search.zeroresultsearch": lambda number: ZeroResultSearch.objects.create(
        text=f"gold {number}", language="en", day=timezone.localdate()
    ),
    "services.holidaycalendar": lambda number: services.holiday_calendar(holidays={"2026-10-01": "Harvest"}),
    "services.hotline": make_hotline,
    "services.service": lambda number: services.service(organization=news.organization()),
    "services.stamp": lambda number: services.stamp(services.stamp_issue()),
    "services.stampissue": make_credited_issue,
}


ITEMS = {model._meta.label_lower for model in apps.get_models() if issubclass(model, Publishable)}


def changelist_url(label: str) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_changelist")


def count_queries(browser: Any, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(url)
    assert answer.status_code == 200
    return len(queries)


def test_every_list_is_tested() -> None:
    labels = {model._meta.label_lower for model in admin.site._registry}

    # Site settings are a single row, and their list redirects to its form.
    assert labels - set(FACTORIES) == {"pages.sitesettings"}


@pytest.mark.parametrize("label", FACTORIES)
def test_list_takes_the_same_queries_for_one_row_and_ten(label: str) -> None:
    browser = staff.sign_in(
        role="Viewer" if label.split(".", maxsplit=1)[0] not in {"auth", "audit", "pages", "legacy"} else ""
    )
    FACTORIES[label](0)
    count_queries(browser, changelist_url(label))
    few = count_queries(browser, changelist_url(label))
    for number in range(1, 10):
        FACTORIES[label](number)

    many = count_queries(browser, changelist_url(label))

    assert many == few
    # Lists of items also load the work on their rows, to whom they are assigned, their authors, saved filters and the
    # names that filters offer.
    assert many <= (19 if label in ITEMS else 13)


def make_row_with_markup(label: str) -> Any:
    """Make a row with markup in all of its text fields."""
    if label == "audit.entry":
        # Entries cannot be changed later.
        return log_action(Action.DELETE, item=Group(pk=1, name=XSS), user=User(username=XSS), detail=XSS)
    row = FACTORIES[label](1)
    changes: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
        if is_text and not isinstance(field, models.FileField) and field.name not in {"password", "language"}:
            changes[field.name] = XSS[: field.max_length or None]
    if "old_path" in changes:
        changes |= {"old_path": f"/{XSS}", "new_address": "", "gone_reason": ""}
    type(row)._default_manager.filter(pk=row.pk).update(**changes)
    return row


READ_ONLY = {"audit.entry", "legacy.capture", "search.zeroresultsearch", "services.stamp"}
HARMFUL = ["<img src=x", "<script>alert", "onerror=alert(1)>\"'><", "evaluated"]


@pytest.mark.parametrize("label", FACTORIES)
def test_stored_text_is_escaped_on_every_staff_page(label: str) -> None:
    row = make_row_with_markup(label)
    browser = sign_in_with_markup(row)
    name = label.replace(".", "_")
    views = ["change", "history"] if label in READ_ONLY else ["change", "history", "delete"]
    key = {"action": "delete_selected", "_selected_action": [row.pk], f"_version_{row.pk}": 0}

    answers = [
        *(browser.get(reverse(f"admin:{name}_{view}", args=[row.pk])) for view in views),
        *(browser.get(url) for url in (changelist_url(label), f"{changelist_url(label)}?q={XSS}")),
        browser.post(changelist_url(label), key),
    ]

    assert harmful_marks(answers) == []


def test_stored_text_of_every_model_is_escaped_on_the_dashboard() -> None:
    rows = [make_row_with_markup(label) for label in FACTORIES]

    assert harmful_marks([sign_in_with_markup(rows[0]).get("/admin/")]) == []


def sign_in_with_markup(row: Any) -> Any:
    """Return the browser of an administrator with markup in the name, who has changed the row."""
    user = staff.account(is_superuser=True, first_name=XSS[:150])
    LogEntry.objects.create(
        user=user,
        content_type_id=None,
        object_id=str(row.pk),
        object_repr=XSS[:200],
        action_flag=CHANGE,
        change_message=XSS,
    )
    return staff.sign_in(user)


def harmful_marks(answers: list[Any]) -> list[str]:
    assert {answer.status_code for answer in answers} <= {200, 302}
    return [mark for mark in HARMFUL for answer in answers if mark in answer.content.decode()]
