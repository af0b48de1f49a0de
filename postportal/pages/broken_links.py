"""Links in texts that lead readers nowhere: checked from what the outbox noted, against addresses and rows. Nothing is
fetched."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.pages.models import Redirect
from postportal.publishing.models import PubliclyTimed
from postportal.richtext.handlers import rich_text_fields
from postportal.richtext.link_targets import get_link_target
from postportal.richtext.models import TextLink
from postportal.staff import work_queues
from postportal.staff.permissions import change_url, viewable_models
from postportal.staff.work_queues import LinkedItem, kind_name
from postportal.web.cache import safe_get, safe_set

# A count may be this old; the list never is.
CACHE_SECONDS = 300
CACHE_KEY = "staff:broken-links"


def broken_links(at: dt.datetime) -> dict[type[Model], list[tuple[int, str]]]:
    """For each kind of row, which row leads to which address in vain. Only what readers can see at the moment `at` is
    looked at. The number of queries depends on how many kinds of rows and addresses there are, and on nothing else."""
    links = {model: _public_links(model, at) for model in _models_with_rich_text()}
    dead = dead_addresses({address for pairs in links.values() for _pk, address in pairs}, at)
    found = {model: [pair for pair in pairs if pair[1] in dead] for model, pairs in links.items()}
    safe_set(CACHE_KEY, {model._meta.label: len(pairs) for model, pairs in found.items()}, seconds=CACHE_SECONDS)
    return found


def dead_addresses(addresses: Iterable[str], at: dt.datetime) -> set[str]:
    """Those of the addresses at which readers find nothing."""
    dead: set[str] = set()
    by_view: dict[str, dict[str, Any]] = defaultdict(dict)
    for address in addresses:
        if address.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
            continue
        found = _resolve(address)
        if found is None:
            dead.add(address)
        elif target := get_link_target(found[0]):
            by_view[found[0]][address] = target.key(found[1])
    for name, keys in by_view.items():
        target = get_link_target(name)
        there = target.existing_keys(list(keys.values()), at) if target else set()
        dead |= {address for address, key in keys.items() if key not in there}
    return dead - _with_working_redirect(dead, at)


def _models_with_rich_text() -> list[type[Model]]:
    return [model for model in apps.get_models() if rich_text_fields(model)]


def _public_links(model: Any, at: dt.datetime) -> list[tuple[int, str]]:
    rows: QuerySet[Any] = model._default_manager.all()
    if issubclass(model, PubliclyTimed):
        rows = model._default_manager.published(at)
    noted = TextLink.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id__in=rows.values("pk")
    )
    return list(noted.order_by("object_id", "path").values_list("object_id", "path"))


def _resolve(address: str) -> tuple[str, dict[str, Any]] | None:
    """The view that answers and the parts of the address. The portal adds a missing slash at the end by itself."""
    path = unquote(address)
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        for spelling in dict.fromkeys([path, f"{path.rstrip('/')}/"]):
            try:
                match = resolve(spelling)
            except (Resolver404, ValueError):
                continue
            return match.view_name, {**match.kwargs, "language": language}
    return None


def _with_working_redirect(addresses: set[str], at: dt.datetime) -> set[str]:
    """Those that a redirect takes to where something is."""
    if not addresses:
        return set()
    spellings = {spelling for address in addresses for spelling in _address_variants(address)}
    rows = Redirect.objects.filter(old_path__in=spellings, gone_reason="").prefetch_related("target")
    leading = {row.old_path for row in rows if row.destination(at)}
    return {address for address in addresses if leading & set(_address_variants(address))}


def _address_variants(address: str) -> list[str]:
    path = unquote(address)
    return [address, path, address.rstrip("/"), path.rstrip("/")]


class BrokenLinks(work_queues.ComputedQueue):
    name, order = "broken-links", 80
    label, action_label = gettext_lazy("Broken links on this site"), gettext_lazy("Correct the link")
    hint = gettext_lazy("In texts that readers see, to pages that they do not. Counted every five minutes.")

    def is_visible_to(self, user: Any) -> bool:
        return bool(viewable_models(user, _models_with_rich_text()))

    def count(self, user: Any, at: dt.datetime) -> int:
        by_label = safe_get(CACHE_KEY)
        if by_label is None:
            by_label = {model._meta.label: len(pairs) for model, pairs in broken_links(at).items()}
        return sum(by_label.get(model._meta.label, 0) for model in viewable_models(user, _models_with_rich_text()))

    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        found: list[LinkedItem] = []
        pairs = broken_links(at)
        for model in viewable_models(user, _models_with_rich_text()):
            shown = pairs[model][: work_queues.MAX_ITEMS]
            texts = rich_text_fields(model)
            rows = model._default_manager.defer(*texts).in_bulk({pk for pk, _address in shown})
            found += [_queue_entry(rows[pk], address) for pk, address in shown if pk in rows]
        return found[: work_queues.MAX_ITEMS]


def _queue_entry(row: Model, address: str) -> LinkedItem:
    detail = _("leads to %(address)s") % {"address": unquote(address)}
    return LinkedItem(text=str(row), url=change_url(type(row), row.pk), kind=kind_name(row), detail=detail)
