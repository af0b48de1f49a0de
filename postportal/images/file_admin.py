"""Base of the forms of pictures and documents: a file that can be replaced, and the list of its uses."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from postportal.images import disk_space
from postportal.publishing.admin import VersionedAdmin
from postportal.staff.change_log import LoggedChangesMixin
from postportal.staff.form_state import form_state


class FileRowForm(ModelForm):
    is_disk_full = False

    def clean(self) -> Any:
        cleaned = super().clean()
        if self.is_disk_full:
            self.add_error("file", disk_space.DISK_FULL_MESSAGE)
        return cleaned


class FileRowAdmin(LoggedChangesMixin, VersionedAdmin):
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except OSError as error:
            if not disk_space.is_full(error):
                raise
            # Show the form again with what was entered.
            form_state(request).is_disk_full = True
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.is_disk_full = form_state(request).is_disk_full
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.uploader = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description=_("used in"))
    def used_on(self, row: Any) -> SafeString:
        return render_to_string("admin/images/_used_on.html", {"uses": self.all_uses([row])})

    def all_uses(self, rows: Sequence[Any]) -> list[Any]:
        """Return what uses the rows, and in which place, as a nested list."""
        raise NotImplementedError

    def protecting_uses(self, rows: list[Model]) -> list[Any]:
        return self.all_uses([row for row in rows if isinstance(row, self.model)])
