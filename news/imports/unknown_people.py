"""People whom a text names with a title and whom the register does not have."""

from collections.abc import Iterable, Iterator

from news.imports.known_names import KnownNames
from news.imports.printed_titles import PrintedTitle, PrintedTitles
from news.models import Person

MAX_PEOPLE = 20


def find_unknown_people(text: str, known: KnownNames) -> list[PrintedTitle]:
    """Return the people in patterns such as “Name, Title of Organization”, “姓名（机构职务）” and “机构职务姓名”.

    Each is returned once, in the order of the text."""
    return unknown_among(PrintedTitles().find(text), known)


def unknown_among(printed: Iterable[PrintedTitle], known: KnownNames) -> list[PrintedTitle]:
    """Return the first of each name that nobody in the register has."""
    found: dict[str, PrintedTitle] = {}
    for each in printed:
        # “Later Jane Newperson”: a sentence may begin before the name.
        if not any(known.has(name, model=Person) or name in found for name in endings(each.name)):
            found[each.name] = each
    return list(found.values())[:MAX_PEOPLE]


def endings(name: str) -> Iterator[str]:
    """Yield the name, and what remains of it without its first words, down to two."""
    words = name.split(" ")
    yield from (" ".join(words[start:]) for start in range(max(1, len(words) - 1)))
