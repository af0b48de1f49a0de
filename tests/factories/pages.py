"""Factories for rows of the pages app. Without arguments, each makes a valid row."""

import datetime as dt
from itertools import count
from typing import Any

from postportal.pages.models import ContactMessage, MenuItem, Page, Redirect, ServiceNotice, SiteSettings, Snippet
from postportal.publishing.models import State

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_number = count(1)


def page(title: str = "", **fields: Any) -> Page:
    number = next(_number)
    fields = {"path": f"page-{number}", "state": State.PUBLISHED, "publish_at": LONG_AGO, **fields}
    return Page.objects.create(title=title or f"Page {number}", **fields)


def unpublished_page(title: str = "", **fields: Any) -> Page:
    fields = {"withdrawal_reason": "The tariff of 2024 has replaced it.", **fields}
    return page(title, state=State.UNPUBLISHED, **fields)


def snippet(title: str = "How to claim", **fields: Any) -> Snippet:
    return Snippet.objects.create(**{"title": title, "text": "<p>Claim within 30 days.</p>", **fields})


def redirect(old_path: str, to: Any, *, old_host: str = "") -> Redirect:
    """Make a redirect to a URL or a row."""
    fields = {"new_address": to} if isinstance(to, str) else {"target": to}
    return Redirect.objects.create(old_path=old_path, old_host=old_host, **fields)


def gone_redirect(old_path: str, *, reason: str = "The campaign has ended.") -> Redirect:
    return Redirect.objects.create(old_path=old_path, gone_reason=reason)


def site_settings(**fields: Any) -> SiteSettings:
    settings = SiteSettings(**{"name": "Yunhai Post", "contact_email": "desk@post.example", **fields})
    settings.save()
    return settings


def menu_item(label: str = "About", address: str = "/about/", **fields: Any) -> MenuItem:
    return MenuItem.objects.create(label=label, address=address, **fields)


def notice(text: str = "Roads are closed by snow.", **fields: Any) -> ServiceNotice:
    return ServiceNotice.objects.create(text=text, **{"publish_at": LONG_AGO, **fields})


def contact_message(**fields: Any) -> ContactMessage:
    fields = {"topic": "post", "message": "Where is my parcel?", "language": "en", **fields}
    return ContactMessage.objects.create(**{"name": "Li Na", "email": "na@example.org", **fields})
