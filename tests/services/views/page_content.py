"""The fixed time of the view tests, and functions that read a page."""

import datetime as dt
import re

from django.test import Client

from services.models import StampIssue

# Friday noon in Shanghai.
NOW = dt.datetime(2026, 3, 20, 4, tzinfo=dt.UTC)
TODAY = dt.date(2026, 3, 20)
LATER = NOW + dt.timedelta(seconds=1)


def definition_list(html: str, name: str) -> dict[str, str]:
    """Return the description list with this class as {term: text}."""
    part = html.split(f'<dl class="{name}">', 1)[1].split("</dl>", 1)[0]
    pairs = re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", part, re.DOTALL)
    return {term: re.sub(r"<[^>]+>", "", text).strip() for term, text in pairs}


def get_page(client: Client, issue: StampIssue) -> str:
    response = client.get(issue.get_absolute_url())
    assert response.status_code == 200
    return response.text


def programme_titles(client: Client, url: str) -> list[str]:
    """Return the titles of the issues on a page of the programme, in order."""
    return [issue.title for issue in client.get(url).context["page_obj"].object_list]
