import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from postportal.search.documents import Document
from postportal.search.kinds import Hit
from postportal.search.query import parse
from postportal.search.results import search
from services.models import Hotline
from services.search import HotlineSearchKind, StampIssueSearchKind
from tests.factories import news, services

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)


def document(kind: Any, row: Any) -> Document:
    found: list[Document] = list(kind.documents([row.pk]))
    assert len(found) == 1
    return found[0]


def run_search(text: str) -> list[Hit]:
    return list(search(parse(text), at=NOON)[0:50])


def test_document_of_an_issue_has_its_stamps_organizations_and_themes() -> None:
    post, partner = news.organization("Yunhai Post"), news.organization("Qinghe Post")
    issue = services.stamp_issue(
        "Mail Roads", title_zh="高原邮路", year=2026, number=7, issuer=post, standfirst="Four ways.", tags=["roads"]
    )
    issue.partners.add(partner)
    services.stamp(issue, position=2, name="River Ferry")
    services.stamp(issue, position=1, name="Courier Path", name_zh="驿道石桥")

    found = document(StampIssueSearchKind(), issue)

    assert found.titles == ("Mail Roads", "高原邮路", "2026-7", "2026/7", "2026.7")
    words = [text for text in found.texts if text]
    assert words == ["Four ways.", "Courier Path", "驿道石桥", "River Ferry", "roads", "2026"]
    tag = issue.tags.get()
    assert found.facets == {("organization", post.pk), ("organization", partner.pk), ("tag", tag.pk)}


@pytest.mark.parametrize(
    ("fields", "queries"),
    [
        ({"year": 2016, "number": 4}, ["2016-4", "2016/4"]),
        ({"series": "T", "number": 46, "numbering": "dotted", "year": 1980}, ["T.46", "T46", "T 46", "t-46"]),
        ({"series": "J", "number": 1, "numbering": "dotted"}, ["J.1", "J1", "J 1"]),
        ({"series": "纪", "number": 94, "numbering": "running"}, ["纪94", "C94", "C.94"]),
        ({"series": "T", "year": 1992, "number": 1, "numbering": "letter-last"}, ["1992-1T", "T1992-1", "1992-1"]),
        ({"series": "M", "year": 2016, "numbering": "letter-last", "slug": ""}, ["2016-M"]),
    ],
)
def test_issue_is_found_by_every_spelling_of_its_serial_number(fields: dict[str, Any], queries: list[str]) -> None:
    services.stamp_issue("Wanted", issued_on=None, **fields)

    for query in queries:
        # Programmes of years follow.
        assert (query, run_search(query)[0].title) == (query, "Wanted")


@pytest.mark.parametrize(
    "query", ["CN016.26", "Michel 4711", "4711", "Dong Qi", "Jiang Weijie", "Inland letter", "rotogravure", "lakes"]
)
def test_issue_is_found_by_what_collectors_know(query: str) -> None:
    issue = services.stamp_issue("Wanted", process="Rotogravure", tags=["Lakes"])
    services.stamp_issue("Other")
    services.stamp(issue, wns_number="CN016.26", rate_name="Inland letter")
    services.credit(issue, name="Dong Qi", role="designer")
    services.credit(issue, name="Jiang Weijie", role="engraver")
    services.catalogue_reference(issue, number="4711")

    assert [hit.title for hit in run_search(query)] == ["Wanted"]


def test_document_of_a_hotline_has_its_numbers_and_service() -> None:
    hotline = services.hotline("Letters", purpose_zh="函件", service=services.service("Post"), note="Press 1.")
    services.short_code_number(hotline)
    services.number_from_abroad(hotline, as_printed="+86 10 11185")

    found = document(HotlineSearchKind(), hotline)

    assert [text for text in found.titles if text] == ["Letters", "函件", "11185", "+861011185", "+86 10 11185"]
    assert [text for text in found.texts if text] == ["Press 1.", "Post"]


@pytest.mark.parametrize("text", ["lost bank card", "银行卡丢失"])
def test_hotline_is_found_by_what_callers_need(text: str) -> None:
    services.hotline("Customer service", note="Lost the card of a bank: press 0.")
    hotline = services.hotline("Savings", needs="Lost bank card\nStolen bank card", needs_zh="银行卡丢失")
    services.hotline("Cards", needs="Lost bank card", needs_zh="银行卡丢失", publish_at=NOON + dt.timedelta(days=1))

    assert run_search(text)[0].pk == hotline.pk
    assert "Cards" not in [hit.title for hit in run_search(text)]


def test_public_hotlines_are_found_also_planned_and_retired_ones() -> None:
    shown = {services.hotline().pk, services.planned_hotline().pk, services.retired_hotline().pk}
    hidden = {services.hotline(publish_at=NOON + dt.timedelta(seconds=1)).pk}

    kind = HotlineSearchKind()

    assert {row.pk for row in kind.rows(NOON)} == shown
    assert {row.pk for rows in kind.hidden(NOON) for row in rows} == hidden


def test_hit_of_a_hotline_lists_its_numbers() -> None:
    hotline = services.hotline("Letters", slug="letters")
    services.number_from_abroad(hotline, order=2)
    services.short_code_number(hotline, order=1)
    kind = HotlineSearchKind()
    hit = Hit(kind=kind, pk=hotline.pk, title="Letters", url=kind.url({"slug": hotline.slug}))

    kind.enrich([hit], terms=[], at=NOON)

    assert hit.notes == ["11185", "+861011185"]
    assert hit.url == Hotline.objects.get().get_absolute_url()


@pytest.mark.parametrize(
    ("day", "term", "notes"),
    [
        (dt.date(2027, 2, 28), "11185", ["11185", "From 1 March 2027: 11200 instead of 11185"]),
        (dt.date(2027, 3, 1), "11185", ["11200", "11185: replaced by 11200"]),
        (dt.date(2027, 3, 1), "letters", ["11200"]),
    ],
)
def test_hit_says_what_replaces_and_replaced_a_number(day: dt.date, term: str, notes: list[str]) -> None:
    hotline = services.hotline("Letters")
    services.short_code_number(hotline, valid_until=dt.date(2027, 2, 28))
    services.short_code_number(hotline, short_code="11200", valid_from=dt.date(2027, 3, 1))
    hit = Hit(kind=HotlineSearchKind(), pk=hotline.pk, title="Letters", url="")

    at = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    HotlineSearchKind().enrich([hit], terms=[term], at=at)

    assert hit.notes == notes


def test_hit_of_a_retired_hotline_says_until_when_it_could_be_called() -> None:
    hotline = services.retired_hotline("Telegrams")
    hit = Hit(kind=HotlineSearchKind(), pk=hotline.pk, title="Telegrams", url="")

    HotlineSearchKind().enrich([hit], terms=["telegrams"], at=NOON)

    assert hit.notes == ["11100: in service until 31 December 2020"]


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("stamp designers", "/stamps/makers/"),
        ("stamp themes", "/stamps/themes/"),
        ("邮票雕刻者", "/stamps/makers/"),
        ("printing processes of stamps", "/stamps/techniques/"),
    ],
)
def test_lists_of_makers_themes_and_techniques_are_found(query: str, url: str) -> None:
    services.stamp_issue()

    assert url in [hit.url.removeprefix("/zh-hans") for hit in run_search(query)]
