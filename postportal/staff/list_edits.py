"""Fields that are edited in a list: what somebody else has changed since the list was shown is not overwritten."""

from typing import Any

from django.forms import ModelForm
from django.utils.translation import gettext as _


class EditableListForm(ModelForm):
    """Sends what each field showed along, so that only what somebody changed is written, and over nothing but that."""

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
            sent = self.data.get(self.add_initial_prefix(name), "")
            now = self.get_initial_for_field(field, name)
            if str(field.prepare_value(now)) != sent:
                text = _("Somebody else has changed this to “%(value)s” since the list was shown.") % {"value": now}
                self.add_error(name, text)
        return cleaned
