"""Guard for forms of rows without versions, such as accounts and roles: the second of two editors chooses, field by
field, between what somebody else has saved and what they typed. Rows with versions have `ConflictAdmin`."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import models, transaction
from django.forms import BoundField, CheckboxInput, ModelForm, MultiWidget
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from postportal.staff.account_names import full_name_or_username
from postportal.staff.autosave import encode_form
from postportal.staff.form_state import form_state, post_copy
from postportal.staff.model_admin import PortalAdmin, render_now
from postportal.staff.permissions import change_url

MINE, THEIRS = "mine", "theirs"
_SALT = "postportal.staff.compared_forms"


@dataclass(frozen=True)
class ComparedField:
    """A field with different values in the row and in the form of the second editor."""

    name: str
    label: str
    theirs: str
    mine: str
    # What is proposed: the side that changed it, "" if both did.
    choice: str

    @property
    def input_name(self) -> str:
        return f"choice:{self.name}"


@dataclass(frozen=True)
class Shown:
    """Values that a form showed, and when."""

    values: dict[str, Any]
    at: dt.datetime


class UnmarkedForm(ModelForm):
    """Mixin for a form class: refuses what was sent without the mark, since it could overwrite changes by others."""

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        text = _("Nothing was saved, because the page did not say which values it had shown. Yours are still here.")
        if labels := [str(self[name].label) for name in self.changed_data]:
            differing = _("They differ from what is saved in: %(fields)s.") % {"fields": ", ".join(labels)}
            text = f"{text} {differing}"
        again = _("Check them, and save again.")
        self.add_error(None, f"{text} {again}")


class ComparedFormAdmin(PortalAdmin):
    """Base of the model admins whose forms say which values they showed."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method != "POST" or object_id is None or "_form_key" in request.GET:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            # Locked, so that two saves at once meet each other.
            row = self.model._default_manager.select_for_update().filter(pk=_key(self.model, object_id)).first()
            if row is None or not self.has_change_permission(request, row):
                return super().changeform_view(request, object_id, form_url, extra_context)
            posted = self._with_choices(request, row)
            shown = _read_mark(posted.POST.get("_version", ""))
            form_state(posted).is_unmarked = shown is None
            if shown and (page := self._comparison(posted, row, shown=shown)):
                return page
            return render_now(super().changeform_view(posted, object_id, form_url, extra_context))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row is not None and self.has_change_permission(request, row):
            # A form that was not valid still says what it showed at first.
            is_known = "_version" in request.POST and not form_state(request).is_unmarked
            context["version"] = request.POST["_version"] if is_known else self._mark(request, row)
            context["is_compared"] = True
        return super().render_change_form(request, context, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (UnmarkedForm, form), {}) if form_state(request).is_unmarked else form

    def _form(self, request: HttpRequest, row: models.Model, data: QueryDict | None = None) -> ModelForm:
        fresh = self.model._default_manager.get(pk=row.pk)
        return self.get_form(request, fresh, change=True)(data, request.FILES if data else None, instance=fresh)

    def _mark(self, request: HttpRequest, row: models.Model) -> str:
        """Return the signed mark of what the form shows."""
        at = timezone.now().timestamp()
        values = {bound.name: _plain(bound.initial) for bound in _fields(self._form(request, row))}
        return signing.dumps({"values": values, "at": at}, salt=_SALT, compress=True)

    def _comparison(self, request: HttpRequest, row: models.Model, *, shown: Shown) -> HttpResponse | None:
        """Return the page with both versions, or None if nobody else has saved what the form would overwrite."""
        stored, mine = self._form(request, row), self._form(request, row, request.POST)
        changed = {bound.name for bound in _fields(stored) if _plain(bound.initial) != shown.values.get(bound.name)}
        if not changed or not mine.is_valid():
            # What is not valid is shown again, and still says what it showed at first.
            return None
        changed &= set(mine.changed_data)
        compared = [self._compare(bound, mine, shown.values) for bound in _fields(stored) if bound.name in changed]
        if not compared:
            return None
        newest = last_save(row, since=shown.at)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Someone else has saved a newer version"),
            "opts": self.opts,
            "item": row,
            "compared": compared,
            "name": full_name_or_username(newest.user) if newest else "",
            "saved_at": newest.action_time if newest else None,
            "my_data": encode_form(request.POST),
            "version": self._mark(request, row),
            "change_url": change_url(row),
        }
        return TemplateResponse(request, "admin/compared_form.html", context).render()

    def _compare(self, bound: BoundField, mine: ModelForm, shown: dict[str, Any]) -> ComparedField:
        typed = mine.cleaned_data.get(bound.name)
        is_touched = _plain(typed) != shown.get(bound.name)
        return ComparedField(
            bound.name,
            str(bound.label),
            theirs=_in_words(bound, bound.initial),
            mine=_in_words(mine[bound.name], typed),
            choice="" if is_touched else THEIRS,
        )

    def _with_choices(self, request: HttpRequest, row: models.Model) -> HttpRequest:
        """Return the request as if the form had been filled in with what was chosen on the page with both versions."""
        if "_mine" not in request.POST:
            return request
        fields = QueryDict(request.POST["_mine"], mutable=True)
        chosen = {name.removeprefix("choice:"): side for name, side in request.POST.items() if side == THEIRS}
        for bound in _fields(self._form(request, row)):
            if bound.name in chosen:
                _fill_in(fields, bound)
        # Only what was decided on the page counts as seen.
        fields["_version"] = request.POST.get("_version", "")
        return post_copy(request, fields, saved_item=form_state(request).saved_item)


def last_save(row: models.Model, *, since: dt.datetime) -> LogEntry | None:
    """Return the last save of a form of the row since then, None if it was changed in another way."""
    content_type = ContentType.objects.get_for_model(row)
    entries = LogEntry.objects.filter(content_type=content_type, object_id=str(row.pk), action_time__gte=since)
    return entries.select_related("user").order_by("-action_time", "-pk").first()


def _read_mark(mark: str) -> Shown | None:
    try:
        facts = signing.loads(mark, salt=_SALT)
    except signing.BadSignature:
        return None
    return Shown(facts["values"], dt.datetime.fromtimestamp(facts["at"], dt.UTC))


def _key(model: type[models.Model], object_id: str) -> Any:
    try:
        return model._meta.pk.to_python(unquote(object_id))
    except Exception:  # noqa: BLE001 - as the stock view: what is no key belongs to no row
        return None


def _fields(form: ModelForm) -> list[BoundField]:
    return [form[name] for name, field in form.fields.items() if not field.disabled]


def _plain(value: Any) -> Any:
    """Return the value as JSON has it, whether it comes from a row or from a form."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, dt.datetime):
        return value.replace(microsecond=0).astimezone(dt.UTC).isoformat()
    if value is None or value == "":
        return ""
    if isinstance(value, tuple):
        return "-".join(map(str, value))
    if isinstance(value, str | int | bool):
        return value
    if isinstance(value, Iterable):
        return sorted((_plain(each) for each in value), key=str)
    return str(value)


def _in_words(bound: BoundField, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value is None or value == "":
        return "–"
    queryset = getattr(bound.field, "queryset", None)
    if queryset is not None:
        keys = _plain(value)
        rows = queryset.filter(pk__in=keys if isinstance(keys, list) else [keys])
        return ", ".join(map(str, rows)) or "–"
    choices = {str(key): label for key, label in getattr(bound.field, "choices", [])}
    plain = _plain(value)
    if isinstance(plain, list):
        return ", ".join(str(choices.get(str(each), each)) for each in plain) or "–"
    return str(choices.get(str(plain), value if isinstance(value, str | int) else plain))


def _fill_in(fields: QueryDict, bound: BoundField) -> None:
    """Put the value of the row into the data of a form, as a browser would send it."""
    outer: Any = bound.field.widget
    widget: Any = outer.widget if isinstance(outer, RelatedFieldWidgetWrapper) else outer
    value = bound.value()
    # By its class: the type checker does not know the names of the parts.
    if issubclass(type(widget), MultiWidget):
        parts = zip(widget.widgets_names, widget.widgets, widget.decompress(value), strict=True)
        for suffix, part, piece in parts:
            fields[f"{bound.html_name}{suffix}"] = part.format_value(piece) or ""
    elif isinstance(widget, CheckboxInput):
        fields.pop(bound.html_name, None)
        if value:
            fields[bound.html_name] = "on"
    elif isinstance(_plain(value), list):
        fields.setlist(bound.html_name, [str(each) for each in _plain(value)])
    else:
        fields[bound.html_name] = str(_plain(value))
