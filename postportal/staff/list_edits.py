"""Editable lists that do not overwrite what somebody else has changed since the list was shown."""

from typing import Any

from django.forms import ModelForm
from django.utils.translation import gettext as _


class EditableListForm(ModelForm):
    """Form of one row that also sends the values it showed. Only changed fields are saved, and only if the stored value
    is still the one that was shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields or []:  # type: ignore[attr-defined]
            if name in self.fields:
                self.fields[name].show_hidden_initial = True

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name in self.changed_data:
            field = self.fields[name]
            if not field.show_hidden_initial:
                continue
            shown = self.data.get(self.add_initial_prefix(name), "")
            stored = self.get_initial_for_field(field, name)
            if str(field.prepare_value(stored)) != shown:
                text = _("Someone else has changed this to “%(value)s” since you opened the list.") % {"value": stored}
                self.add_error(name, text)
        return cleaned
