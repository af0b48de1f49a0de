"""Broken links in texts. Links to this site are checked against URL patterns and rows, without requests; of other sites
it is known what they answered last (`manage.py check_external_links`)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Any
from urllib.parse import unquote

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.pages.models import Redirect
from postportal.publishing.models import PubliclyTimed
from postportal.richtext.external_links import dead_urls, describe_result, results_of
from postportal.richtext.handlers import rich_text_fields
from postportal.richtext.link_targets import get_link_target
from postportal.richtext.models import ExternalLink, TextLink
from postportal.richtext.references import find_references, is_item_reference, kind_of_reference, split_reference
from postportal.richtext.safe_links import is_external
from postportal.staff import work_queues
from postportal.staff.permissions import change_url, viewable_models
from postportal.staff.work_queues import LinkedItem, kind_name
from postportal.web.cache import safe_get, safe_set

# The count may be this old. The list is always current.
CACHE_SECONDS = 300
CACHE_KEY = "staff:broken-links"


def broken_links(at: dt.datetime) -> dict[type[Model], list[tuple[int, str]]]:
    """Return pairs of primary key and broken path for each model, from texts that are public at the time `at`.

    The number of queries depends only on the number of models and linked views."""
    links = {model: _public_links(model, at) for model in _models_with_rich_text()}
    broken_paths = find_broken_paths({path for pairs in links.values() for _pk, path in pairs}, at)
    found = {model: [pair for pair in pairs if pair[1] in broken_paths] for model, pairs in links.items()}
    safe_set(CACHE_KEY, {model._meta.label: len(pairs) for model, pairs in found.items()}, seconds=CACHE_SECONDS)
    return found


def find_broken_paths(paths: Collection[str], at: dt.datetime) -> set[str]:
    """Return the paths, and the references to items, that show no page to readers at the time `at`. And the URLs of
    other sites that did not answer when they were last checked."""
    external = {path for path in paths if is_external(path)}
    references = {path: key for path in paths if is_item_reference(path) and (key := split_reference(path))}
    found = find_references(references.values(), at=at)
    broken = {path for path, key in references.items() if key not in found}
    return broken | dead_urls(external) | _find_broken(set(paths) - references.keys() - external, at)


def describe_target(path: str) -> str:
    """Return a path in words: of an item only its kind and number, as its title may be under embargo."""
    if key := split_reference(path):
        return _("%(kind)s %(number)s") % {"kind": capfirst(kind_of_reference(key[0])), "number": key[1]}
    return unquote(path)


def _find_broken(paths: set[str], at: dt.datetime) -> set[str]:
    broken: set[str] = set()
    by_view: dict[str, dict[str, Any]] = defaultdict(dict)
    for path in paths:
        if path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
            continue
        match = _resolve(path)
        if match is None:
            broken.add(path)
        elif target := get_link_target(match[0]):
            by_view[match[0]][path] = target.key(match[1])
    for name, keys in by_view.items():
        target = get_link_target(name)
        existing = target.existing_keys(list(keys.values()), at) if target else set()
        broken |= {path for path, key in keys.items() if key not in existing}
    return broken - _with_working_redirect(broken, at)


def _models_with_rich_text() -> list[type[Model]]:
    return [model for model in apps.get_models() if rich_text_fields(model)]


def _public_links(model: Any, at: dt.datetime) -> list[tuple[int, str]]:
    rows: QuerySet[Any] = model._default_manager.all()
    if issubclass(model, PubliclyTimed):
        rows = model._default_manager.published(at)
    is_public = Exists(rows.filter(pk=OuterRef("object_id")))
    links = TextLink.objects.filter(is_public, content_type=ContentType.objects.get_for_model(model))
    return list(links.order_by("object_id", "path").values_list("object_id", "path"))


def _resolve(path: str) -> tuple[str, dict[str, Any]] | None:
    """Return the name of the view and the URL parameters. A missing slash at the end is added, as in requests."""
    decoded = unquote(path)
    language = translation.get_language_from_path(decoded) or settings.LANGUAGE_CODE
    with translation.override(language):
        for variant in dict.fromkeys([decoded, f"{decoded.rstrip('/')}/"]):
            try:
                match = resolve(variant)
            except (Resolver404, ValueError):
                continue
            return match.view_name, {**match.kwargs, "language": language}
    return None


def _with_working_redirect(paths: set[str], at: dt.datetime) -> set[str]:
    """Return those of the paths that are redirected to a public page."""
    if not paths:
        return set()
    variants = {variant for path in paths for variant in _path_variants(path)}
    rows = Redirect.objects.filter(old_path__in=variants, gone_reason="").prefetch_related("target")
    redirected = {row.old_path for row in rows if row.destination(at)}
    return {path for path in paths if redirected & set(_path_variants(path))}


def _path_variants(path: str) -> list[str]:
    decoded = unquote(path)
    return [path, decoded, path.rstrip("/"), decoded.rstrip("/")]


class BrokenLinks(work_queues.ComputedQueue):
    name, order = "broken-links", 80
    label, action_label = gettext_lazy("Dead links"), gettext_lazy("Correct")
    hint = gettext_lazy(
        "Links in published texts to pages that do not exist or are not public, and to other sites that did not answer."
    )

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
        results = results_of({path for of_model in pairs.values() for _pk, path in of_model if is_external(path)})
        for model in viewable_models(user, _models_with_rich_text()):
            selected = pairs[model][: work_queues.MAX_ITEMS]
            texts = rich_text_fields(model)
            rows = model._default_manager.defer(*texts).in_bulk({pk for pk, _path in selected})
            found += [_to_item(rows[pk], path, results.get(path)) for pk, path in selected if pk in rows]
        return found[: work_queues.MAX_ITEMS]


def _to_item(row: Model, path: str, result: ExternalLink | None) -> LinkedItem:
    detail = _("links to %(path)s") % {"path": describe_target(path)}
    if result:
        detail = _("links to %(url)s, which %(result)s") % {"url": path, "result": describe_result(result)}
    return LinkedItem(text=str(row), url=change_url(row), kind=kind_name(row), detail=detail)
