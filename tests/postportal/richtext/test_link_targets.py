import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from postportal.pages.models import Page
from postportal.richtext.link_targets import LinkTarget, get_link_target
from tests.factories import pages

pytestmark = pytest.mark.django_db
TARGET = LinkTarget(Page.objects.published, {"language": "language", "path": "path"})


def test_key_has_the_values_of_the_url_parameters() -> None:
    assert TARGET.key({"path": "about", "language": "en", "other": "x"}) == ("en", "about")
    assert TARGET.key({"path": "about"}) == (None, "about")


def test_existing_keys_are_those_with_a_row_at_that_time(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    now = timezone.now()
    pages.page(path="about", language="en")
    pages.page(path="news", language="zh-hans")
    pages.page(path="soon", language="en", publish_at=now + dt.timedelta(hours=1))
    keys = [("en", "about"), ("en", "news"), ("zh-hans", "about"), ("en", "soon"), ("en", "missing")]

    with django_assert_num_queries(1):
        assert TARGET.existing_keys(keys, now) == {("en", "about")}
    assert TARGET.existing_keys(keys, now + dt.timedelta(hours=2)) == {("en", "about"), ("en", "soon")}


def test_view_that_is_not_registered_has_no_target() -> None:
    assert get_link_target("pages:page") is not None
    assert get_link_target("search") is None
