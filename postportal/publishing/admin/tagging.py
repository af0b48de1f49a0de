"""Giving several items of a list the same tags."""

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

LONGEST = Tag._meta.get_field("name").max_length or 0
# Offered to be chosen by one click: those given last.
OFFERED, LOOKED_THROUGH = 8, 100


class TagsForm(forms.Form):
    add_tags = forms.CharField(
        label=gettext_lazy("Tags to add"),
        max_length=300,
        help_text=gettext_lazy("One, or several with commas between them. The tags that are there stay."),
    )

    def clean_add_tags(self) -> list[str]:
        names = [name.strip() for name in parse_tags(self.cleaned_data["add_tags"].replace("，", ",") + ",")]
        names = [name for name in names if name]
        if not names:
            raise ValidationError(_("Write at least one tag."))
        if any(len(name) > LONGEST for name in names):
            raise ValidationError(_("A tag has no more than %(count)s characters.") % {"count": LONGEST})
        return names


@admin.action(description=gettext_lazy("Add tags…"), permissions=["change"])
def tag_selected(model_admin: Any, request: HttpRequest, rows: Any) -> HttpResponse | None:
    """Shows what will happen to which first."""
    in_reach = [row for row in rows if model_admin.has_change_permission(request, row)]
    form = TagsForm(request.POST if "add_tags" in request.POST and in_reach else None)
    if not form.is_valid():
        left_alone = [row for row in rows if row not in in_reach]
        context = _context(model_admin, request, in_reach, form) | {"left_alone": left_alone}
        return TemplateResponse(request, "admin/publishing/tag_confirmation.html", context)
    done = sum(_tag(row, form.cleaned_data["add_tags"], by=request.user) for row in in_reach)
    text = ngettext("%(count)s item has new tags.", "%(count)s items have new tags.", done) % {"count": done}
    model_admin.message_user(request, text, messages.SUCCESS if done else messages.INFO)
    if done and any(row.is_edited_beside for row in in_reach):
        model_admin.message_user(
            request, _("Readers see the tags of what is live once it is published."), messages.INFO
        )
    return None


def _context(model_admin: Any, request: HttpRequest, rows: list[Publishable], form: TagsForm) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "title": _("Add tags"),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "live": [row for row in rows if row.is_edited_beside],
        "drafts": [row for row in rows if not row.is_edited_beside],
        "form": form,
        "given_last": _given_last(),
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }


def _given_last() -> list[str]:
    names = TaggedItem.objects.order_by("-pk").values_list("tag__name", flat=True)[:LOOKED_THROUGH]
    return list(dict.fromkeys(names))[:OFFERED]


def _tag(item: Publishable, names: list[str], *, by: Any) -> bool:
    """By the same way as a save of the form: of what readers know the tags wait beside it. True where that is new."""
    revisions.note_found(item)
    content = revisions.current_content(item)
    if item.is_edited_beside:
        tags = sorted({*content["tags"]["tags"], *names})
        content = {**content, "tags": {**content["tags"], "tags": tags}}
    else:
        item.tags.add(*names)  # type: ignore[attr-defined]
        content = snapshots.take(type(item)._default_manager.get(pk=item.pk))
    return revisions.keep(item, content, by=by, note=_("Tags: %(names)s") % {"names": ", ".join(names)}) is not None
