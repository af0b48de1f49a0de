"""Rows of every register, with something in each kind of column."""

import datetime as dt
from decimal import Decimal

from taggit.models import Tag

from news.models import FormerParent, Organization, OrganizationName, PersonName, PositionLabel, SourceAlias, Succession
from postportal.interchange.registers import register_named
from postportal.publishing.models import State
from tests.factories import news, pages, services

# In the order in which one refers to the other.
ORDER = [
    *("tags", "sections", "sources", "people", "organizations", "positions", "appointments", "services"),
    *("holiday-calendars", "hotlines", "notices", "stamp-issues"),
]


def make_rows() -> None:
    """Make rows in every register."""
    Tag.objects.create(name="Horses; and carts")
    news.section("Postman story", name_zh="邮递员故事", order=3)
    source = news.source("Gazette", website="https://gazette.example/")
    SourceAlias.objects.create(source=source, name="=The Gazette")
    make_people()
    make_hotlines()
    make_stamps()


def make_people() -> None:
    """Make people who hold positions in organizations that follow each other."""
    person = news.person("Liu", "Aili", name_zh="刘爱力", biography="<p>Joined “the post” in 1985.</p>")
    year = {"until_on": dt.date(2001, 1, 1), "until_precision": "year"}
    PersonName.objects.create(person=person, name="Lew Aili", kind="former", **year)
    PersonName.objects.create(person=person, name="-Ailì", language="pt")
    month = {"founded_on": dt.date(1949, 11, 1), "founded_precision": "month"}
    ministry = news.organization("Ministry of Posts", kind="regulator", abbreviation="MPT", **month)
    bureau = news.organization("A Bureau", parent=ministry, website="https://bureau.example/")
    OrganizationName.objects.create(organization=bureau, name="Office", kind="former", **year)
    office = news.organization("Post Office of the Court")
    FormerParent.objects.create(organization=bureau, parent=office, from_on=dt.date(1950, 1, 1), **year)
    change = {"kind": "renamed", "happened_on": dt.date(1998, 1, 1), "happened_precision": "year"}
    Succession.objects.create(predecessor=ministry, successor=bureau, **change)
    position = news.position("Director / General", organization=bureau, label_zh="局长", seats=2)
    PositionLabel.objects.create(position=position, name="Head", until_on=dt.date(1999, 5, 1), until_precision="month")
    held = {"from_on": dt.date(2002, 1, 1), "from_precision": "year", "until_on": dt.date(2005, 3, 2)}
    news.appointment(person=person, position=position, **held)
    news.appointment(person=person, position=position, from_on=dt.date(2010, 1, 1), is_acting=True)


def make_hotlines() -> None:
    """Make a hotline with numbers, hours and channels, its calendar and a notice."""
    calendar = services.holiday_calendar("Public holidays", holidays={"2026-10-01/2026-10-07": "National Day"})
    needs = {"needs": "Lost card\nStolen card", "languages": "zh,en"}
    hotline = services.hotline("Lost cards", holiday_calendar=calendar, **needs)
    services.short_code_number(hotline, short_code="011185", as_printed="011185")
    services.number_from_abroad(hotline, e164="+861011185", as_printed="+86 10 11185", extension="07")
    services.opening_hours(hotline, days="0-4", times="09:00-12:00,13:30-17:00")
    services.opening_hours(hotline, days="2026-12-24")
    services.channel(hotline, hours="Mo-Fr 09:00-17:00")
    notice = pages.notice("@Ferries are late", fallback_hotline=hotline, begins_on=dt.date(2026, 5, 1))
    notice.services.add(hotline.service)


def make_stamps() -> None:
    """Make stamp issues, one of them live."""
    partner = news.organization("Partner Post")
    issue = services.stamp_issue(
        "Bridges", tags=["Bridges", "Rivers, lakes"], state=State.DRAFT, publish_at=None, number=4, year=2026
    )
    issue.partners.add(partner)
    stamp = {"denomination": Decimal("1.20"), "width_mm": Decimal("40.0"), "wns_number": "CN016.26"}
    services.stamp(issue, position=1, gauge="13½ × 13", **stamp)
    services.stamp(issue, position=2, rate_name="Inland letter", is_souvenir_sheet=True)
    services.partner_stamp(issue, partner=partner, name="Bridge", denomination=Decimal("0.85"), currency="EUR")
    services.product(issue, kind="sheet", price=Decimal("14.40"), columns=4, rows=3)
    services.credit(issue, name="+Printer", role="printer", organization=partner)
    services.credit(issue, name="Wang Huming", positions="1")
    services.catalogue_reference(issue, number="4678")
    services.stamp_issue("Live", issued_on=dt.date(1998, 1, 1), issued_precision="year")


def delete_rows() -> None:
    """Delete all rows of all registers, those that refer to others first."""
    Succession.objects.all().delete()
    FormerParent.objects.all().delete()
    Organization.objects.update(parent=None)
    for name in reversed(ORDER):
        for row in register_named(name).model._default_manager.all():
            row.delete()
