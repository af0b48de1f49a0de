"""Blocks of texts that are kept elsewhere: a paragraph that is nothing but the reference “snippet:12” is replaced by
the current text of the snippet.

This package knows no content: the app of the snippets says what they are."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence

SNIPPET = "snippet"
# In clean HTML. The words are what an editor saw.
_BLOCK = re.compile(rf'<p(?: [^<>]*)?><a (?:[^<>]*)?href="{SNIPPET}:([1-9][0-9]{{0,17}})"[^<>]*>[^<]*</a></p>')
# Unique in a text, which may show a snippet twice.
_ID = re.compile(r'(<[a-z0-9]+(?: [^<>]*)?) id="[^"<>]*"')

Find = Callable[[Collection[int]], Mapping[int, str]]
_finders: list[Find] = []


def register_snippets(find: Find) -> None:
    """Register the function that returns the texts of these snippets by key."""
    _finders.append(find)


def fill_snippets(texts: Sequence[str]) -> list[str]:
    """Return the clean texts with the current snippets, and without those that do not exist. Takes one query, or none
    if there are no snippets. A snippet in a snippet is not filled in."""
    keys = {int(match[1]) for html in texts for match in _BLOCK.finditer(html)}
    if not keys:
        return list(texts)
    found = {pk: _ID.sub(r"\1", html) for find in _finders for pk, html in find(keys).items()}
    return [_BLOCK.sub(lambda block: found.get(int(block[1]), ""), html) for html in texts]
