import pytest
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from postportal.pages.models import SiteSettings
from tests.factories import pages

pytestmark = pytest.mark.django_db


def test_defaults_are_used_until_the_row_is_saved() -> None:
    assert (SiteSettings.load().name, SiteSettings.objects.count()) == ("PostPortal", 0)

    pages.site_settings(name="Yunhai Post")

    assert (SiteSettings.load().name, SiteSettings.last_loaded) == ("Yunhai Post", SiteSettings.objects.get())


def test_settings_are_loaded_once_for_each_request(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    request = RequestFactory().get("/")

    with django_assert_num_queries(1):
        assert SiteSettings.for_request(request) is SiteSettings.for_request(request)


def test_there_is_one_row() -> None:
    pages.site_settings(name="First")
    pages.site_settings(name="Second")

    assert SiteSettings.objects.values_list("pk", "name").get() == (1, "Second")
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteSettings.objects.bulk_create([SiteSettings(pk=2)])


def test_site_has_its_own_colours_if_one_differs_from_the_defaults() -> None:
    assert [SiteSettings(**fields).has_own_colours for fields in ({}, {"air": "#000000"})] == [False, True]
