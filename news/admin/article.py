from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news.admin.name_suggestions import NameSuggestionsPanel
from news.models import Article, Mention
from postportal.publishing.admin import (
    CORRECTION_FIELDSET,
    PUBLISHING_FIELDSET,
    PublishableAdmin,
    add_tags,
    column_form,
    filing_action,
    remove_tags,
)
from postportal.publishing.workflow.status import StatusFilter
from postportal.staff.model_admin import ChildRowInline


class MentionInline(ChildRowInline):
    model = Mention
    fields = ["person", "organization", "label", "order"]
    verbose_name = _("person or organization in the story")
    verbose_name_plural = _("people and organizations in the story")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("person", "organization")


change_section = filing_action(
    "change_section",
    label=_("Change section…"),
    button=_("Change section"),
    form_class=lambda model: column_form(model, "section"),
)
change_source = filing_action(
    "change_source",
    label=_("Change source…"),
    button=_("Change source"),
    form_class=lambda model: column_form(model, "source"),
)


@admin.register(Article)
class ArticleAdmin(PublishableAdmin):
    panels = [NameSuggestionsPanel, *PublishableAdmin.panels]
    change_form_template = "admin/news/article/change_form.html"
    list_display = ["title", "visibility", "section", "dateline_on", "language"]
    list_filter = [StatusFilter, "language", "section", "is_featured"]
    list_select_related = ["section"]
    date_hierarchy = "dateline_on"
    search_fields = ["folded_title", "slug", "external_id"]
    search_help_text = _("Searches titles, URLs and external IDs.")
    ordering = ["-dateline_on", "-pk"]
    actions = [*PublishableAdmin.actions, add_tags, remove_tags, change_section, change_source]
    inlines = [MentionInline]
    fieldsets = [
        (None, {"fields": ["title", "standfirst", "body"]}),
        (_("Section and source"), {"fields": ["section", "source", "dateline_on", "location", "credit", "tags"]}),
        (_("Picture"), {"fields": ["lead_image", "is_featured"]}),
        PUBLISHING_FIELDSET,
        CORRECTION_FIELDSET,
        (_("URL and language"), {"fields": ["slug", "language", "translation_of"], "classes": ["collapse"]}),
    ]
