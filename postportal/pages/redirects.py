"""Redirects from addresses that items have left."""

from django.contrib.contenttypes.models import ContentType
from django.db import models

from postportal.pages.models import Redirect
from postportal.publishing.workflow.url_changes import RedirectKeeper, UrlMap


def redirect_left_addresses(item: models.Model, before: UrlMap, after: UrlMap, new_address: str = "") -> None:
    """Rows lead to items, not to addresses, so a second move makes no chain; typed addresses that led to a left one are
    pointed at the item as well."""
    Redirect.objects.filter(old_host="", old_path__in=list(after)).delete()
    still_there = {(type(row), row.pk) for row in after.values()}
    for address, row in before.items():
        if address not in after:
            target = row if (type(row), row.pk) in still_there else item
            leads_to = _to_new_address(new_address) if new_address else _to_item(target)
            Redirect.objects.update_or_create(old_host="", old_path=address, defaults=leads_to)
            Redirect.objects.filter(new_address=address).update(**leads_to)


def conflicting_redirects(addresses: UrlMap, item: models.Model) -> list[tuple[str, str]]:
    rows = Redirect.objects.filter(old_host="", old_path__in=list(addresses)).order_by("old_path")
    own = {(type(row), row.pk) for row in [item, *addresses.values()]}
    return [
        (row.old_path, str(row.target or row.new_address or row.gone_reason))
        for row in rows.prefetch_related("target")
        if (type(row.target), row.object_id) not in own
    ]


def _to_new_address(address: str) -> dict[str, object]:
    return {"content_type": None, "object_id": None, "new_address": address, "gone_reason": ""}


def _to_item(row: models.Model) -> dict[str, object]:
    kind = ContentType.objects.get_for_model(row)
    return {"content_type": kind, "object_id": row.pk, "new_address": "", "gone_reason": ""}


REDIRECT_KEEPER = RedirectKeeper(redirect_left_addresses, conflicting_redirects)
