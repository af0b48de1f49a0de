"""Redirects from the URLs of the old site."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from postportal.legacy.parsing.old_urls import OldUrl
from postportal.pages.models import Redirect


def add_redirect(url: OldUrl | None, *, item: Model | None = None, new_url: str = "") -> list[str]:
    """Redirect the old URL to the item or to the new URL, and return findings. An existing redirect is not changed."""
    if url is None or (item is None and not new_url):
        return []
    if len(url.path) > (Redirect._meta.get_field("old_path").max_length or 0) or len(url.host) > 120:
        return ["the old URL is too long to redirect"]
    destination: dict[str, Any] = {"new_address": new_url}
    if item is not None:
        destination = {"content_type": ContentType.objects.get_for_model(item), "object_id": item.pk}
    found, is_new = Redirect.objects.get_or_create(old_host=url.host, old_path=url.path, defaults=destination)
    is_same = all(getattr(found, name) == value for name, value in destination.items())
    if is_new or is_same:
        return []
    return [f"the old URL already redirects elsewhere: {found.target or found.new_address or found.gone_reason}"]
