"""Responses of the read API about services, in the terms of HSDS, and about stamps, in those of the WNS."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from postportal.api.parameters import QueryParameters
from postportal.web.date_ranges import STAMP_DAYS


class SpokenLanguage(Schema):
    code: str = Field(description="Code of the language (BCP 47).")


class Phone(Schema):
    id: str
    number: str = Field(description="In E.164, or a short code that works only within the country.")
    extension: str | None
    type: str = Field(description="voice, fax or textphone.")
    description: str
    languages: list[SpokenLanguage]


class Schedule(Schema):
    id: str
    description: str
    timezone: str
    freq: str
    byday: str = Field(description="Days of the week (RFC 5545).")
    opens_at: str
    closes_at: str
    valid_from: str | None
    valid_to: str | None


class Contact(Schema):
    id: str
    department: str = Field(description="What the hotline is for.")
    email: str | None
    phones: list[Phone]


class HsdsOrganization(Schema):
    id: str
    name: str
    website: str


class VirtualLocation(Schema):
    id: str
    location_type: str
    name: str
    url: str


class ServiceAtLocation(Schema):
    """One way to reach a service, with its own telephones and hours."""

    id: str
    description: str
    location: VirtualLocation
    contacts: list[Contact]
    phones: list[Phone]
    schedules: list[Schedule]


class HsdsService(Schema):
    id: str
    name: str
    description: str
    url: str
    status: str
    organization: HsdsOrganization | None
    contacts: list[Contact]
    phones: list[Phone]
    schedules: list[Schedule]
    service_at_locations: list[ServiceAtLocation]
    languages: list[SpokenLanguage]


class Services(Schema):
    services: list[HsdsService]


class YearOfStamps(QueryParameters):
    year: Annotated[int, Field(ge=STAMP_DAYS.first.year, le=STAMP_DAYS.last.year)] | None = Field(
        None, description="Year of the stamp programme. Without it, that of today.", json_schema_extra={"example": 2026}
    )


class WnsStamp(Schema):
    issuing_authority: str
    wns_number: str
    date_of_issue: str = Field(description="As exactly as it is known: 2001, 2001-05 or 2001-05-31.")
    issue_title: str
    stamp_title: str
    subject: str
    face_value: str = Field(description="Amount, or the name of a rate.")
    currency: str
    width_mm: str
    height_mm: str
    perforation: str
    printing_process: str
    printer: str
    designer: str
    engraver: str
    colours: str
    print_run: str
    stamps_in_set: str
    position: str
    url: str


class Stamps(Schema):
    stamps: list[WnsStamp]
