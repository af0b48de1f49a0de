from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, connections, router
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import DjangoDbBlocker

from news.models import Article
from postportal.replicas.middleware import ReplicaMiddleware
from postportal.replicas.monitor import Replicas
from tests.postportal.replicas.copies import stand_ins


@pytest.fixture
def replicas(django_db_blocker: DjangoDbBlocker) -> Iterator[Replicas]:
    with stand_ins(1, blocker=django_db_blocker) as made:
        yield made


def say_database(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Article.objects.all().db)


def database_for(replicas: Replicas, *, method: str = "GET", path: str = "/news/", cookie: str = "") -> str:
    request = RequestFactory().generic(method, path, headers={"cookie": cookie} if cookie else {})
    return ReplicaMiddleware(say_database, among=replicas)(request).content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["/", "/news/", "/api/v1/articles/", "/media/a.webp", "/administration/"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_page_of_a_reader_is_read_from_a_replica(replicas: Replicas, method: str, path: str) -> None:
    assert database_for(replicas, method=method, path=path) == "replica_1"


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/calendar/key.ics", "/preview/key/"])
def test_staff_pages_and_previews_are_read_from_the_primary(replicas: Replicas, path: str) -> None:
    assert database_for(replicas, path=path) == DEFAULT_DB_ALIAS


def test_somebody_with_a_session_reads_what_they_have_written(replicas: Replicas) -> None:
    assert database_for(replicas, cookie=f"{settings.SESSION_COOKIE_NAME}=x") == DEFAULT_DB_ALIAS


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_use_the_primary(replicas: Replicas, method: str) -> None:
    assert database_for(replicas, method=method) == DEFAULT_DB_ALIAS


def test_page_is_made_again_from_the_primary_if_the_replica_fails(replicas: Replicas) -> None:
    """This replica lacks a table. The view hides errors, and still the page lacks nothing."""
    databases = []

    def show_stamps(request: HttpRequest) -> HttpResponse:
        databases.append(router.db_for_read(Article))
        try:
            with connections[databases[-1]].cursor() as cursor:
                cursor.execute("SELECT count(*) FROM stamp")
                return HttpResponse(f"{cursor.fetchone()[0]} stamps")
        except Exception:  # noqa: BLE001 - what a view does
            return HttpResponse("The page without its content")

    response = ReplicaMiddleware(show_stamps, among=replicas)(RequestFactory().get("/"))

    assert response.content == b"0 stamps"  # type: ignore[attr-defined]
    assert databases == ["replica_1", DEFAULT_DB_ALIAS]


def test_without_replicas_the_middleware_is_not_there() -> None:
    with pytest.raises(MiddlewareNotUsed):
        ReplicaMiddleware(say_database, among=Replicas([]))
