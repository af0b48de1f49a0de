from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from news.admin.name_suggestions import NameSuggestionsPanel
from news.models import Article, ArticleDocument, Mention
from postportal.audit.actions import Action
from postportal.audit.log import log_actions
from postportal.documents.inlines import AttachmentInline
from postportal.publishing.admin import (
    CORRECTION_FIELDSET,
    PUBLISHING_FIELDSET,
    AssignmentFilter,
    ChangedFilter,
    PictureFilter,
    PublishableAdmin,
    TagFilter,
    TranslationFilter,
    WorkFilter,
    WriterFilter,
    add_tags,
    change_language,
    column_form,
    filing_action,
    remove_tags,
)
from postportal.publishing.workflow.status import StatusFilter
from postportal.staff.folded_rows import FoldedRowInline
from postportal.staff.row_limits import within_limits
from postportal.staff.typed_filters import named_row_filter
from postportal.web.languages import localized_text


class MentionInline(FoldedRowInline):
    model = Mention
    fields = ["person", "organization", "label", "order", "shown_to_readers"]
    readonly_fields = ["shown_to_readers"]
    classes = ["facts"]
    verbose_name = _("person or organization in the story")
    verbose_name_plural = _("people and organizations in the story")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("person", "organization")

    @admin.display(description=_("shown to readers"))
    def shown_to_readers(self, row: Mention) -> str:
        if row.frozen_at is None:
            return gettext("As in the register, until publication.")
        return "; ".join(filter(None, [localized_text(row, "shown_name"), localized_text(row, "shown_title")]))


class ArticleDocumentInline(AttachmentInline):
    model = ArticleDocument


@admin.action(description=_("Refresh names from register"), permissions=["publish"])
def refresh_names(model_admin: Any, request: HttpRequest, articles: QuerySet[Article]) -> None:
    """Show in the selected articles what the register says today about the day of each."""
    pks = list(within_limits(request.user, articles).values_list("pk", flat=True))
    with transaction.atomic():
        count = Mention.objects.filter(article__in=pks).refresh()
        Article.objects.enqueue_changes(pks)
        log_actions(Action.CHANGE, Article.objects.filter(pk__in=pks), request=request, detail="names from register")
    text = ngettext("%(count)s name was refreshed.", "%(count)s names were refreshed.", count) % {"count": count}
    model_admin.message_user(request, text, messages.SUCCESS)


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
    list_display = [
        *("picture", "title", "visibility", "section", "writer", "changed", "dateline_on"),
        "language",
    ]
    list_display_links = ["title"]
    list_filter = [
        *(
            StatusFilter,
            WorkFilter,
            "section",
            AssignmentFilter,
            named_row_filter(Article, "source"),
            WriterFilter,
            TagFilter,
        ),
        *("language", TranslationFilter, ChangedFilter, PictureFilter, "is_featured"),
    ]
    list_select_related = ["section", "lead_image", "created_by"]
    date_hierarchy = "dateline_on"
    has_every_year = True
    has_indexed_titles = True
    search_fields = ["folded_title", "slug", "external_id"]
    search_help_text = _("Searches titles, texts, tags, names, sources, dates (2026-12) and URLs.")
    ordering = ["-dateline_on", "-pk"]
    actions = [
        *PublishableAdmin.actions[:2],
        add_tags,
        *PublishableAdmin.actions[2:],
        remove_tags,
        change_section,
        change_source,
        change_language,
        refresh_names,
    ]
    inlines = [MentionInline, ArticleDocumentInline]
    fieldsets = [
        (None, {"fields": ["title", "standfirst", "body"], "classes": ["cover"]}),
        (_("Picture"), {"fields": ["lead_image", "is_featured"], "classes": ["facts"]}),
        (_("Dateline and filing"), {"fields": ["dateline_on", "location", "section", "source"], "classes": ["facts"]}),
        (_("Tags"), {"fields": ["tags"], "classes": ["facts"]}),
        PUBLISHING_FIELDSET,
        CORRECTION_FIELDSET,
        (_("Credit line"), {"fields": ["credit"], "classes": ["collapse"]}),
        (_("URL and language"), {"fields": ["slug", "language", "translation_of"], "classes": ["collapse"]}),
    ]
