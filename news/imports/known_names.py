"""The names that people and organizations of the register go by, and where they stand in a text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model

from news.models import Organization, OrganizationName, Person, PersonName

# A word, or a single Chinese character: those are written without blanks between.
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_BLANK = re.compile(r"\s")
# "It’s" and "It's" are one word.
_SAME_SIGN = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "‐": "-", "‑": "-"})
# A single short word is too often something else.
_SHORTEST_WORD = 3
_SHORTEST_SINGLE_NAME = 4


@dataclass(frozen=True, slots=True)
class Subject:
    """A row of the register, not loaded."""

    model: type[Model]
    pk: int

    @property
    def is_person(self) -> bool:
        return self.model is Person


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text, as printed there."""

    subject: Subject
    label: str
    position: int


class KnownNames:
    """Finds exact names only, and of names inside one another the longest. Names that two rows share find neither: only
    an editor can tell them apart."""

    def __init__(self, names: Iterable[tuple[str, Subject]]) -> None:
        owners: dict[str, set[Subject]] = defaultdict(set)
        for name, subject in names:
            owners[_plain(" ".join(name.split()))].add(subject)
        self.shared = {name for name, subjects in owners.items() if len(subjects) > 1}
        self._subjects = {name: min(subjects, key=lambda each: each.pk) for name, subjects in owners.items() if name}
        self._by_first_token: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._subjects, key=len, reverse=True):
            first = _TOKEN.match(name)
            if first and _is_telling(name, is_person=self._subjects[name].is_person):
                self._by_first_token[first[0]].append(name)
        self._by_folded: dict[str, set[Subject]] = defaultdict(set)
        for name, subjects in owners.items():
            self._by_folded[name.casefold()] |= subjects

    @classmethod
    def load(cls) -> "KnownNames":
        return cls([*_people(), *_organizations()])

    def find(self, text: str) -> list[Found]:
        """Each subject once, where it is first named, in the order of the text."""
        plain = _plain(_BLANK.sub(" ", text))
        found: dict[Subject, Found] = {}
        covered = 0
        for token in _TOKEN.finditer(plain):
            start = token.start()
            name = self._name_at(plain, start=start, token=token[0]) if start >= covered else ""
            if name:
                covered = start + len(name)
                subject = self._subjects[name]
                if name not in self.shared and subject not in found:
                    found[subject] = Found(subject, _BLANK.sub(" ", text[start:covered]), start)
        return list(found.values())

    def resolve(self, name: str, *, model: type[Model] | None = None) -> Subject | None:
        """The one row that goes by this name, in whatever case; None where there is none, or more than one."""
        subjects = self._by_folded.get(_plain(" ".join(name.split())).casefold(), set())
        fitting = [subject for subject in subjects if model is None or subject.model is model]
        return fitting[0] if len(fitting) == 1 else None

    def _name_at(self, plain: str, *, start: int, token: str) -> str:
        for name in self._by_first_token.get(token, ()):
            end = start + len(name)
            if plain.startswith(name, start) and not _goes_on(plain, end=end):
                return name
        return ""


def _plain(text: str) -> str:
    return text.translate(_SAME_SIGN)


def _goes_on(plain: str, *, end: int) -> bool:
    """True where the word before `end` is longer than the name. Chinese has no such boundary."""
    if end >= len(plain) or _HAN.match(plain[end - 1]) or _HAN.match(plain[end]):
        return False
    return (plain[end].isalnum() or plain[end] == "_") and plain[end - 1].isalnum()


def _is_telling(name: str, *, is_person: bool) -> bool:
    if _HAN.match(name):
        return len(name) > 1
    return len(name) >= (_SHORTEST_SINGLE_NAME if is_person and " " not in name else _SHORTEST_WORD)


def _people() -> Iterator[tuple[str, Subject]]:
    fields = ("pk", "name", "name_zh", "family_name", "given_name")
    for pk, name, name_zh, family_name, given_name in Person.objects.values_list(*fields).order_by("pk"):
        subject = Subject(Person, pk)
        yield name, subject
        if name_zh:
            yield name_zh, subject
        if given_name and family_name in name:
            # Official lists print the family name in capitals: Leonia TAI.
            yield name.replace(family_name, family_name.upper(), 1), subject
    for pk, name in PersonName.objects.values_list("person_id", "name").order_by("pk"):
        yield name, Subject(Person, pk)


def _organizations() -> Iterator[tuple[str, Subject]]:
    for pk, *names in Organization.objects.values_list("pk", "name", "name_zh", "abbreviation").order_by("pk"):
        for name in filter(None, names):
            yield name, Subject(Organization, pk)
    for pk, name in OrganizationName.objects.values_list("organization_id", "name").order_by("pk"):
        yield name, Subject(Organization, pk)
