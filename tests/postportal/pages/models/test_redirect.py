import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from postportal.pages.models import Redirect
from postportal.publishing.models import State
from tests.factories import news, pages

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def test_redirect_of_the_host_comes_first_then_the_one_for_all_hosts() -> None:
    for host in ("other.example", "", "old.example"):
        pages.redirect("/a.htm", "/news/", old_host=host)
    pages.redirect("/b.htm", "/news/")

    hosts = [row.old_host for row in Redirect.objects.for_address(host="old.example", path="/a.htm")]
    assert hosts == ["old.example", "", "other.example"]
    assert Redirect.objects.for_address(host="new.example", path="/a.htm")[0].old_host == ""


def test_destination_is_the_url_of_the_item_while_it_has_a_page() -> None:
    tomorrow = NOW + dt.timedelta(days=1)
    article = news.article(publish_at=tomorrow)
    withdrawn = news.article(state=State.WITHDRAWN, withdrawal_reason="Wrong.")
    embargoed = pages.redirect("/a.htm", article)

    assert [embargoed.destination(at) for at in (NOW, tomorrow)] == ["", article.get_absolute_url()]
    assert pages.redirect("/b.htm", withdrawn).destination(NOW) == withdrawn.get_absolute_url()
    assert pages.redirect("/c.htm", "/news/").destination(NOW) == "/news/"


def test_destination_of_a_row_without_visibility_is_its_url() -> None:
    section = news.section("Fleet")

    assert pages.redirect("/a.htm", section).destination(NOW) == "/news/section/fleet/"


@pytest.mark.parametrize(
    "fields",
    [
        {"old_path": "a.htm", "new_address": "/news/"},
        {"old_path": "/a.htm"},
        {"old_path": "/a.htm", "new_address": "/news/", "gone_reason": "Over."},
        {"old_path": "/a.htm", "object_id": 1},
    ],
)
def test_redirect_needs_a_path_and_exactly_one_target(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Redirect.objects.create(**fields)


def test_url_cannot_redirect_to_itself() -> None:
    with pytest.raises(ValidationError) as error:
        Redirect(old_path="/a/", new_address="/a/").full_clean()

    assert error.value.message_dict["new_address"] == ["A URL cannot redirect to itself."]
