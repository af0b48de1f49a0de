from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from services.models import Stamp
from tests.factories import services

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"position": 0}, "Positions start at 1."),
        ({"denomination": Decimal(0)}, "Leave blank if the face value is unknown. It cannot be 0."),
        (
            {"denomination": Decimal("1.20"), "rate_name": "Inland letter"},
            "Enter a face value or a rate name, not both.",
        ),
        ({"print_run": 0}, "Leave blank if the print run is unknown. It cannot be 0."),
    ],
)
def test_impossible_facts_are_rejected_by_form_and_database(fields: dict[str, Any], message: str) -> None:
    stamp = Stamp(**{"issue": services.stamp_issue(), "name": "Courier", "position": 1, **fields})

    with pytest.raises(ValidationError) as refusal:
        stamp.full_clean()
    assert refusal.value.messages == [message]
    with pytest.raises(IntegrityError), transaction.atomic():
        stamp.save()


def test_position_is_unique_in_an_issue() -> None:
    first, second = services.stamp_issue(), services.stamp_issue()
    services.stamp(first, position=1)
    services.stamp(second, position=1)

    with pytest.raises(ValidationError, match="Another stamp already has this position"):
        Stamp(issue=first, name="Double", position=1).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        services.stamp(first, position=1)


def test_wns_number_is_unique_unless_blank() -> None:
    issue = services.stamp_issue()
    services.stamp(issue, position=1)
    services.stamp(issue, position=2)
    services.stamp(issue, position=3, wns_number="CN016.26")

    with pytest.raises(ValidationError, match="Another stamp already has this WNS number"):
        Stamp(issue=issue, name="Double", position=4, wns_number="CN016.26").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        services.stamp(issue, position=4, wns_number="CN016.26")


@pytest.mark.parametrize("number", ["cn016.26", "CN16.26", "CN016-26", "CN0١6.26", "C1016.26"])
def test_wns_number_must_have_its_format(number: str) -> None:
    with pytest.raises(ValidationError, match="Enter the WNS number"):
        Stamp(issue=services.stamp_issue(), name="Courier", position=1, wns_number=number).full_clean()


@pytest.mark.parametrize(
    ("fields", "face_value"),
    [
        ({"denomination": Decimal("1.20")}, "1.20 yuan"),
        ({"denomination": Decimal("1.2")}, "1.20 yuan"),
        ({"rate_name": "Inland letter"}, "Inland letter"),
        ({}, ""),
    ],
)
def test_face_value_is_an_amount_or_a_rate_name(fields: dict[str, Any], face_value: str) -> None:
    assert services.stamp(services.stamp_issue(), **fields).face_value_text == face_value


def test_face_value_is_in_the_currency_of_the_issue() -> None:
    stamp = services.stamp(services.stamp_issue(currency="CHF"), denomination=Decimal("0.85"))

    assert stamp.face_value_text == "0.85 Swiss francs"


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [("40.0", "30.0", "40 × 30 mm"), ("40.5", "100.0", "40.5 × 100 mm"), ("40.0", None, ""), (None, None, "")],
)
def test_size_is_formatted_without_trailing_zeros(width: str | None, height: str | None, size: str) -> None:
    fields = {"width_mm": width and Decimal(width), "height_mm": height and Decimal(height)}
    services.stamp(services.stamp_issue(), **fields)

    assert Stamp.objects.get().size == size


def test_stamp_has_its_own_perforation_currency_mark_and_numbers() -> None:
    issue = services.stamp_issue(currency="candarins", stamp_count=2)
    stamp = services.stamp(issue, gauge="13 1/2x13", perforation_kind="comb", denomination=Decimal("1.00"))
    other = services.stamp(
        issue, position=2, perforation_kind="imperforate", mark="(2-2)T", currency="EUR", denomination=Decimal(1)
    )
    services.catalogue_reference(issue, number="1", positions="1")
    services.catalogue_reference(issue, number="7", positions="")
    services.credit(issue, name="Ma Ji", positions="1–2")

    assert (stamp.perforation, other.perforation) == ("Comb 13½ × 13", "Imperforate")
    assert (stamp.face_value_text, other.face_value_text) == ("1 candarins", "1.00 euros")
    assert (stamp.set_position, other.set_position) == ("2-1", "(2-2)T")
    assert [[str(row) for row in each.catalogue_references] for each in (stamp, other)] == [["Michel 1"], []]
    assert [[row.name for row in each.makers] for each in (stamp, other)] == [["Ma Ji"], ["Ma Ji"]]


def test_imperforate_stamp_has_no_gauge() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        services.stamp(services.stamp_issue(), perforation_kind="imperforate", gauge="13")


def test_set_position_counts_the_stamps_and_not_the_souvenir_sheet() -> None:
    issue = services.stamp_issue(stamp_count=2, souvenir_sheet_count=1)
    uncounted = services.stamp_issue()

    positions = [
        services.stamp(issue, position=2).set_position,
        services.stamp(issue, position=3, is_souvenir_sheet=True).set_position,
        services.stamp(uncounted, position=1).set_position,
    ]
    assert positions == ["2-2", "", "1"]


def test_name_and_url_follow_the_language() -> None:
    issue = services.stamp_issue(year=2026, number=7)
    stamp = services.stamp(issue, position=3, name="Night Mail", name_zh="夜行邮车")

    assert (str(stamp), stamp.other_script_name) == ("3. Night Mail", "夜行邮车")
    assert stamp.get_absolute_url() == "/stamps/2026-7/3/"
    with translation.override("zh-hans"):
        assert (str(stamp), stamp.other_script_name) == ("3. 夜行邮车", "Night Mail")
        assert stamp.get_absolute_url() == "/zh-hans/stamps/2026-7/3/"
    assert services.stamp(issue, position=4).other_script_name == ""
