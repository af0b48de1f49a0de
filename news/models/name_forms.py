"""Parts of a person's name, put together: to be read, to be sorted, and as texts print it."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class NameOrder(models.TextChoices):
    FAMILY_FIRST = "family", _("family name first: Liu Aili")
    GIVEN_FIRST = "given", _("given name first: Paul Graham")
    WRITTEN = "written", _("as written in full below")


# The columns of a person of which the name is made, in the order of the parts below.
NAME_COLUMNS = ("family_name", "second_family_name", "given_name", "patronymic", "name_order", "written_name")


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts of a name. Each may be blank: people with one name have only a family name or only a given name."""

    family: str
    second_family: str = ""
    given: str = ""
    patronymic: str = ""
    order: str = NameOrder.FAMILY_FIRST
    written: str = ""

    @property
    def name(self) -> str:
        """Return the whole name."""
        if self.order == NameOrder.WRITTEN and self.written:
            return self.written
        return self._join(self.second_family, self.patronymic)

    @property
    def family_names(self) -> str:
        return _joined(self.family, self.second_family)

    @property
    def sorted_by(self) -> tuple[str, str]:
        """Return by what the name is sorted first, and then. Without a family name that is the given name."""
        if self.family_names:
            return self.family_names, _joined(self.given, self.patronymic)
        return (self.given, self.patronymic) if self.given else (self.written or self.patronymic, "")

    @property
    def short_forms(self) -> list[str]:
        """Return the names that texts print for the same person: without a patronymic, without a second family name,
        with the family name first and a comma, as in lists, and with the family name in capitals, as in official
        ones."""
        if not (self.given and self.family):
            return []
        found = [
            self._join(second, patronymic)
            for second in {self.second_family: None, "": None}
            for patronymic in {self.patronymic: None, "": None}
        ]
        found += [f"{_joined(self.family, second)}, {self.given}" for second in {self.second_family: None, "": None}]
        found += [name.replace(self.family, self.family.upper(), 1) for name in found]
        return [name for name in dict.fromkeys(found) if name != self.name]

    def _join(self, second_family: str, patronymic: str) -> str:
        family, given = _joined(self.family, second_family), _joined(self.given, patronymic)
        return _joined(family, given) if self.order == NameOrder.FAMILY_FIRST else _joined(given, family)


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
