"""Responses of the read API about people, in the terms of Popolo."""

from ninja import Schema
from pydantic import Field


class OtherName(Schema):
    name: str
    note: str = Field(description="Kind of name: zh, variant, script, former or abbreviation.")
    start_date: str | None = Field(
        None, description="First day, as exactly as it is known: 2001, 2001-05 or 2001-05-31."
    )
    end_date: str | None = Field(None, description="Last day.")


class Link(Schema):
    url: str
    note: str


class PopoloPerson(Schema):
    id: str = Field(description="ID that never changes (tag: URI).")
    name: str
    family_name: str
    given_name: str
    patronymic_name: str
    honorific_prefix: str
    sort_name: str
    other_names: list[OtherName]
    links: list[Link]


class PopoloOrganization(Schema):
    id: str = Field(description="ID that never changes (tag: URI).")
    name: str
    other_names: list[OtherName]
    classification: str
    parent_id: str | None = Field(description="ID of the organization that it is part of.")
    founding_date: str | None
    dissolution_date: str | None
    links: list[Link]


class Post(Schema):
    id: str
    label: str
    role: str
    organization_id: str


class Membership(Schema):
    id: str
    label: str
    role: str = Field(description="Title of the post, or “acting”.")
    person_id: str
    organization_id: str
    post_id: str
    start_date: str | None
    end_date: str | None


class Popolo(Schema):
    persons: list[PopoloPerson]
    organizations: list[PopoloOrganization]
    posts: list[Post] = Field(description="Positions that somebody holds or held.")
    memberships: list[Membership] = Field(description="Who holds or held which post.")


POPOLO_EXAMPLE = {
    "persons": [
        {
            "id": "tag:portal.example,2026-01-01:news.person/7",
            "name": "Liu Aili",
            "family_name": "Liu",
            "given_name": "Aili",
            "patronymic_name": "",
            "honorific_prefix": "",
            "sort_name": "Liu, Aili",
            "other_names": [{"name": "刘爱力", "note": "zh", "start_date": None, "end_date": None}],
            "links": [{"url": "https://portal.example/people/liu-aili/", "note": "page"}],
        }
    ],
    "organizations": [],
    "posts": [],
    "memberships": [],
}
