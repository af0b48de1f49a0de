"""Undoing what a test has committed: its rows go, and what migrations wrote comes back."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import DatabaseError, transaction
from django.test import TransactionTestCase

from news.models import Article
from postportal.audit.models import Entry
from postportal.page_cache.models import PageDrop
from postportal.search.models import SitePage
from tests.factories import news, staff

pytestmark = pytest.mark.django_db(transaction=True)


def tear_down() -> None:
    case: Any = TransactionTestCase
    case._fixture_teardown(case)


def test_committed_rows_are_removed_and_lost_ones_put_back() -> None:
    before = sorted(Permission.objects.values_list("pk", "codename")), sorted(Group.objects.values_list("pk", "name"))
    news.mention(news.person("Zhou", "Mei"), article=news.article(tags=["rail"]))
    staff.account(role="Editor")
    Group.objects.all().delete()
    SitePage.objects.all().delete()

    tear_down()

    found = sorted(Permission.objects.values_list("pk", "codename")), sorted(Group.objects.values_list("pk", "name"))
    assert found == before
    assert not Article.objects.exists()
    assert SitePage.objects.exists()
    assert PageDrop.objects.count() == 1


def test_log_is_append_only_afterwards() -> None:
    news.article()
    tear_down()
    staff.account(role="Editor")
    assert Entry.objects.exists()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.all()._raw_delete("default")
