import datetime as dt

from postportal.legacy.parsing.serials import Serial
from postportal.legacy.parsing.stamp_facts import StampFacts, read_facts


def facts(*, title: str = "Lanterns", **fields: list[str]) -> StampFacts:
    return read_facts(fields, title=title, printed_fields=())


def test_fields_are_converted() -> None:
    found = facts(serial=["2018-7"], stamp_counts=["3+1"], designer=["Tang Mei & Orla Finch"], size=["40*30mm"])

    assert (found.serial, found.stamp_count, found.souvenir_sheet_count) == (Serial(2018, 7), 3, 1)
    assert found.credits == (("designer", "Tang Mei"), ("designer", "Orla Finch"))
    assert (found.size, found.findings) == ("40 × 30 mm", ())


def test_date_that_contradicts_the_serial_number_is_ignored_with_a_reason() -> None:
    found = facts(serial=["2018-7"], issued_on=["2012-03-14"])

    assert found.issued_on is None
    assert found.findings == ("date of issue 2012-03-14 ignored: it contradicts the serial number 2018-7",)


def test_consistent_date_is_used() -> None:
    assert facts(serial=["2018-7"], issued_on=["2018-05-12"]).issued_on == dt.date(2018, 5, 12)


def test_first_readable_value_is_used_and_others_are_reported() -> None:
    found = facts(face_value=["several", "4.80 yuan"])

    assert str(found.face_value) == "4.80"
    assert found.findings == ("face value “several” not understood",)
