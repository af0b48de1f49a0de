"""The stamps of the partners in a joint issue."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from postportal.outbox.delivery import deliver_all
from services.models import PartnerStamp, StampIssue
from tests.factories import images, news, services

pytestmark = pytest.mark.django_db
EUROS = {"denomination": Decimal("0.85"), "currency": "EUR"}


def joint_issue(**fields: Any) -> StampIssue:
    issue = services.stamp_issue("Dragon boat", currency="CNY", **fields)
    services.stamp(issue, name="Dragon boat", denomination=Decimal("1.20"))
    return issue


def section(client: Client, issue: StampIssue) -> str:
    return client.get(issue.get_absolute_url()).text.partition('id="partner-stamps"')[2].partition("</section>")[0]


def test_page_shows_name_value_day_and_partner(client: Client) -> None:
    issue, partner = joint_issue(), news.organization("Qinghe Post")
    services.partner_stamp(
        issue, partner=partner, name="Boat race", name_zh="竞渡", position=1, issued_on=dt.date(2026, 6, 1),
        image=images.image("Boats"), **EUROS,
    )  # fmt: skip

    shown = section(client, issue)

    for part in ("Boat race", "竞渡", "0.85 euro", "1 June 2026", 'href="#s1"', 'alt="Boats"'):
        assert part in shown
    assert f'href="{partner.get_absolute_url()}"' in shown


def test_stamps_of_partners_that_are_not_public_are_left_out(client: Client) -> None:
    issue = joint_issue()
    hidden = news.organization("Secret Post", publish_at=dt.datetime(2999, 1, 1, tzinfo=dt.UTC))
    services.partner_stamp(issue, partner=hidden, name="Hush")

    page = client.get(issue.get_absolute_url()).text

    assert "Hush" not in page
    assert "Secret Post" not in page


@time_machine.travel("2026-11-28T04:00:00Z")
def test_pictures_are_held_back_with_the_designs(client: Client) -> None:
    issue = joint_issue(designs_shown_on=dt.date(2027, 1, 15))
    picture = images.image("Boats")
    services.partner_stamp(issue, name="Boat race", image=picture)

    shown = section(client, issue)

    assert "Boat race" in shown
    assert ("Boats" in shown, client.get(picture.file.url).status_code) == (False, 404)


def test_search_finds_the_issue_by_the_name_of_the_partners_stamp(client: Client) -> None:
    issue = joint_issue()
    services.partner_stamp(issue, name="Zongzi regatta")
    deliver_all()

    assert issue.get_absolute_url() in client.get("/search/?q=regatta").text


@pytest.mark.parametrize(
    "fields",
    [{"denomination": Decimal("0.85")}, {**EUROS, "rate_name": "Letter"}, {**EUROS, "denomination": Decimal(0)}],
)
def test_face_value_has_a_currency_and_no_rate_name(fields: dict[str, Any]) -> None:
    row = PartnerStamp(issue=joint_issue(), partner=news.organization(), name="Boat race", **fields)

    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_texts_say_name_and_value_in_the_language_of_the_page() -> None:
    stamp = services.partner_stamp(joint_issue(), name="Boat race", name_zh="竞渡", rate_name="Letter")

    with translation.override("zh-hans"):
        assert (stamp.display_name, stamp.other_script_name) == ("竞渡", "Boat race")
    assert stamp.face_value_text == "Letter"
