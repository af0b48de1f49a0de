"""Checks of the links in an item: to pages that readers do not get, and to places that the text does not have."""

from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import unquote

from django.utils import timezone
from django.utils.translation import gettext as _

from postportal.pages.broken_links import describe_target, find_broken_paths
from postportal.publishing.checks import Fault
from postportal.richtext.external_links import Outcome, describe_result, results_of
from postportal.richtext.handlers import rich_text_fields
from postportal.richtext.references import has_references, is_item_reference
from postportal.richtext.safe_links import is_external
from postportal.richtext.tree import Element, parse_html
from postportal.web.site_url import path_on_site


def link_faults(item: Any, user: Any) -> Iterator[Fault]:
    """Find dead links of the texts of the item: paths, full URLs of this site, and #anchors of the same text."""
    paths: list[tuple[str, str, str]] = []
    for name, roots in _texts_of(item):
        ids = {element.attributes["id"] for root in roots for element in root.walk() if "id" in element.attributes}
        for url, words in _links_in(roots):
            if url.startswith("#"):
                if unquote(url[1:]) not in ids:
                    detail = _("“%(words)s” leads to a place that this text does not have.") % {"words": words}
                    yield Fault(_("Dead link"), detail, name, words)
            elif path := path_on_site(url):
                paths.append((path, words, name))
    broken = find_broken_paths({path for path, _words, _name in paths}, timezone.now())
    for path, words, name in paths:
        if path in broken:
            detail = _("“%(words)s” leads to %(path)s, which readers cannot open.") % {"words": words, "path": path}
            yield Fault(_("Dead link"), detail, name, words)


def item_link_faults(item: Any, user: Any) -> Iterator[Fault]:
    """Find links of the texts of the item to items that readers cannot open now."""
    fields = [name for name in rich_text_fields(type(item)) if has_references(getattr(item, name))]
    links = [
        (url, words, name)
        for name, roots in _texts_of(item, fields=fields)
        for url, words in _links_in(roots)
        if is_item_reference(url)
    ]
    broken = find_broken_paths({url for url, _words, _name in links}, timezone.now())
    for url, words, name in links:
        if url in broken:
            text = _("“%(words)s” leads to %(target)s, which is not public. Readers see the words without a link.")
            values = {"words": words, "target": describe_target(url)}
            yield Fault(_("Link to an item that is not public"), text % values, name, words)


def external_link_faults(item: Any, user: Any) -> Iterator[Fault]:
    """Find links of the texts of the item to other sites that did not answer when they were checked, or have moved."""
    links = [
        (url.partition("#")[0], words, name)
        for name, roots in _texts_of(item)
        for url, words in _links_in(roots)
        if is_external(url) and not path_on_site(url)
    ]
    titles = {
        Outcome.ERROR: _("Dead link"),
        Outcome.NO_ANSWER: _("Dead link"),
        Outcome.MOVED: _("Link that has moved"),
    }
    results = results_of({url for url, _words, _name in links})
    for url, words, name in links:
        if (result := results.get(url)) and (title := titles.get(Outcome(result.outcome))):
            values = {"words": words, "url": url, "result": describe_result(result)}
            yield Fault(title, _("“%(words)s” leads to %(url)s, which %(result)s.") % values, name, words)


def _texts_of(item: Any, *, fields: Collection[str] | None = None) -> Iterator[tuple[str, list[Element]]]:
    for name in rich_text_fields(type(item)) if fields is None else fields:
        yield name, [node for node in parse_html(getattr(item, name)) if isinstance(node, Element)]


def _links_in(roots: list[Element]) -> Iterator[tuple[str, str]]:
    for root in roots:
        for link in root.find("a"):
            yield link.attributes.get("href", ""), link.text().strip()
