"""Copies of items, templates, and translations with their original beside them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.admin.panels import ItemPanel
from postportal.publishing.models import ItemTemplate, Publishable, Revision
from postportal.publishing.versions import copying, revisions, snapshots
from postportal.publishing.versions.comparison import differences
from postportal.publishing.workflow import translations
from postportal.staff.permissions import change_url, has_model_permission


class TemplateForm(forms.Form):
    """Asks for the name of a new template of a kind of items."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)

    def __init__(self, data: Any = None, *, model: type[Publishable]) -> None:
        super().__init__(data, auto_id="id_template_%s")
        self.model = model

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if ItemTemplate.objects.of_model(self.model).filter(name=name).exists():
            raise ValidationError(_("Another template has this name. Choose another."))
        return name


class CopiesPanel(ItemPanel):
    def urls(self) -> list[URLPattern]:
        return [
            self.path("templates/<int:key>/new/", self.from_template_view, "from_template"),
            self.path("templates/<int:key>/remove/", self.remove_template_view, "remove_template"),
            self.path("<path:object_id>/duplicate/", self.duplicate_view, "duplicate"),
            self.path("<path:object_id>/save-as-template/", self.save_template_view, "save_template"),
            self.path("<path:object_id>/translate/<slug:language>/", self.translate_view, "translate"),
            self.path("<path:object_id>/original/", self.original_view, "original"),
        ]

    def context(self, request: HttpRequest, item: Publishable | None) -> dict[str, Any]:
        if item is None:
            return {}
        may_add = has_model_permission(request.user, "add", item)
        is_translated = translations.is_translated(self.model)
        languages = translations.missing_languages(item) if may_add and is_translated else []
        return {
            "duplicate_url": self.url("duplicate", item.pk) if may_add else "",
            "save_template_url": self.url("save_template", item.pk) if may_add else "",
            "template_form": TemplateForm(model=self.model) if may_add else None,
            "translate_urls": [(self.url("translate", item.pk, code), name) for code, name in languages],
            "original_url": self.url("original", item.pk) if getattr(item, "translation_of_id", None) else "",
        }

    def templates(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Return the templates of the model for the list, with their URLs."""
        if not self.model_admin.has_add_permission(request):
            return []
        return [
            {
                "name": template.name,
                "url": self.url("from_template", template.pk),
                "remove_url": self.url("remove_template", template.pk)
                if template.is_removable_by(request.user)
                else "",
            }
            for template in ItemTemplate.objects.of_model(self.model).for_menu()
        ]

    def duplicate_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def create(item: Any) -> Publishable:
            content = revisions.current_content(item)
            changes = copying.copied_title(content, self.model)
            content = copying.copied_content(self.model, content, changes=changes)
            origin = _("Copy of “%(item)s”") % {"item": item}
            return copying.create_draft(self.model, content, by=request.user, origin=origin)

        return self._create(request, object_id, create, done=_("Copy created as a draft."))

    def translate_view(self, request: HttpRequest, object_id: str, language: str) -> HttpResponse:
        def create(item: Any) -> Publishable:
            if not translations.is_translated(self.model) or language not in dict(translations.missing_languages(item)):
                raise Http404
            origin = _("Translation of “%(item)s”") % {"item": item}
            return translations.translate(item, language, by=request.user, origin=origin)

        return self._create(request, object_id, create, done=_("Draft created. Translate its texts."))

    def save_template_view(self, request: Any, object_id: str) -> HttpResponse:
        item = self._item_to_copy(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = TemplateForm(request.POST, model=self.model)
        if not form.is_valid():
            return self.form_response(request, item, {"template_form": form})
        ItemTemplate.objects.create(
            content_type=ContentType.objects.get_for_model(self.model),
            name=form.cleaned_data["name"],
            content=copying.copied_content(self.model, revisions.current_content(item)),
            created_by=request.user,
        )
        self._say(request, _("The template “%(name)s” was saved.") % form.cleaned_data, messages.SUCCESS)
        return HttpResponseRedirect(change_url(item))

    def from_template_view(self, request: HttpRequest, key: int) -> HttpResponse:
        if not self.model_admin.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        template = self._template_or_404(key)
        # Copied once more: rows may have been added to the model since, and keys are used once.
        content = copying.copied_content(self.model, template.content)
        origin = _("From the template “%(name)s”") % {"name": template.name}
        return self._open(request, lambda: copying.create_draft(self.model, content, by=request.user, origin=origin))

    def remove_template_view(self, request: HttpRequest, key: int) -> HttpResponse:
        template = self._template_or_404(key)
        if not (self.model_admin.has_add_permission(request) and template.is_removable_by(request.user)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        template.delete()
        self._say(request, _("The template “%(name)s” was removed.") % {"name": template.name}, messages.SUCCESS)
        return HttpResponseRedirect(self.model_admin.changelist_url())

    def original_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show a translation beside its original, and what has changed in that since they were compared."""
        item = self.get_item_or_404(request, object_id)
        if not self.model_admin.has_view_permission(request, item):
            raise PermissionDenied
        original = getattr(item, "translation_of", None)
        if original is None:
            raise Http404
        may_mark = self.can_write(request, item) or has_model_permission(request.user, "publish", item)
        if request.method == "POST":
            if not may_mark:
                raise PermissionDenied
            translations.mark_as_compared(item)
            self._say(request, _("The translation is marked as up to date."), messages.SUCCESS)
            return HttpResponseRedirect(self.url("original", item.pk))
        compared = Revision.objects.of(original).filter(number=item.translated_version or 0).first()
        changed = differences(self.model, compared.content, revisions.current_content(original)) if compared else []
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": _("Original and translation"),
            "opts": self.opts,
            "media": self.model_admin.media,
            "item": item,
            "original": original,
            "is_compared": compared is not None,
            "differences": changed,
            "sides": _texts_side_by_side(original, item),
            "may_mark": may_mark,
            "change_url": change_url(item),
            "original_change_url": change_url(original),
        }
        return TemplateResponse(request, "admin/publishing/original.html", context)

    def _create(
        self, request: HttpRequest, object_id: str, create: Callable[[Any], Publishable], *, done: str
    ) -> HttpResponse:
        item = self._item_to_copy(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return self._open(request, lambda: create(item), done=done)

    def _open(self, request: HttpRequest, create: Callable[[], Publishable], *, done: str = "") -> HttpResponse:
        """Create an item and show its form, or say why there is none."""
        try:
            item = create()
        except ValidationError as error:
            self._say(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(self.model_admin.changelist_url())
        if done:
            self._say(request, done, messages.SUCCESS)
        return HttpResponseRedirect(change_url(item))

    def _item_to_copy(self, request: HttpRequest, object_id: str) -> Any:
        item = self.get_item_or_404(request, object_id)
        may_view = self.model_admin.has_view_permission(request, item)
        if not (may_view and has_model_permission(request.user, "add", item)):
            raise PermissionDenied
        return item

    def _template_or_404(self, key: int) -> ItemTemplate:
        template = ItemTemplate.objects.of_model(self.model).filter(pk=key).first()
        if template is None:
            raise Http404
        return template

    def _say(self, request: HttpRequest, text: str, level: int) -> None:
        self.model_admin.message_user(request, text, level)


def _texts_side_by_side(*items: Any) -> list[dict[str, Any]]:
    """Return the texts of the items as their editors see them, field by field. The rows are written for it, which
    cleans them, and rolled back."""
    texts: list[list[Any]] = []
    for item in items:
        row = type(item)._default_manager.get(pk=item.pk)
        with snapshots.dry_run():
            snapshots.apply_content(row, revisions.current_content(item), is_for_form=True)
        texts.append([_shown(row, name) for name in ("title", "standfirst", "body")])
    labels = [capfirst(str(items[0]._meta.get_field(name).verbose_name)) for name in ("title", "standfirst", "body")]
    return [{"label": label, "texts": each} for label, each in zip(labels, zip(*texts, strict=True), strict=True)]


def _shown(row: Any, name: str) -> Any:
    value = getattr(row, name)
    # Sanitised when the row was saved.
    return mark_safe(value) if getattr(row._meta.get_field(name), "is_rich_text", False) else value  # noqa: S308
