"""Base classes for the admin of timed rows and of items: permissions, status and panels."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import CharField, Field, ForeignKey, OuterRef, QuerySet, Subquery
from django.forms import Select
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from postportal.publishing.admin import refused_steps
from postportal.publishing.admin.actions import publish_selected, unpublish_selected
from postportal.publishing.admin.bulk_steps import approve_selected, submit_selected, withdraw_selected
from postportal.publishing.admin.checks import ChecksPanel
from postportal.publishing.admin.comments import CommentsPanel
from postportal.publishing.admin.copies import CopiesPanel
from postportal.publishing.admin.deleted import DeletedPanel
from postportal.publishing.admin.history import HistoryPanel
from postportal.publishing.admin.item_columns import ItemChangeList, ItemColumns, with_times
from postportal.publishing.admin.membership import ReleaseMembershipPanel
from postportal.publishing.admin.people import PeoplePanel
from postportal.publishing.admin.presence import PresencePanel
from postportal.publishing.admin.preview_links import PreviewLinksPanel
from postportal.publishing.admin.previews import PreviewPanel
from postportal.publishing.admin.steps import StepsPanel
from postportal.publishing.admin.versioned import VersionedAdmin
from postportal.publishing.models import Edition, PubliclyTimed, Publishable, Release, State
from postportal.publishing.models.edition import Stage
from postportal.publishing.versions.revisions import open_edition, stage_of
from postportal.publishing.workflow import authors
from postportal.publishing.workflow.status import Status, status_of
from postportal.staff.date_inputs import GrowingTextarea
from postportal.staff.form_layout import FormLayout
from postportal.staff.form_state import form_state
from postportal.staff.model_admin import PortalAdmin
from postportal.staff.permissions import has_model_permission
from postportal.staff.row_limits import allowed_keys, is_within_limits, limited_column

# Written large, without a box.
GROWING_FIELDS = ("title", "standfirst")
PUBLISHING_FIELDSET: tuple[Any, Any] = (
    _("Expiry and review"),
    {"fields": ["expire_at", "review_on"], "classes": ["collapse"]},
)
CORRECTION_FIELDSET: tuple[Any, Any] = (
    _("Correction"),
    {"fields": ["correction", "correction_on"], "classes": ["collapse"]},
)
VISIBILITY_FIELDSET: tuple[Any, Any] = (
    _("Visibility"),
    {"fields": ["publish_at", "expire_at"], "classes": ["collapse"]},
)


class PubliclyTimedAdmin(VersionedAdmin):
    """Base for rows that are public from one time on and, perhaps, until another."""

    panels = [HistoryPanel, DeletedPanel, PresencePanel, ReleaseMembershipPanel, *PortalAdmin.panels]

    @admin.display(description=_("visibility"), ordering="publish_at")
    def visibility(self, row: PubliclyTimed) -> SafeString:
        return status_badge(status_of(row, timezone.now()))

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Return the public URL of the row, None where readers would not see it."""
        if obj is None or not obj.pk or not hasattr(obj, "get_absolute_url") or not obj.is_visible(timezone.now()):
            return None
        try:
            return str(obj.get_absolute_url())
        except NoReverseMatch:
            return None  # The database may hold a slug that no form accepts.

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse for the rows of a scheduled release."""
        release = getattr(obj, "release", None)
        is_scheduled = release is not None and release.stage == Release.Stage.SCHEDULED
        return super().has_delete_permission(request, obj) and not is_scheduled


class PublishableAdmin(ItemColumns, PubliclyTimedAdmin):
    """Base for items: what one person writes and another publishes."""

    panels = [
        HistoryPanel,
        DeletedPanel,
        PreviewPanel,
        PreviewLinksPanel,
        ChecksPanel,
        CommentsPanel,
        PeoplePanel,
        PresencePanel,
        StepsPanel,
        CopiesPanel,
        ReleaseMembershipPanel,
        *PortalAdmin.panels,
    ]
    # The list folds all but the first three.
    actions = [publish_selected, unpublish_selected, submit_selected, approve_selected, withdraw_selected]
    change_form_template = "admin/publishing/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Annotate each row with the stage of its open edition, in the same query."""
        rows: QuerySet[Any] = super().get_queryset(request)
        editions = Edition.objects.of_model(self.model).open().filter(object_id=OuterRef("pk"))
        stage = Subquery(editions.values("stage")[:1], output_field=CharField())
        return cast("QuerySet[Any]", rows.annotate(edition_stage=stage))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        panels = [panel for panel in self.panel_objects if isinstance(panel, CopiesPanel)]
        templates = panels[0].templates(request) if panels and request.method == "GET" else []
        return super().changelist_view(request, {"item_templates": templates, **(extra_context or {})})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ItemChangeList]:
        return ItemChangeList

    @admin.display(description=_("visibility"), ordering="publish_at")
    def visibility(self, row: PubliclyTimed) -> SafeString:
        return with_times(self._badges(row), row)

    def _badges(self, row: PubliclyTimed) -> SafeString:
        live_badge = status_badge(status_of(row, timezone.now()))
        stage, state = getattr(row, "edition_stage", None), getattr(row, "state", "")
        if stage is None or (stage == Stage.DRAFT and state == State.DRAFT) or state == State.SCHEDULED:
            return live_badge
        edition_badge = format_html('<span class="badge badge-{}">{}</span>', stage, Stage(stage).label)
        return edition_badge if state == State.DRAFT else format_html("{} + {}", live_badge, edition_badge)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def has_file_permission(self, request: HttpRequest) -> bool:
        return self.has_publish_permission(request) or self.has_change_permission(request)

    def may_file(self, request: HttpRequest, obj: Any) -> bool:
        """Return True if the user may change tags, section and source at once: whoever may publish, at any stage, and
        writers in their own drafts. What readers see changes only through a review for them."""
        may_write = not obj.is_edited_in_edition and self.has_change_permission(request, obj)
        return has_model_permission(request.user, "publish", obj) or may_write

    def has_control_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.control_{self.opts.model_name}")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._can_edit_item(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse what readers have seen to users who may not unpublish: a deleted item leaves no notice behind."""
        is_known = obj is not None and obj.state not in (State.DRAFT, State.SCHEDULED)
        may_delete = super().has_delete_permission(request, obj) and self._can_edit_item(request, obj)
        return may_delete and (not is_known or has_model_permission(request.user, "control", obj))

    def _can_edit_item(self, request: HttpRequest, obj: Publishable | None) -> bool:
        """Return True if the user may work on this item: on a scheduled one nobody, on the items of others only users
        who may publish. Authors correct their own live items as unpublished changes, until they submit them."""
        if obj is None:
            return True
        if not self._is_in_reach(request, obj):
            return False
        stage = _stage_of(request, obj)
        if stage == Stage.SCHEDULED or (obj.state == State.SCHEDULED):
            return False
        if has_model_permission(request.user, "publish", obj):
            return True
        is_written_here = obj.state == State.DRAFT or obj.is_edited_in_edition
        return is_written_here and stage == Stage.DRAFT and self.is_author(request, obj)

    def _is_in_reach(self, request: HttpRequest, obj: Publishable) -> bool:
        """Return True if the limits of the account allow the item, also as its unpublished changes have it."""
        if allowed_keys(request.user, obj) is None:
            return True
        known, key = form_state(request).in_reach, (obj._meta.label, obj.pk)
        if key not in known or request.method != "GET":
            edition = open_edition(obj)
            known[key] = is_within_limits(request.user, obj, content=edition.content if edition else None)
        return known[key]

    def is_author(self, request: HttpRequest, obj: Publishable) -> bool:
        known, key = form_state(request).authored, (obj._meta.label, obj.pk)
        if key not in known:
            known[key] = authors.is_author(obj, request.user)
        return known[key]

    def forget_author(self, request: HttpRequest, obj: Publishable) -> None:
        form_state(request).authored.pop((obj._meta.label, obj.pk), None)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Show title and standfirst as wide as their text: fields that grow with it."""
        if db_field.name in GROWING_FIELDS and "widget" not in kwargs:
            kwargs["widget"] = GrowingTextarea(attrs={"class": f"vTextField grows cover-{db_field.name}"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only the rows to which the account is limited, if it is."""
        keys = allowed_keys(request.user, self.model) if db_field.name == limited_column(self.model) else None
        if keys is not None:
            kwargs |= {"queryset": db_field.remote_field.model._default_manager.filter(pk__in=keys), "widget": Select}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        refused_steps.mark_fields(request, context, kwargs.get("obj"))
        context["layout"] = FormLayout(context["adminform"], context["inline_admin_formsets"])
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)


def _stage_of(request: HttpRequest, item: Publishable) -> Stage:
    """Return the stage of the item's open edition. Django asks some twenty times for a page what the user may do."""
    stages = form_state(request).stages
    key = (item._meta.label, item.pk)
    # A request that writes may be what changes it.
    if key not in stages or request.method != "GET":
        stages[key] = stage_of(item) or Stage.DRAFT
    return Stage(stages[key])


def status_badge(status: Status) -> SafeString:
    return format_html('<span class="badge badge-{}">{}</span>', status.value, status.label)
