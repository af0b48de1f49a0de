import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.test import Client

from postportal.pages.models import MenuItem, ServiceNotice
from postportal.richtext.fields import RichTextField

pytestmark = pytest.mark.usefixtures("demo")

YEAR = 2026


def find_links() -> Iterator[str]:
    """Yield every internal link in texts, menus and notices."""
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, RichTextField):
                for text in model._default_manager.values_list(field.name, flat=True).order_by("pk"):
                    yield from re.findall(r'href="(/[^"]*)"', text)
    for item in MenuItem.objects.in_order():
        yield item.address_for_year(YEAR)
    yield from ServiceNotice.objects.exclude(link="").values_list("link", flat=True).order_by("pk")


def test_no_link_is_broken(client: Client) -> None:
    statuses = {link: client.get(link).status_code for link in sorted(set(find_links()))}

    assert {link: status for link, status in statuses.items() if status != 200} == {}
    assert len(statuses) > 20


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/news/2021/12/08/fourth-postal-summit/", 200),
        ("/zh-hans/news/2021/12/08/fourth-postal-summit/", 200),
        ("/news/2015/11/30/withdrawn-timetable/", 410),
        ("/news/2026/03/22/draft-spring-timetable/", 404),
        ("/stamps/secret-centenary/", 404),
        ("/stamps/2026-7/4/", 200),
        ("/html1/report/2305/130-1.htm", 301),
        ("/html1/specimen/gone-1.htm", 410),
    ],
)
def test_state_of_an_item_decides_the_status(client: Client, url: str, status: int) -> None:
    assert client.get(url).status_code == status
