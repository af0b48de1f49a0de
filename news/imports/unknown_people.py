"""People whom a text names with a position of the register, and whom the register does not have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from news.imports.known_names import KnownNames
from news.models import Person, Position
from postportal.text.characters import HAN

MAX_PEOPLE = 20
# “Jane Newperson, ” or “Jane Newperson, the ” at the end of what stands before a title.
_WORD = r"[^\W\d_a-z](?:\.|[\w’'-]*)"
_LATIN_BEFORE = re.compile(rf"(?<!\w)((?:{_WORD} ){{1,3}}{_WORD}),\s+(?:the\s+)?$")
# “李新人（” before a title, and the name after one, which ends with the sentence or the clause.
_HAN_BEFORE = re.compile(f"(?:^|[^{HAN}])([{HAN}]{{2,4}})[（(]$")
_HAN_AFTER = re.compile(f"([{HAN}]{{2,3}})(?=[^{HAN}]|$)")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class UnknownPerson:
    """A name, and the title with its organization as the register has them."""

    name: str
    title: str
    start: int

    @property
    def is_chinese(self) -> bool:
        return re.fullmatch(f"[{HAN}]+", self.name) is not None


def find_unknown_people(text: str, known: KnownNames) -> list[UnknownPerson]:
    """Return the people in patterns such as “Name, Title of Organization”, “姓名（机构职务）” and “机构职务姓名”.

    Each is returned once, in the order of the text."""
    found: dict[str, UnknownPerson] = {}
    for person in sorted(_people_in(text), key=lambda person: person.start):
        # “Later Jane Newperson”: a sentence may begin before the name.
        endings = list(_endings(person.name))
        if not any(known.has(name, model=Person) or name in found for name in endings):
            found[person.name] = person
    return list(found.values())[:MAX_PEOPLE]


def _endings(name: str) -> Iterator[str]:
    """Yield the name, and what remains of it without its first words, down to two."""
    words = name.split(" ")
    yield from (" ".join(words[start:]) for start in range(max(1, len(words) - 1)))


def _people_in(text: str) -> Iterator[UnknownPerson]:
    for row in Position.objects.select_related("organization").order_by("pk"):
        title, organization = str(row), row.organization
        for name in filter(None, (organization.name, organization.abbreviation)):
            for article in ("", "the "):
                for start in _places(f"{row.label} of {article}{name}", text):
                    if match := _LATIN_BEFORE.search(text[max(0, start - _LONGEST_NAME) : start]):
                        yield UnknownPerson(match[1], title, start)
        if row.label_zh and organization.name_zh:
            printed = f"{organization.name_zh}{row.label_zh}"
            for start in _places(printed, text):
                before = _HAN_BEFORE.search(text[max(0, start - _LONGEST_NAME) : start])
                match = before or _HAN_AFTER.match(text, start + len(printed))
                if match:
                    yield UnknownPerson(match[1], title, start)


def _places(words: str, text: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + len(words))
