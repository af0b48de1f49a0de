import pytest
from django.test import Client

from postportal.publishing.models import State
from postportal.publishing.versions.snapshots import apply_content, serialize
from services.models import Stamp
from tests.factories import services

pytestmark = pytest.mark.django_db


def test_variety_and_its_stamp_link_to_each_other_once_both_are_public(client: Client) -> None:
    plain = services.stamp(services.stamp_issue(), name="Courier")
    overprint = services.stamp(services.stamp_issue(), name="Courier, overprinted", variety_of=plain)
    secret = services.stamp(services.stamp_issue(state=State.DRAFT), name="Courier, misprinted", variety_of=plain)

    page = client.get(plain.get_absolute_url()).text
    assert (overprint.get_absolute_url() in page, secret.name in page) == (True, False)
    assert plain.get_absolute_url() in client.get(overprint.get_absolute_url()).text


def test_variety_keeps_its_stamp_when_that_is_changed_in_a_draft() -> None:
    issue = services.stamp_issue()
    plain = services.stamp(issue)
    overprint = services.stamp(services.stamp_issue(), variety_of=plain)
    content = serialize(issue)
    content["parts"]["stamps"][0]["name"] = "Corrected"

    apply_content(issue, content, is_final=True)

    overprint.refresh_from_db()
    assert (Stamp.objects.get(pk=plain.pk).name, overprint.variety_of_id) == ("Corrected", plain.pk)


def test_variety_of_a_stamp_that_a_version_removes_is_kept_without_it() -> None:
    issue = services.stamp_issue()
    plain = services.stamp(issue)
    overprint = services.stamp(issue, position=2, variety_of=plain)
    content = serialize(issue)
    content["parts"]["stamps"] = [{**content["parts"]["stamps"][1], "name": "Overprint"}]

    apply_content(issue, content, is_final=True)

    assert list(Stamp.objects.values_list("pk", "name", "variety_of")) == [(overprint.pk, "Overprint", None)]
