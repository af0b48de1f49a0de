import datetime as dt
from typing import Any

import pytest
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from news.models import Article, Person
from postportal.publishing.models import State
from postportal.publishing.visibility import Gone, public_or_404, require_public
from tests.factories import news

pytestmark = pytest.mark.django_db


def request_at(at: dt.datetime) -> HttpRequest:
    request: Any = RequestFactory().get("/")
    request.request_time = at
    return request


def test_public_row_is_returned_with_what_the_queryset_loads(django_assert_num_queries: Any) -> None:
    article = news.article()

    with django_assert_num_queries(1):
        found = public_or_404(request_at(timezone.now()), Article.objects.select_related("section"), slug=article.slug)
        assert (found, str(found.section)) == (article, "News")


def test_row_is_judged_at_the_time_of_the_request() -> None:
    in_an_hour = timezone.now() + dt.timedelta(hours=1)
    news.person(slug="bo", publish_at=in_an_hour)

    with pytest.raises(Http404):
        public_or_404(request_at(in_an_hour - dt.timedelta(seconds=1)), Person.objects, slug="bo")
    assert public_or_404(request_at(in_an_hour), Person.objects, slug="bo").slug == "bo"


def test_item_that_was_public_is_gone_and_a_draft_is_not() -> None:
    gone = news.article(state=State.UNPUBLISHED, withdrawal_reason="Recalled for an error.")
    request = request_at(timezone.now())

    with pytest.raises(Gone) as error:
        require_public(request, gone)
    assert error.value.item == gone
    for hidden in (news.article(state=State.DRAFT), None):
        with pytest.raises(Http404) as not_found:
            require_public(request, hidden)
        assert not isinstance(not_found.value, Gone)


def test_withdrawn_item_has_a_page() -> None:
    withdrawn = news.article(state=State.WITHDRAWN, withdrawal_reason="Recalled for an error.")

    assert require_public(request_at(timezone.now()), withdrawn) == withdrawn
