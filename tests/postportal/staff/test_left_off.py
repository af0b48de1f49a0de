"""Rows that a user has changed last, on the dashboard."""

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from pytest_django import DjangoAssertNumQueries

from postportal.staff.left_off import rows_left_off
from tests.factories import forms, pages, staff

pytestmark = pytest.mark.django_db


def test_rows_are_listed_once_newest_first_and_without_deleted_ones(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = staff.account("Publisher")
    client = staff.sign_in(user)
    rows = [pages.menu_item(f"Item {number}", f"/{number}/") for number in range(8)]
    for row in [*rows, rows[0], rows[2]]:
        url = f"/admin/pages/menuitem/{row.pk}/change/"
        client.post(url, forms.fill_form(client, url, order=row.pk + 100))
    changed = LogEntry.objects.filter(object_id=str(rows[2].pk)).first()
    assert changed
    # As the page of a deletion notes it.
    LogEntry.objects.create(
        user=user, content_type=changed.content_type, object_id=changed.object_id, action_flag=DELETION
    )

    user.get_all_permissions()
    with django_assert_num_queries(1):
        found = rows_left_off(user)

    assert [item.text for item in found] == [f"Item {number}" for number in (0, 7, 6, 5, 4, 3)]
    assert found[0].url == f"/admin/pages/menuitem/{rows[0].pk}/change/"
    assert "Where you left off" in client.get("/admin/").content.decode()


def test_rows_that_the_user_may_not_view_any_more_are_left_out() -> None:
    user = staff.account("Publisher")
    client = staff.sign_in(user)
    client.post("/admin/taggit/tag/add/", {"name": "rail", "slug": "rail"})
    user.groups.clear()

    assert rows_left_off(type(user).objects.get(pk=user.pk)) == []


def test_lists_without_work_are_folded() -> None:
    page = staff.sign_in(role="Publisher").get("/admin/").content.decode()

    assert "Nothing is waiting for you." in page
    assert '<details class="idle-queues">' in page
    assert "tile-count" not in page
    assert "Where you left off" not in page
