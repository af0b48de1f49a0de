"""Stamps of the partners of joint issues in the search: only while the partner is public."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from news.models import Organization
from postportal.outbox.delivery import deliver_all
from services.models import PartnerStamp
from tests.factories import news, services

pytestmark = pytest.mark.django_db
BEFORE = dt.datetime(2026, 11, 28, 4, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def joint_issue(**partner: dt.datetime) -> Organization:
    found = news.organization("Qinghe Post", **partner)
    services.partner_stamp(services.stamp_issue("Bridges"), partner=found, name="Stone Arch")
    deliver_all()
    return found


def is_found(client: Client) -> bool:
    client.get("/")
    deliver_all()
    return "/stamps/" in client.get("/search/?q=Arch").text.split("<main")[1]


def test_issue_is_not_found_by_the_stamp_of_a_partner_that_is_hidden(client: Client) -> None:
    with time_machine.travel(BEFORE, tick=False):
        partner = joint_issue()
        assert is_found(client)

        partner.expire_at = BEFORE
        partner.save()
        assert not is_found(client)

        partner.expire_at = None
        partner.save()
        assert is_found(client)


def test_issue_is_found_from_the_second_to_the_second(client: Client) -> None:
    with time_machine.travel(BEFORE, tick=False):
        joint_issue(publish_at=BEFORE + HOUR, expire_at=BEFORE + 2 * HOUR)
        assert not is_found(client)

    with time_machine.travel(BEFORE + HOUR, tick=False):
        assert is_found(client)

    with time_machine.travel(BEFORE + 2 * HOUR, tick=False):
        assert not is_found(client)
        assert not PartnerStamp.objects.exclude(partner_changes_at=None).exists()
