"""The old addresses, which must go on leading somewhere."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from postportal.legacy.parsing.old_urls import OldUrl
from postportal.pages.models import Redirect


def add_redirect(url: OldUrl | None, *, item: Model | None = None, new_url: str = "") -> list[str]:
    """Let the old address lead to the item, or to the new address. What editors decided otherwise stays; returns what
    there is to tell."""
    if url is None or (item is None and not new_url):
        return []
    if len(url.path) > (Redirect._meta.get_field("old_path").max_length or 0) or len(url.host) > 120:
        return ["the old address is too long to be redirected"]
    leads_to: dict[str, Any] = {"new_address": new_url}
    if item is not None:
        leads_to = {"content_type": ContentType.objects.get_for_model(item), "object_id": item.pk}
    found, is_new = Redirect.objects.get_or_create(old_host=url.host, old_path=url.path, defaults=leads_to)
    same = all(getattr(found, name) == value for name, value in leads_to.items())
    if is_new or same:
        return []
    return [f"the old address already leads elsewhere: {found.target or found.new_address or found.gone_reason}"]
