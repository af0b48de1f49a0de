"""Values of unpublished changes that another item has taken since, such as a serial number."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from postportal.staff.database_rules import BrokenRule, broken_rule


def save_without_taken_values(row: models.Model, *, stored: dict[str, Any], **options: Any) -> list[str]:
    """Save the row for its form: with a taken value, nobody could open the form to choose another.

    Taken values are replaced with those in `stored` (by field name), or else with the defaults. Return a sentence for
    the editor about each. `options` are those of `save`. Raises IntegrityError if the database refuses these too."""
    try:
        with transaction.atomic():
            row.save(**options)
    except IntegrityError as error:
        rule = broken_rule(error)
        if rule is None or not rule.is_unique or not isinstance(row, rule.model):
            raise
    else:
        return []
    text = _("%(reason)s Your changes had %(values)s. Choose another value and save.")
    sentence = text % {"reason": rule.message, "values": _values_in_words(row, rule)}
    for name in rule.fields:
        field = row._meta.get_field(name)
        setattr(row, field.attname, stored.get(name, field.get_default()))  # type: ignore[union-attr]
    row.save(**options)
    return [sentence]


def _values_in_words(row: models.Model, rule: BrokenRule) -> str:
    """Return the values with the names of their fields, without blank ones: “year “2026”, number “9””."""
    values = [(row._meta.get_field(name), getattr(row, name)) for name in rule.fields]
    return _(", ").join(f"{field.verbose_name} “{value}”" for field, value in values if value not in ("", None))  # type: ignore[union-attr]
