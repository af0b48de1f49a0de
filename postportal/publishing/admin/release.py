"""Releases: their items, what prevents publication, and their steps."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.admin.step_input import FormStepForm
from postportal.publishing.models import Release, Revision
from postportal.publishing.previews.as_of import can_look_ahead
from postportal.publishing.workflow import release_members, releases
from postportal.publishing.workflow.candidates import candidate_value, candidates, row_from_value
from postportal.publishing.workflow.definitions import STEPS
from postportal.publishing.workflow.publish_times import format_publish_time, personal_zone_name, suggest_publish_time
from postportal.publishing.workflow.rules import publish_time_errors
from postportal.staff.compared_forms import ComparedFormAdmin
from postportal.staff.form_state import get_copy
from postportal.staff.permissions import can_view, change_url, has_model_permission
from postportal.staff.unlikely_dates import warn_of_unlikely_dates
from postportal.staff.work_queues import kind_name

TIME_IDS = "id_step_%s"


class PublicationTimeForm(forms.Form):
    due_at = FormStepForm.base_fields["due_at"]


@admin.register(Release)
class ReleaseAdmin(ComparedFormAdmin):
    list_display = ["name", "stage_badge", "publication_time", "created_by"]
    list_filter = ["stage"]
    list_select_related = ["created_by"]
    search_fields = ["name", "note"]
    search_help_text = gettext_lazy("Searches names and notes.")
    ordering = ["-created_at", "-pk"]
    fields = ["name", "note"]
    change_form_template = "admin/publishing/release.html"

    def get_urls(self) -> list[Any]:
        def own(route: str, view: Any, name: str) -> Any:
            return path(route, self.admin_site.admin_view(view), name=f"publishing_release_{name}")

        return [
            own("<path:object_id>/members/<slug:move>/", self.member_view, "member"),
            own("<path:object_id>/step/<slug:step>/", self.step_view, "step"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("stage"), ordering="stage")
    def stage_badge(self, release: Release) -> SafeString:
        return format_html('<span class="badge badge-{}">{}</span>', release.stage, release.get_stage_display())

    @admin.display(description=gettext_lazy("publication time"), ordering="due_at")
    def publication_time(self, release: Release) -> str:
        at = release.due_at or release.published_at
        return format_publish_time(at) if at else "–"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse for published releases: they are history."""
        is_published = obj is not None and obj.stage == Release.Stage.PUBLISHED
        return super().has_change_permission(request, obj) and not is_published

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_open)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            # Only the fields of the form: the release may have been scheduled or published since the row was read.
            obj.save(update_fields=self.fields)
            return
        obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        release = kwargs.get("obj")
        if release is not None:
            context |= self._release_context(request, release)
        return super().render_change_form(request, context, *args, **kwargs)

    def _release_context(self, request: HttpRequest, release: Release) -> dict[str, Any]:
        user, now = request.user, timezone.now()
        due_at = timezone.localtime(suggest_publish_time(now))
        step = "schedule" if release.is_open else "unschedule"
        checks = releases.check_members(release, step, by=user, at=now, check_input=False)
        can_change = self.has_change_permission(request, release)
        members = [_MemberRow(check, user, is_checked=release.is_open) for check in checks]
        is_ready = bool(members) and not any(member.reasons for member in members)
        return {
            "release": release,
            "members": members,
            "is_published": release.stage == Release.Stage.PUBLISHED,
            "is_ready": is_ready,
            "clash": releases.find_clash(release, at=now) if is_ready and release.is_open else "",
            # It may name an item that has been removed since.
            "can_see_fault": can_look_ahead(user),
            "can_change_release": can_change,
            "candidates": candidates(user, now) if can_change and release.is_open else [],
            "schedule_form": PublicationTimeForm(initial={"due_at": due_at}, auto_id=TIME_IDS),
            "zone_name": personal_zone_name(),
            "scheduled_for": format_publish_time(release.due_at) if release.due_at else "",
            "published_on": format_publish_time(release.published_at) if release.published_at else "",
            "members_token": _members_token([check.member for check in checks]),
            "steps": {
                step.name: STEPS[step.name].label
                for step in releases.RELEASE_STEPS.values()
                if release.stage in step.start_stages
            },
        }

    def member_view(self, request: HttpRequest, object_id: str, move: str) -> HttpResponse:
        release = self._get_posted_release(request, object_id)
        if isinstance(release, HttpResponse):
            return release
        item = row_from_value(request.POST.get("member", ""))
        if move not in ("add", "remove"):
            raise Http404
        if item is None or not can_view(request.user, type(item)):
            self.message_user(request, _("Choose an item to add."), messages.ERROR)
            return self._redirect_to_form(release)
        if not (
            has_model_permission(request.user, "change", item) or has_model_permission(request.user, "publish", item)
        ):
            raise PermissionDenied
        self._try_action(request, lambda: _move_member(release, item, move, by=request.user))
        return self._redirect_to_form(release)

    def step_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        release = self._get_posted_release(request, object_id)
        if isinstance(release, HttpResponse):
            return release
        if step not in releases.RELEASE_STEPS:
            raise Http404
        form = PublicationTimeForm(request.POST, auto_id=TIME_IDS)
        due_at = form.cleaned_data["due_at"] if form.is_valid() else None
        shown = request.POST.get("_token", "")
        is_done = self._try_action(
            request, lambda: _perform_if_unchanged(step, release, by=request.user, due_at=due_at, shown=shown)
        )
        if is_done:
            if step == "schedule":
                warn_of_unlikely_dates(self, request, [form])
            return self._redirect_to_form(release)
        if step == "schedule" and form.is_valid():
            form.add_error("due_at", [*publish_time_errors(due_at, timezone.now())])
        elif step != "schedule":
            # What was typed is no reason why this was refused.
            form = PublicationTimeForm(initial={"due_at": request.POST.get("due_at", "")}, auto_id=TIME_IDS)
        shown_again = get_copy(request, panel_context={"schedule_form": form})
        return self.change_view(shown_again, object_id, form_url=change_url(release))

    def _get_posted_release(self, request: HttpRequest, object_id: str) -> Release | HttpResponse:
        release = self.get_object(request, object_id)
        if release is None:
            raise Http404
        if not self.has_change_permission(request):
            raise PermissionDenied
        return release if request.method == "POST" else HttpResponseNotAllowed(["POST"])

    def _try_action(self, request: HttpRequest, action: Callable[[], str]) -> bool:
        """Show the message that the action returns, or every reason why it was refused. Return True if it was done."""
        try:
            text = action()
        except ValidationError as error:
            for reason in error.messages:
                self.message_user(request, reason, messages.ERROR)
            return False
        self.message_user(request, text, messages.SUCCESS)
        return True

    def _redirect_to_form(self, release: Release) -> HttpResponse:
        return HttpResponseRedirect(change_url(release))


class _MemberRow:
    """A member as the user may see it: without its name where they may not view it."""

    def __init__(self, check: releases.MemberCheck, user: Any, *, is_checked: bool) -> None:
        item, self.edition = check.member.item, check.member.edition
        self.is_viewable = can_view(user, type(item))
        self.name = releases.visible_name(user, item)
        self.kind = kind_name(item)
        self.choice_value = candidate_value(item)
        self.url = change_url(item) if self.is_viewable else ""
        self.reasons = check.reasons if is_checked else []


def _move_member(release: Release, item: Any, move: str, *, by: Any) -> str:
    if move == "add":
        release_members.add_to_release(release, item, by=by)
        return _("“%(item)s” was added to the release “%(release)s”.") % {"item": item, "release": release}
    release_members.remove_from_release(release, item)
    return _("“%(item)s” was removed from the release.") % {"item": item}


@transaction.atomic
def _perform_if_unchanged(step: str, release: Release, *, by: Any, due_at: dt.datetime | None, shown: str) -> str:
    """Take the step if the release still has the items, in the versions, that the page showed. Locks them."""
    Release.objects.select_for_update().get(pk=release.pk)
    if shown != _members_token(release_members.members(release, lock=True)):
        raise ValidationError(
            _("An item in this release changed after you opened the page, so nothing was done. Check it and try again.")
        )
    done = releases.perform_release_step(step, release, by=by, due_at=due_at)
    values = {"release": done, "time": format_publish_time(done.due_at) if done.due_at else ""}
    if step == "schedule":
        return _("All items in “%(release)s” are scheduled for %(time)s.") % values
    if step == "publish":
        return _("All items in “%(release)s” were published.") % values
    return _("The schedule of “%(release)s” was cancelled.") % values


def _members_token(members: list[release_members.Member]) -> str:
    """Return a hash of the members and of the version of each."""
    parts = []
    for member in members:
        revisions = Revision.objects.of(member.item).newest_first().values_list("number", flat=True)
        version = revisions.first() if member.edition else _row_fingerprint(member.item)
        parts.append(f"{candidate_value(member.item)}@{version}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _row_fingerprint(row: Any) -> str:
    return "|".join(field.value_to_string(row) for field in row._meta.concrete_fields)
