"""The list and the form of tags, whose model belongs to django-taggit."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import F, Func, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from taggit.admin import TagAdmin as TaggitAdmin  # noqa: F401  Registers its own admin, which is then replaced.
from taggit.models import Tag, TaggedItem

from postportal.publishing.admin.deleted import DeletedPanel
from postportal.staff.change_list import LoadingChangeList
from postportal.staff.compared_forms import ComparedFormAdmin
from postportal.staff.model_admin import ChildRowInline
from postportal.tags.forms import TagForm
from postportal.tags.merging import count_tagged_items, merge_tags
from postportal.tags.models import TagSpelling

admin.site.unregister(Tag)

# The number of items with the tag. No aggregate: the rows of its index are only counted, and not grouped.
USES = Subquery(
    TaggedItem.objects.filter(tag=OuterRef("pk")).order_by().annotate(n=Func(F("pk"), function="COUNT")).values("n")
)


class TagChangeList(LoadingChangeList):
    """Counts the items of the tags of one page, in one query."""

    def load_for_rows(self, rows: list[Any]) -> None:
        tags = Tag.objects.filter(pk__in=[tag.pk for tag in rows]).order_by()
        uses = dict(tags.annotate(uses=USES).values_list("pk", "uses"))
        for tag in rows:
            tag.uses = uses.get(tag.pk, 0)


class TagChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, tag: Any) -> str:
        uses = ngettext("%(count)s item", "%(count)s items", tag.uses) % {"count": tag.uses}
        return f"{tag.name} ({uses})"


class MergeForm(forms.Form):
    """Asks which of the tags to keep; by default the one that most items have."""

    def __init__(self, tags: QuerySet[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most_used = max(tags, key=lambda tag: tag.uses)
        self.fields["kept"] = TagChoiceField(
            tags, label=_("Tag to keep"), widget=forms.RadioSelect, empty_label=None, initial=most_used.pk
        )


@admin.action(description=_("Merge tags…"), permissions=["delete"])
def merge_selected(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
    """Ask which of the tags to keep, then merge the others into it."""
    tags = rows.annotate(uses=USES).order_by("name", "pk")
    if len(tags) < 2:
        model_admin.message_user(request, _("Select at least two tags to merge."), messages.ERROR)
        return None
    form = MergeForm(tags, request.POST if "kept" in request.POST else None)
    if not form.is_valid():
        context = {
            **model_admin.admin_site.each_context(request),
            "title": _("Merge tags"),
            "opts": model_admin.opts,
            "media": model_admin.media,
            "tags": tags,
            "item_count": count_tagged_items(tags),
            "form": form,
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/taggit/tag/merge_confirmation.html", context)
    kept = form.cleaned_data["kept"]
    count = merge_tags(kept, [tag for tag in tags if tag != kept], request=request)
    text = ngettext(
        "The tags were merged into “%(name)s”, which %(count)s item now has.",
        "The tags were merged into “%(name)s”, which %(count)s items now have.",
        count,
    )
    model_admin.message_user(request, text % {"name": kept, "count": count}, messages.SUCCESS)
    return None


class MergedNameInline(ChildRowInline):
    """The names of tags that were merged into this one. Without its name, a tag can be added again."""

    model = TagSpelling
    fields = ["folded"]
    readonly_fields = ["folded"]
    verbose_name = _("merged tag")
    verbose_name_plural = _("merged tags")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(is_own=False)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("taggit.view_tag"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("taggit.delete_tag"))


@admin.register(Tag)
class TagAdmin(ComparedFormAdmin):
    panels = [DeletedPanel, *ComparedFormAdmin.panels]
    form = TagForm
    list_display = ["name", "slug", "times_used"]
    search_fields = ["name"]
    ordering = ["name"]
    actions = [merge_selected]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[TagChangeList]:
        return TagChangeList

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Return the list of merged tags, if there are any."""
        has_merged = obj is not None and obj.spellings.filter(is_own=False).exists()
        return [MergedNameInline] if has_merged else []

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find tags by their names and by those of the tags that were merged into them."""
        found = TagSpelling.objects.containing(search_term)
        return (queryset.filter(pk__in=found.values("tag")) if search_term else queryset), False

    @admin.display(description=_("times used"), ordering=USES)
    def times_used(self, tag: Any) -> int:
        return int(tag.uses)
