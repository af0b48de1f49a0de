import datetime as dt

import pytest
from django.utils import timezone

from services.dashboard import VERIFICATION_PERIOD
from services.models import Hotline
from tests.factories import services, staff

pytestmark = pytest.mark.django_db


def test_hotlines_wait_for_a_call_after_half_a_year() -> None:
    today = timezone.localdate()
    services.hotline("Never")
    services.hotline("Long ago", verified_on=today - VERIFICATION_PERIOD - dt.timedelta(days=1))
    services.hotline("Lately", verified_on=today - VERIFICATION_PERIOD)
    services.hotline("Retired", status=Hotline.Status.RETIRED)
    services.hotline("Not yet", publish_at=timezone.now() + dt.timedelta(days=1))

    entries = staff.sign_in(role="Service desk").get("/admin/waiting/hotlines/").context["entries"]

    assert [entry.text for entry in entries] == ["Never", "Long ago"]
    assert entries[0].detail == "never verified"
    assert entries[1].detail.startswith("last verified on ")
