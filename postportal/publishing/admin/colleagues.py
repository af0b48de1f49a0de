"""Colleagues who can work on an item, as the forms beside it offer them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from postportal.publishing.models import Publishable
from postportal.staff.account_names import full_name_or_username
from postportal.staff.form_state import form_state
from postportal.staff.permissions import accounts_with_permission

# In `_people.html`: the names to choose from, once for all forms of the page.
LIST_ID = "colleagues"
MAX_TYPED_LENGTH = 500


def colleagues_of(request: HttpRequest, item: Publishable) -> list[Any]:
    """Return the accounts that may change the item, in the order of their names. Several forms of one page offer
    them."""
    known, key = form_state(request).colleagues, (item._meta.label, item.pk)
    if key not in known:
        known[key] = list(accounts_with_permission("change", item))
    return known[key]


def names_to_choose(colleagues: Iterable[Any]) -> list[tuple[str, Any]]:
    """Return the names under which the colleagues are offered. A name that could be that of somebody else is followed
    by the username."""
    found = [(full_name_or_username(colleague), colleague) for colleague in colleagues]
    # Nobody can take the username of a colleague as a name.
    counts = Counter(key for name, colleague in found for key in {_key(name), _key(colleague.get_username())})
    return [
        (f"{name} ({colleague.get_username()})" if counts[_key(name)] > 1 else name, colleague)
        for name, colleague in found
    ]


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


class ColleagueField(forms.CharField):
    """Takes the name or the username of one of the colleagues that `offer` was given, typed or chosen from a list that
    browsers search; None if it may be blank and is."""

    default_error_messages = {
        "unknown": gettext_lazy(
            "No colleague who can edit this item is called “%(name)s”. Choose a name from the list."
        ),
        "ambiguous": gettext_lazy("Several colleagues are called “%(name)s”. Choose one from the list."),
    }

    def __init__(self, **options: Any) -> None:
        attributes = {"list": LIST_ID, "autocomplete": "off", "spellcheck": "false"}
        widget = forms.TextInput(attrs=attributes)
        super().__init__(max_length=MAX_TYPED_LENGTH, empty_value="", widget=widget, **options)
        self.colleagues: list[tuple[str, Any]] = []

    def offer(self, colleagues: list[tuple[str, Any]]) -> None:
        self.colleagues = colleagues

    def prepare_value(self, value: Any) -> Any:
        """Return the name of the account with this key, and what was typed as it is."""
        if not isinstance(value, int):
            return value
        return next((name for name, colleague in self.colleagues if colleague.pk == value), "")

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        found = self._matching(_key(typed))
        if len(found) != 1:
            code = "ambiguous" if found else "unknown"
            raise ValidationError(self.error_messages[code], code=code, params={"name": typed})
        return found[0]

    def _matching(self, key: str) -> list[Any]:
        """Return the colleagues who are offered under the name or have it as username; else those who are called so."""
        exact = [who for name, who in self.colleagues if key in {_key(name), _key(who.get_username())}]
        return exact or [who for _name, who in self.colleagues if key == _key(full_name_or_username(who))]
