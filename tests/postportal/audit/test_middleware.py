import pytest
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from postportal.audit.current_request import current_request
from postportal.audit.middleware import AuditMiddleware
from postportal.audit.models import Entry
from tests.factories import audit, news, staff

pytestmark = pytest.mark.django_db
ACCOUNTS = "/admin/auth/user/"


def test_denied_access_of_staff_is_logged() -> None:
    user = staff.account("Editor", username="li")
    browser = staff.sign_in(user)
    last = audit.last_number()

    answer = browser.get(f"{ACCOUNTS}?q=secret", REMOTE_ADDR="192.0.2.1")

    [row] = Entry.objects.filter(number__gt=last).values()
    assert answer.status_code == 403
    assert (row["action"], row["actor_name"], row["address"], row["detail"]) == (
        *("refusal", "li", "192.0.2.1", f"GET {ACCOUNTS}"),
    )


def test_denied_deletion_is_logged_although_its_transaction_is_rolled_back() -> None:
    article = news.article()
    browser = staff.sign_in(role="Viewer")
    url = reverse("admin:news_article_delete", args=[article.pk])
    last = audit.last_number()

    browser.post(url, {"post": "yes"})

    assert audit.actions_since(after=last) == [("refusal", f"POST {url}")]


def test_form_without_csrf_token_is_logged_as_denied() -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff.account("Editor"))
    last = audit.last_number()

    assert browser.post("/admin/logout/").status_code == 403

    assert audit.actions_since(after=last) == [("refusal", "POST /admin/logout/")]


def test_readers_and_allowed_pages_are_not_logged() -> None:
    reader = staff.sign_in(staff.account(is_staff=False))
    editor = staff.sign_in(role="Editor")
    last = audit.last_number()

    answers = [
        Client(enforce_csrf_checks=True).post("/contact/"),
        reader.get(ACCOUNTS),
        editor.get("/admin/news/article/"),
        editor.get("/no-such-page/"),
    ]

    assert [answer.status_code for answer in answers] == [403, 302, 200, 404]
    assert audit.actions_since(after=last) == []


def test_access_is_denied_even_if_the_log_cannot_be_written(caplog: pytest.LogCaptureFixture) -> None:
    browser = staff.sign_in(role="Editor")

    def fail(execute: object, sql: str, *args: object) -> object:
        if "audit_head" in sql:
            raise DatabaseError("disk full")
        return execute(sql, *args)  # type: ignore[operator]

    with connection.execute_wrapper(fail):
        answer = browser.get(ACCOUNTS)
        connection.needs_rollback = False  # A test is one transaction, a request is not.

    assert answer.status_code == 403
    assert f"A denied request could not be logged: GET {ACCOUNTS}" in caplog.text


def test_current_request_is_set_only_during_the_request() -> None:
    known = []

    def view(request: HttpRequest) -> HttpResponse:
        known.append(current_request.get())
        if request.path == "/broken/":
            raise ValueError
        return HttpResponse()

    request, broken = RequestFactory().get("/"), RequestFactory().get("/broken/")
    AuditMiddleware(view)(request)
    with pytest.raises(ValueError):  # noqa: PT011
        AuditMiddleware(view)(broken)

    assert known == [request, broken]
    assert current_request.get() is None
