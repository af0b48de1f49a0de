"""Random registers go out and come back as they were."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.models import OrganizationName, Succession
from postportal.interchange.report import Result
from postportal.publishing.versions.snapshots import dry_run
from services.models import HotlineNumber
from tests.factories import news, services
from tests.postportal.interchange.registers import delete_rows
from tests.postportal.interchange.round_trips import exported, imported, tried

pytestmark = pytest.mark.django_db
NAMES = ["organizations", "services", "hotlines"]
# What spreadsheets and CSV files trip over.
TEXTS = st.text(alphabet="=+-@'\",;0123 aZé邮政\u05e9", min_size=1, max_size=20).filter(lambda text: text.strip(" '"))
PRECISIONS = st.sampled_from(["day", "month", "year"])
DAYS = st.dates(dt.date(1850, 1, 1), dt.date(1990, 12, 31))
ENDS = st.dates(dt.date(1991, 1, 1), dt.date(2025, 12, 31))
ORGANIZATIONS = st.lists(
    st.fixed_dictionaries(
        {
            "name": TEXTS,
            "name_zh": TEXTS,
            "founded": st.tuples(DAYS, PRECISIONS) | st.none(),
            "dissolved": st.tuples(ENDS, PRECISIONS) | st.none(),
            "former": st.lists(
                st.tuples(TEXTS, ENDS, PRECISIONS), max_size=2, unique_by=lambda each: " ".join(each[0].split())
            ),
            "parent": st.booleans(),
        }
    ),
    min_size=1,
    max_size=4,
)
NUMBERS = st.lists(st.from_regex(r"\A0?[0-9]{3,8}\Z"), max_size=3, unique=True)
HOTLINES = st.lists(st.fixed_dictionaries({"purpose": TEXTS, "note": TEXTS, "numbers": NUMBERS}), max_size=3)


def make(organizations: list[dict[str, Any]], hotlines: list[dict[str, Any]]) -> None:
    before = None
    for number, fields in enumerate(organizations):
        founded = fields["founded"]
        dates = {"founded_on": founded[0], "founded_precision": founded[1]} if founded else {}
        dissolved = fields["dissolved"]
        dates |= {"dissolved_on": dissolved[0], "dissolved_precision": dissolved[1]} if dissolved else {}
        parent = before if fields["parent"] else None
        names = {"name_zh": fields["name_zh"], "slug": f"o-{9 - number}"}
        row = news.organization(fields["name"], parent=parent, **names, **dates)
        for name, until, precision in fields["former"]:
            period = {"until_on": until, "until_precision": precision, "kind": "former"}
            OrganizationName.objects.create(organization=row, name=name, **period)
        if before and not founded and not before.founded_on:
            Succession.objects.create(predecessor=before, successor=row)
        before = row
    service = services.service("Letters", organization=before)
    for number, fields in enumerate(hotlines):
        hotline = services.hotline(fields["purpose"], note=fields["note"], service=service, slug=f"h-{number}")
        for short_code in fields["numbers"]:
            HotlineNumber.objects.create(hotline=hotline, short_code=short_code, region="CN")


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(organizations=ORGANIZATIONS, hotlines=HOTLINES, file_format=st.sampled_from(["json", "zip", "xlsx"]))
def test_random_register_comes_back_as_it_was(
    organizations: list[dict[str, Any]], hotlines: list[dict[str, Any]], file_format: str
) -> None:
    with dry_run():
        make(organizations, hotlines)
        before = {name: exported(name) for name in NAMES}
        files = {name: exported(name, file_format=file_format) for name in NAMES}

        again = [row.result for name in NAMES for row in tried(name, files[name]).outcomes]
        delete_rows()
        refusals = [
            str(each) for name in NAMES for row in imported(name, files[name]).outcomes for each in row.refusals
        ]

        assert set(again) <= {Result.UNCHANGED}
        assert refusals == []
        assert {name: exported(name) for name in NAMES} == before
