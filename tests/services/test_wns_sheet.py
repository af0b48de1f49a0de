import csv
import io
from decimal import Decimal

import pytest
from django.test import Client

from postportal.publishing.models import State
from services.wns_sheet import COLUMNS
from tests.factories import news, services

pytestmark = pytest.mark.django_db


def rows_of(year: int) -> list[dict[str, str]]:
    text = Client().get(f"/feeds/stamps/{year}.wns.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_sheet_has_the_columns_of_a_registration() -> None:
    issue = services.stamp_issue("Bridges", issuer=news.organization("China Post"), process="offset", tags=["Rivers"])
    stamp = {"denomination": Decimal("1.20"), "width_mm": Decimal("40.0"), "wns_number": "CN016.26"}
    services.stamp(issue, name="=Stone", gauge="13½", **stamp)
    services.credit(issue, name="Wang Huming", positions="1")
    services.credit(issue, name="Li Na", positions="2")

    [row] = rows_of(2026)

    assert tuple(row) == COLUMNS
    assert (row["issuing_authority"], row["wns_number"], row["date_of_issue"]) == (
        "China Post",
        "CN016.26",
        "2026-03-20",
    )
    assert (row["stamp_title"], row["face_value"], row["currency"]) == ("'=Stone", "1.20", "CNY")
    assert (row["designer"], row["subject"], row["perforation"]) == ("Wang Huming", "Rivers", "13½")


def test_sheet_has_public_issues_only() -> None:
    services.stamp(services.stamp_issue("Bridges"))
    services.stamp(services.stamp_issue("Secret", state=State.DRAFT))

    assert [row["issue_title"] for row in rows_of(2026)] == ["Bridges"]


def test_year_without_issues_has_no_sheet() -> None:
    assert Client().get("/feeds/stamps/2026.wns.csv").status_code == 404
