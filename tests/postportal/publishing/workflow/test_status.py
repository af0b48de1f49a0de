"""Status of rows for staff."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib import admin
from django.http import HttpRequest

from news.models import Article
from postportal.pages.models import ServiceNotice
from postportal.publishing.models import State
from postportal.publishing.workflow.status import Status, StatusFilter, status_of
from tests.factories import news, pages

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
ARTICLES: dict[Status, dict[str, Any]] = {
    Status.LIVE: {"publish_at": NOW},
    Status.SCHEDULED: {"publish_at": NOW + SECOND, "state": State.SCHEDULED},
    Status.DRAFT: {"publish_at": None, "state": State.DRAFT},
    Status.EXPIRED: {"publish_at": NOW - SECOND, "expire_at": NOW},
    Status.WITHDRAWN: {"publish_at": NOW, "state": State.WITHDRAWN, "withdrawal_reason": "Wrong."},
    Status.UNPUBLISHED: {"publish_at": NOW, "state": State.UNPUBLISHED, "withdrawal_reason": "Wrong."},
}
NOTICES: dict[Status, dict[str, Any]] = {
    Status.LIVE: {"publish_at": NOW},
    Status.SCHEDULED: {"publish_at": NOW + SECOND},
    Status.HIDDEN: {"publish_at": None},
    Status.EXPIRED: {"publish_at": NOW - SECOND, "expire_at": NOW},
}


def filtered(model: Any, status: Status) -> list[Any]:
    request = HttpRequest()
    chosen = StatusFilter(request, {"visibility": [status.value]}, model, admin.site._registry[model])
    with time_machine.travel(NOW, tick=False):
        return list(chosen.queryset(request, model.objects.order_by("pk")))


@pytest.mark.parametrize("status", ARTICLES)
def test_status_and_filter_agree_on_articles(status: Status) -> None:
    rows = {name: news.article(standfirst="By rail.", **fields) for name, fields in ARTICLES.items()}

    assert status_of(rows[status], NOW) == status
    assert filtered(Article, status) == [rows[status]]


@pytest.mark.parametrize("status", NOTICES)
def test_status_and_filter_agree_on_rows_without_a_workflow(status: Status) -> None:
    rows = {name: pages.notice(**fields) for name, fields in NOTICES.items()}

    assert status_of(rows[status], NOW) == status
    assert filtered(ServiceNotice, status) == [rows[status]]


def test_filter_offers_only_statuses_of_the_model() -> None:
    def offered(model: Any) -> set[str]:
        chosen = StatusFilter(HttpRequest(), {}, model, admin.site._registry[model])
        return {value for value, _label in chosen.lookup_choices}

    assert offered(Article) == set(ARTICLES)
    assert offered(ServiceNotice) == set(NOTICES)
