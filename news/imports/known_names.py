"""Names of the people and organizations in the directory, and the search for them in texts."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model

from news.models import Organization, OrganizationName, Person, PersonName
from news.models.name_forms import NAME_COLUMNS, NameParts
from postportal.text.characters import HAN
from postportal.text.folding import fold_name

# A word, or a single Chinese character, since Chinese has no spaces between words.
_TOKEN = re.compile(rf"[{HAN}]|[^\W{HAN}]+")
_HAN = re.compile(f"[{HAN}]")
_BLANK = re.compile(r"\s")


class _Equivalents(dict[int, str]):
    """Characters that are taken for each other: “It’s” and "It's" are one word, and “José” is printed as “Jose”, too.
    Each stands for one character, so that places in the text stay the same."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFD", chr(code))
        is_accented = len(letters) > 1 and all(map(unicodedata.combining, letters[1:]))
        self[code] = found = letters[0] if is_accented and letters[0].isascii() else chr(code)
        return found


_EQUIVALENT_SIGNS = _Equivalents(str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "‐": "-", "‑": "-"}))
# Short single words usually mean something else.
_MIN_NAME_LENGTH = 3
_MIN_SINGLE_NAME_LENGTH = 4


@dataclass(frozen=True, slots=True)
class NameOwner:
    """A person or an organization, not loaded."""

    model: type[Model]
    pk: int

    @property
    def is_person(self) -> bool:
        return self.model is Person


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name found in a text."""

    owner: NameOwner
    printed_name: str
    start: int


@dataclass(frozen=True, slots=True)
class SharedName:
    """A name in a text that several people or organizations have, so that somebody has to choose."""

    owners: tuple[NameOwner, ...]
    printed_name: str
    start: int


class KnownNames:
    """Finds exact names; if one name contains another, the longer one. Names shared by several rows find none of them,
    since only an editor can tell them apart: these are found by `find_shared`."""

    def __init__(self, names: Iterable[tuple[str, NameOwner]]) -> None:
        owners: dict[str, set[NameOwner]] = defaultdict(set)
        for name, owner in names:
            owners[_normalize_signs(" ".join(name.split()))].add(owner)
        self.ambiguous_names = {name for name, same in owners.items() if len(same) > 1}
        self._owners = owners
        self._owner_by_name = {name: min(same, key=lambda owner: owner.pk) for name, same in owners.items() if name}
        self._names_by_first_token: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._owner_by_name, key=len, reverse=True):
            first = _TOKEN.match(name)
            if first and _is_distinctive(name, is_person=self._owner_by_name[name].is_person):
                self._names_by_first_token[first[0]].append(name)
        self._owners_by_folded_name: dict[str, set[NameOwner]] = defaultdict(set)
        for name, same in owners.items():
            self._owners_by_folded_name[fold_name(name)] |= same

    @classmethod
    def load(cls) -> "KnownNames":
        return cls([*_names_of_people(), *_names_of_organizations()])

    def find(self, text: str) -> list[NameMatch]:
        """Return the first match of each person or organization, in the order of the text."""
        found: dict[NameOwner, NameMatch] = {}
        for name, start in self._names_in(text):
            owner = self._owner_by_name[name]
            if name not in self.ambiguous_names and owner not in found:
                found[owner] = NameMatch(owner, _printed(text, name, start), start)
        return list(found.values())

    def find_shared(self, text: str) -> list[SharedName]:
        """Return the first place of each name that several rows have, in the order of the text."""
        found: dict[tuple[NameOwner, ...], SharedName] = {}
        for name, start in self._names_in(text):
            if name in self.ambiguous_names:
                owners = tuple(sorted(self._owners[name], key=lambda owner: (owner.model._meta.label, owner.pk)))
                found.setdefault(owners, SharedName(owners, _printed(text, name, start), start))
        return list(found.values())

    def has(self, name: str, *, model: type[Model]) -> bool:
        """Return True if some row of the model has this name, however it is spelt."""
        return any(owner.model is model for owner in self._owners_by_folded_name.get(fold_name(name), ()))

    def _names_in(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield each name in the text with its place."""
        plain = _normalize_signs(_BLANK.sub(" ", text))
        covered = 0
        for token in _TOKEN.finditer(plain):
            start = token.start()
            name = self._name_at(plain, start=start, token=token[0]) if start >= covered else ""
            if name:
                covered = start + len(name)
                yield name, start

    def resolve(self, name: str, *, model: type[Model] | None = None) -> NameOwner | None:
        """Return the row with this name, however it is spelt; None if there is no such row, or more than one."""
        owners = self._owners_by_folded_name.get(fold_name(name), set())
        candidates = [owner for owner in owners if model is None or owner.model is model]
        return candidates[0] if len(candidates) == 1 else None

    def _name_at(self, plain: str, *, start: int, token: str) -> str:
        for name in self._names_by_first_token.get(token, ()):
            end = start + len(name)
            if plain.startswith(name, start) and not _continues_word(plain, end=end):
                return name
        return ""


def _printed(text: str, name: str, start: int) -> str:
    return _BLANK.sub(" ", text[start : start + len(name)])


def _normalize_signs(text: str) -> str:
    return text.translate(_EQUIVALENT_SIGNS)


def _continues_word(plain: str, *, end: int) -> bool:
    """Return True if the word goes on after `end`. Chinese text has no word boundaries."""
    if end >= len(plain) or _HAN.match(plain[end - 1]) or _HAN.match(plain[end]):
        return False
    return (plain[end].isalnum() or plain[end] == "_") and plain[end - 1].isalnum()


def _is_distinctive(name: str, *, is_person: bool) -> bool:
    if _HAN.match(name):
        return len(name) > 1
    return len(name) >= (_MIN_SINGLE_NAME_LENGTH if is_person and " " not in name else _MIN_NAME_LENGTH)


def _names_of_people() -> Iterator[tuple[str, NameOwner]]:
    for pk, name, name_zh, *parts in Person.objects.values_list("pk", "name", "name_zh", *NAME_COLUMNS).order_by("pk"):
        owner = NameOwner(Person, pk)
        yield name, owner
        if name_zh:
            yield name_zh, owner
        for short in NameParts(*parts).short_forms:
            yield short, owner
    for pk, name in PersonName.objects.values_list("person_id", "name").order_by("pk"):
        yield name, NameOwner(Person, pk)


def _names_of_organizations() -> Iterator[tuple[str, NameOwner]]:
    for pk, *names in Organization.objects.values_list("pk", "name", "name_zh", "abbreviation").order_by("pk"):
        for name in filter(None, names):
            yield name, NameOwner(Organization, pk)
    for pk, name in OrganizationName.objects.values_list("organization_id", "name").order_by("pk"):
        yield name, NameOwner(Organization, pk)
