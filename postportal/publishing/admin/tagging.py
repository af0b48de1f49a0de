"""List action that adds the same tags to several items."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from taggit.models import Tag, TaggedItem
from taggit.utils import parse_tags

from postportal.publishing.models import Publishable
from postportal.publishing.versions import revisions, snapshots

MAX_TAG_LENGTH = Tag._meta.get_field("name").max_length or 0
# Recent tags that are offered as buttons.
MAX_SUGGESTIONS, MAX_ROWS_READ = 8, 100


class TagsForm(forms.Form):
    add_tags = forms.CharField(
        label=gettext_lazy("Tags to add"),
        max_length=300,
        help_text=gettext_lazy("Separate tags with commas. Existing tags are kept."),
    )

    def clean_add_tags(self) -> list[str]:
        names = [name.strip() for name in parse_tags(self.cleaned_data["add_tags"].replace("，", ",") + ",")]
        names = [name for name in names if name]
        if not names:
            raise ValidationError(_("Enter at least one tag."))
        if any(len(name) > MAX_TAG_LENGTH for name in names):
            raise ValidationError(_("A tag can have at most %(count)s characters.") % {"count": MAX_TAG_LENGTH})
        return names


@admin.action(description=gettext_lazy("Add tags…"), permissions=["change"])
def tag_selected(model_admin: Any, request: HttpRequest, rows: Any) -> HttpResponse | None:
    """Show what will happen to each row, then add the tags."""
    changeable = [row for row in rows if model_admin.has_change_permission(request, row)]
    form = TagsForm(request.POST if "add_tags" in request.POST and changeable else None)
    if not form.is_valid():
        unchangeable = [row for row in rows if row not in changeable]
        context = _confirmation_context(model_admin, request, changeable, form) | {"unchangeable": unchangeable}
        return TemplateResponse(request, "admin/publishing/tag_confirmation.html", context)
    done = sum(_add_tags(row, form.cleaned_data["add_tags"], by=request.user) for row in changeable)
    text = ngettext("Tags were added to %(count)s item.", "Tags were added to %(count)s items.", done) % {"count": done}
    model_admin.message_user(request, text, messages.SUCCESS if done else messages.INFO)
    if done and any(row.is_edited_in_edition for row in changeable):
        model_admin.message_user(
            request, _("Readers will see the new tags of live items once you publish them."), messages.INFO
        )
    return None


def _confirmation_context(
    model_admin: Any, request: HttpRequest, rows: list[Publishable], form: TagsForm
) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "title": _("Add tags"),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "live": [row for row in rows if row.is_edited_in_edition],
        "drafts": [row for row in rows if not row.is_edited_in_edition],
        "form": form,
        "recent_tags": _recent_tags(),
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }


def _recent_tags() -> list[str]:
    names = TaggedItem.objects.order_by("-pk").values_list("tag__name", flat=True)[:MAX_ROWS_READ]
    return list(dict.fromkeys(names))[:MAX_SUGGESTIONS]


def _add_tags(item: Publishable, names: list[str], *, by: Any) -> bool:
    """Add the tags as a save of the form does: those of a live item go into its draft. Return True if a tag is new."""
    revisions.record_outside_change(item)
    content = revisions.current_content(item)
    if item.is_edited_in_edition:
        tags = sorted({*content["tags"]["tags"], *names})
        content = {**content, "tags": {**content["tags"], "tags": tags}}
    else:
        item.tags.add(*names)  # type: ignore[attr-defined]
        content = snapshots.serialize(type(item)._default_manager.get(pk=item.pk))
    return (
        revisions.record_revision(item, content, by=by, note=_("Tags: %(names)s") % {"names": ", ".join(names)})
        is not None
    )
