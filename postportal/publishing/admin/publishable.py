"""Lists and forms of what is published: who may do what, and how it stands."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from postportal.publishing.admin.actions import publish_selected, unpublish_selected
from postportal.publishing.admin.comments import CommentsAdmin
from postportal.publishing.admin.history import HistoryAdmin
from postportal.publishing.admin.membership import ReleaseMembershipAdmin
from postportal.publishing.admin.presence import PresenceAdmin
from postportal.publishing.admin.preview_links import PreviewLinksAdmin
from postportal.publishing.admin.previews import PreviewAdmin
from postportal.publishing.admin.stale_pages import StalePageAdmin
from postportal.publishing.models import Edition, PubliclyTimed, Publishable, State
from postportal.publishing.models.edition import Stage
from postportal.publishing.versions.revisions import open_edition
from postportal.publishing.workflow.rules import is_allowed
from postportal.publishing.workflow.status import Status, status_of

PUBLISHING_FIELDSET: tuple[Any, Any] = (
    _("Dates to keep"),
    {"fields": ["expire_at", "review_on"], "classes": ["collapse"]},
)
CORRECTION_FIELDSET: tuple[Any, Any] = (
    _("Correction"),
    {"fields": ["correction", "correction_on"], "classes": ["collapse"]},
)
VISIBILITY_FIELDSET: tuple[Any, Any] = (
    _("Visible to readers"),
    {"fields": ["publish_at", "expire_at"], "classes": ["collapse"]},
)


class PubliclyTimedAdmin(ReleaseMembershipAdmin):
    """Something that comes and goes by itself."""

    @admin.display(description=_("visibility"), ordering="publish_at")
    def visibility(self, row: PubliclyTimed) -> SafeString:
        return status_badge(status_of(row, timezone.now()))

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Only where readers would see it, too."""
        if obj is None or not obj.pk or not hasattr(obj, "get_absolute_url") or not obj.is_visible(timezone.now()):
            return None
        try:
            return str(obj.get_absolute_url())
        except NoReverseMatch:
            return None  # An address no form lets pass can still be in the database.


class PublishableAdmin(
    HistoryAdmin, PreviewAdmin, PreviewLinksAdmin, CommentsAdmin, PresenceAdmin, StalePageAdmin, PubliclyTimedAdmin
):
    """Something that is written by one and published by another."""

    actions = [publish_selected, unpublish_selected]
    change_form_template = "admin/publishing/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the stage of the work on each row, in the same query."""
        rows: QuerySet[Any] = super().get_queryset(request)
        editions = Edition.objects.of_model(self.model).open().filter(object_id=OuterRef("pk"))
        stage = Subquery(editions.values("stage")[:1], output_field=CharField())
        return cast("QuerySet[Any]", rows.annotate(edition_stage=stage))

    @admin.display(description=_("visibility"), ordering="publish_at")
    def visibility(self, row: PubliclyTimed) -> SafeString:
        shown = status_badge(status_of(row, timezone.now()))
        stage, state = getattr(row, "edition_stage", None), getattr(row, "state", "")
        if stage is None or (stage == Stage.DRAFT and state == State.DRAFT) or state == State.SCHEDULED:
            return shown
        beside = format_html('<span class="badge badge-{}">{}</span>', stage, Stage(stage).label)
        return beside if state == State.DRAFT else format_html("{} + {}", shown, beside)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def has_control_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.control_{self.opts.model_name}")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._can_edit_item(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What readers know leaves no word behind when it is deleted, so only who may take it down may do that, too."""
        is_known = obj is not None and obj.state not in (State.DRAFT, State.SCHEDULED)
        may_delete = super().has_delete_permission(request, obj) and self._can_edit_item(request, obj)
        return may_delete and (not is_known or is_allowed(request.user, obj, "control"))

    def _can_edit_item(self, request: HttpRequest, obj: Publishable | None) -> bool:
        """Who may not publish works on own drafts only, and nobody on what is scheduled."""
        if obj is None:
            return True
        edition = open_edition(obj)
        stage = edition.stage if edition else Stage.DRAFT
        if stage == Stage.SCHEDULED or (obj.state == State.SCHEDULED):
            return False
        if is_allowed(request.user, obj, "publish"):
            return True
        return obj.state == State.DRAFT and obj.created_by_id == request.user.pk and stage == Stage.DRAFT

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)


def status_badge(status: Status) -> SafeString:
    return format_html('<span class="badge badge-{}">{}</span>', status.value, status.label)
