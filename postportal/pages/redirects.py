"""Redirects from the former URLs of items."""

from django.contrib.contenttypes.models import ContentType
from django.db import models

from postportal.pages.models import Redirect
from postportal.publishing.workflow.url_changes import RedirectKeeper, UrlMap


def redirect_former_urls(item: models.Model, before: UrlMap, after: UrlMap, new_address: str = "") -> None:
    """Redirect the URLs that are in `before` but not in `after` to the item, or to `new_address` if given.

    Redirects point to items, not to their URLs, so that a second change makes no chain. Redirects to a former URL are
    changed to point to the item too."""
    Redirect.objects.filter(old_host="", old_path__in=list(after)).delete()
    remaining = {(type(row), row.pk) for row in after.values()}
    for url, row in before.items():
        if url not in after:
            target = row if (type(row), row.pk) in remaining else item
            destination = _to_new_address(new_address) if new_address else _to_item(target)
            Redirect.objects.update_or_create(old_host="", old_path=url, defaults=destination)
            Redirect.objects.filter(new_address=url).update(**destination)


def conflicting_redirects(urls: UrlMap, item: models.Model) -> list[tuple[str, str]]:
    """Return (URL, target) of the redirects from these URLs that point elsewhere than to the item and its rows."""
    rows = Redirect.objects.filter(old_host="", old_path__in=list(urls)).order_by("old_path")
    own = {(type(row), row.pk) for row in [item, *urls.values()]}
    return [
        (row.old_path, str(row.target or row.new_address or row.gone_reason))
        for row in rows.prefetch_related("target")
        if (type(row.target), row.object_id) not in own
    ]


def _to_new_address(url: str) -> dict[str, object]:
    return {"content_type": None, "object_id": None, "new_address": url, "gone_reason": ""}


def _to_item(row: models.Model) -> dict[str, object]:
    content_type = ContentType.objects.get_for_model(row)
    return {"content_type": content_type, "object_id": row.pk, "new_address": "", "gone_reason": ""}


REDIRECT_KEEPER = RedirectKeeper(redirect_former_urls, conflicting_redirects)
