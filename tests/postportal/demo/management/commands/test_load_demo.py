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
def test_command_loads_content_once_and_reports_it(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = run_load_demo(debug=False, settings=settings, if_empty=True)

    assert f"  articles: {Article.objects.count()}\n" in first
    assert first.splitlines()[-1] == "No staff accounts were created: their password is public, and DEBUG is off."
    assert User.objects.count() == 0

    with_accounts = run_load_demo(debug=True, settings=settings)

    assert Article.objects.count() == 38
    assert f"  users: {User.objects.count()}\n" in with_accounts
    assert run_load_demo(debug=True, settings=settings).splitlines() == [
        "Loading the demo content …",
        "  Nothing to add.",
        "The staff accounts have the password postportal-demo. It only works while DEBUG and DEMO are on.",
    ]
    with django_assert_num_queries(1):
        assert run_load_demo(debug=True, settings=settings, if_empty=True) == ""


@pytest.mark.django_db
def test_if_empty_does_nothing_on_a_portal_with_a_page(settings: Settings) -> None:
    Page.objects.create(path="own", title="Our own page")
    assert run_load_demo(debug=True, settings=settings, if_empty=True) == ""
    assert Article.objects.count() == 0


def test_start_runs_the_system_checks_only_once() -> None:
    """Running the checks takes about one of the five seconds that a start may take."""
    makefile = (Path(settings.BASE_DIR) / "Makefile").read_text(encoding="utf-8")

    assert load_demo.Command.requires_system_checks == []
    assert "manage.py migrate --verbosity 0 --skip-checks\n" in makefile
