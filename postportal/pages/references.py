"""References from texts to pages, and snippets in texts."""

import datetime as dt
from collections.abc import Collection

from django.utils.translation import get_language_info

from postportal.page_cache.recording import only_rows
from postportal.pages.models import Page, Snippet
from postportal.richtext.item_references import register_item_references
from postportal.richtext.references import PAGE, Choice, Source, reference_to, register_references
from postportal.richtext.snippets import SNIPPET, register_snippets
from postportal.search.plain_texts import update_plain_texts


def find_snippets(keys: Collection[int]) -> dict[int, str]:
    """Return the texts of these snippets."""
    with only_rows(Snippet._meta.label_lower, keys):
        return dict(Snippet.objects.filter(pk__in=keys).values_list("pk", "text"))


def snippet_choices(at: dt.datetime) -> list[Choice]:
    """Return the snippets that texts can show."""
    rows = Snippet.objects.order_by("title", "pk").values_list("pk", "title", "language")
    return [
        Choice(reference_to(pk, scheme=SNIPPET), f"{title} ({get_language_info(language)['name_local']})", title)
        for pk, title, language in rows
    ]


def update_texts_with_snippets(label: str, pks: Collection[int]) -> None:
    """Bring the plain text of the texts with these snippets up to date, also in the search."""
    update_plain_texts([f'href="{reference_to(pk, scheme=SNIPPET)}"' for pk in pks])


register_item_references(PAGE, model=Page)
register_snippets(find_snippets)
# Within a sentence there is no place for a block: the words stay.
register_references(
    Source(Snippet, lambda keys, at: {}, snippet_choices, "admin:pages_snippet_choices"), scheme=SNIPPET
)
