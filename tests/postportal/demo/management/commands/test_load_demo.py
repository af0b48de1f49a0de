from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries, Settings

from news.models import Article
from postportal.demo.management.commands import load_demo
from postportal.pages.models import Page


def run_load_demo(*, debug: bool, settings: Settings, if_empty: bool = False) -> str:
    settings.DEBUG = debug
    output = StringIO()
    call_command("load_demo", if_empty=if_empty, stdout=output)
    return output.getvalue()


@pytest.mark.django_db
def test_command_loads_content_once_and_says_what_it_made(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert "  37 articles\n" in run_load_demo(debug=True, settings=settings)
    assert run_load_demo(debug=True, settings=settings).splitlines() == [
        "Loading the demo content …",
        "  Nothing was missing.",
        "Staff accounts have the password postportal-demo; it opens nothing unless DEBUG and DEMO are on.",
    ]
    with django_assert_num_queries(1):
        assert run_load_demo(debug=True, settings=settings, if_empty=True) == ""


@pytest.mark.django_db
def test_command_makes_no_accounts_with_debug_off(settings: Settings) -> None:
    output = run_load_demo(debug=False, settings=settings, if_empty=True)
    assert f"  {Article.objects.count()} articles\n" in output
    assert output.splitlines()[-1] == "No staff accounts were made: their password is public, and DEBUG is off."
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_if_empty_leaves_a_portal_with_a_page_alone(settings: Settings) -> None:
    Page.objects.create(path="own", title="Our own page")
    assert run_load_demo(debug=True, settings=settings, if_empty=True) == ""
    assert Article.objects.count() == 0


def test_start_checks_the_portal_only_once() -> None:
    """Each round of checks loads everything and takes about a second of the five that a start may take."""
    makefile = (Path(settings.BASE_DIR) / "Makefile").read_text(encoding="utf-8")

    assert load_demo.Command.requires_system_checks == []
    assert "manage.py migrate --verbosity 0 --skip-checks\n" in makefile
