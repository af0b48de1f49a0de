"""Text typed by editors is shown as text on every page, never as markup."""

import datetime as dt
import re
from html.parser import HTMLParser

import pytest
from django.db import models
from django.test import Client

from postportal.richtext.fields import RichTextField
from services.models import CatalogueReference, Credit, Hotline, HotlineNumber, Product, Service, Stamp, StampIssue
from tests.factories import images, news, services

pytestmark = pytest.mark.django_db

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}</script><!--"
RIGHT_TO_LEFT = "عودة بريد الليل"
# Fields that are validated or limited to choices.
CONSTRAINED_FIELDS = {
    "slug",
    "kind",
    "state",
    "currency",
    "time_zone",
    "e164",
    "extension",
    "hours",
    "holiday_hours",
    "languages",
    "short_code",
    "region",
    "scope",
    "role",
}
CONSTRAINED_FIELDS |= {"catalogue", "wns_number"}
URLS = [
    *("/services/", "/services/hotlines/", "/stamps/", "/stamps/2026/", "/stamps/2026-7/", "/stamps/2026-7/1/"),
    *("/stamps/2026/?theme=x&type=special", "/", "/organizations/works/", "/people/he-lan/"),
]


class Scripts(HTMLParser):
    """The scripts, handlers and broken-out attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script" and values.get("type") != "application/ld+json":
            self.found.append("script")
        if values.get("src") == "x":
            self.found.append("img")
        self.found += [name for name in values if name.startswith("on")]


def fill_text_fields(row: models.Model, text: str) -> None:
    """Put `text` into every field of the row that takes free text, past all forms."""
    values = {
        field.attname: text[: field.max_length or None]
        for field in row._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and field.name not in CONSTRAINED_FIELDS
        and not field.choices
        and not isinstance(field, RichTextField)
    }
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def content_full_of(text: str) -> None:
    works, person = news.organization("Works", slug="works"), news.person("He", "Lan", slug="he-lan")
    service = services.service("Letters", organization=works, description=f"<p>{text}</p>")
    hotline = services.hotline(service=service)
    retired = services.retired_hotline(service=service)
    planned = services.planned_hotline(service=service)
    services.short_code_number(hotline)
    services.number_from_abroad(hotline)
    issue = services.stamp_issue(
        year=2026, number=7, issued_on=dt.date(2026, 3, 20), kind="special", stamp_count=1, body=f"<p>{text}</p>",
        where_to_buy=f"<p>{text}</p>", issuer=works, tags=[text[:90]],
    )  # fmt: skip
    issue.partners.add(works)
    rows = [
        *(
            service,
            hotline,
            retired,
            planned,
            works,
            issue,
            services.product(issue),
            services.catalogue_reference(issue),
            services.partner_stamp(issue, partner=works, image=images.image()),
        ),
        *(
            services.stamp(issue, image=images.image(text.strip()[:200] or "A stamp", credit=text[:200])),
            services.stamp(issue, position=2),
        ),
        *(services.credit(issue, person=person), services.credit(issue, name="B", organization=works, role="printer")),
        *(*hotline.numbers.all(), services.stamp_issue(issued_on=dt.date(2026, 3, 21), year=2026, number=8)),
    ]
    seen: set[tuple[type[models.Model], int]] = set()
    for n, row in enumerate(rows):
        assert (type(row), row.pk) not in seen
        seen.add((type(row), row.pk))
        fill_text_fields(row, text if type(row) is not Credit else f"{n}{text}")
    kinds = {type(row) for row in rows}
    assert kinds >= {CatalogueReference, Credit, Hotline, HotlineNumber, Product, Service, Stamp, StampIssue}


@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_markup_in_every_field_is_inert_on_every_page(client: Client, language: str) -> None:
    content_full_of(HOSTILE)
    clean = Scripts(client.get(f"{language}/accessibility-of-nothing/").text).found

    for url in URLS:
        answer = client.get(f"{language}{url}")
        assert answer.status_code == 200
        assert Scripts(answer.text).found == clean
        assert "49" not in re.findall(r"onerror=alert\(1\)&gt;(\d+)", answer.text)
        for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text, re.DOTALL):
            assert "<" not in data


@pytest.mark.parametrize("language", ["", "/zh-hans"])
@pytest.mark.parametrize("text", [RIGHT_TO_LEFT, "长" * 40, "Kontrollmassnahmen" * 6, "👩‍🚀 e\u0301\u202e", " "])
def test_texts_of_every_script_and_length_show_on_every_page(client: Client, language: str, text: str) -> None:
    content_full_of(text)

    assert [client.get(f"{language}{url}").status_code for url in URLS] == [200] * len(URLS)
