"""Releases: what is in one, what keeps it from going out, and the steps that it takes."""

import datetime as dt
import hashlib
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.admin.steps import FormStepForm
from postportal.publishing.models import Release, Revision
from postportal.publishing.previews.as_of import can_look_ahead
from postportal.publishing.workflow import releases
from postportal.publishing.workflow.candidates import candidate_value, candidates, row_from_value
from postportal.publishing.workflow.publish_times import format_publish_time, suggest_publish_time, zone_name
from postportal.publishing.workflow.rules import STEPS
from postportal.staff.model_admin import PortalAdmin
from postportal.staff.permissions import can_view, change_url, has_model_permission
from postportal.staff.work_queues import kind_name

FAR_FUTURE = dt.datetime.max.replace(tzinfo=dt.UTC)


class PublicationTimeForm(forms.Form):
    due_at = FormStepForm.base_fields["due_at"]


@admin.register(Release)
class ReleaseAdmin(PortalAdmin):
    list_display = ["name", "stage_badge", "publication_time", "created_by"]
    list_filter = ["stage"]
    list_select_related = ["created_by"]
    search_fields = ["name", "note"]
    search_help_text = gettext_lazy("Finds names and notes.")
    ordering = ["-created_at", "-pk"]
    fields = ["name", "note"]
    change_form_template = "admin/publishing/release.html"

    def get_urls(self) -> list[Any]:
        def own(address: str, view: Any, name: str) -> Any:
            return path(address, self.admin_site.admin_view(view), name=f"publishing_release_{name}")

        return [
            own("<path:object_id>/members/<slug:move>/", self.member_view, "member"),
            own("<path:object_id>/step/<slug:step>/", self.step_view, "step"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("stage"), ordering="stage")
    def stage_badge(self, release: Release) -> SafeString:
        return format_html('<span class="badge badge-{}">{}</span>', release.stage, release.get_stage_display())

    @admin.display(description=gettext_lazy("goes out at"), ordering="due_at")
    def publication_time(self, release: Release) -> str:
        moment = release.due_at or release.published_at
        return format_publish_time(moment) if moment else "–"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What has gone out is history."""
        is_out = obj is not None and obj.stage == Release.Stage.PUBLISHED
        return super().has_change_permission(request, obj) and not is_out

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_open)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            # Only what the form shows: it may have been scheduled, or have gone out, since the row was read.
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
        is_out = release.stage == Release.Stage.PUBLISHED
        name = "schedule" if release.is_open else "unschedule"
        found = releases.check_members(release, name, by=user, at=now, due_at=FAR_FUTURE)
        may_change = self.has_change_permission(request, release)
        rows = [_MemberRow(check, user, is_judged=release.is_open) for check in found]
        ready = bool(rows) and not any(row.reasons for row in rows)
        return {
            "release": release,
            "rows": rows,
            "is_out": is_out,
            "is_ready": ready,
            "clash": releases.find_clash(release, at=now) if ready and release.is_open else "",
            # It may name what has been taken out since.
            "is_fault_shown": can_look_ahead(user),
            "may_change_release": may_change,
            "candidates": candidates(user, now) if may_change and release.is_open else [],
            "moment_form": PublicationTimeForm(
                initial={"due_at": timezone.localtime(suggest_publish_time(now))}, auto_id="id_step_%s"
            ),
            "zone_name": zone_name(),
            "due_in_words": format_publish_time(release.due_at) if release.due_at else "",
            "out_in_words": format_publish_time(release.published_at) if release.published_at else "",
            "token": _members_token([check.member for check in found]),
            "steps": {
                step: STEPS[step].label for step, start in releases.START_STAGES.items() if release.stage in start
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
            self.message_user(request, _("Choose what goes in."), messages.ERROR)
            return self._redirect_to_form(release)
        if not (
            has_model_permission(request.user, "change", type(item))
            or has_model_permission(request.user, "publish", type(item))
        ):
            raise PermissionDenied
        self._try_action(request, lambda: _move_member(release, item, move, by=request.user))
        return self._redirect_to_form(release)

    def step_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        release = self._get_posted_release(request, object_id)
        if isinstance(release, HttpResponse):
            return release
        if step not in releases.START_STAGES:
            raise Http404
        form = PublicationTimeForm(request.POST)
        due_at = form.cleaned_data["due_at"] if form.is_valid() else None
        seen = request.POST.get("_token", "")
        self._try_action(
            request, lambda: _perform_if_unchanged(step, release, by=request.user, due_at=due_at, seen=seen)
        )
        return self._redirect_to_form(release)

    def _get_posted_release(self, request: HttpRequest, object_id: str) -> Release | HttpResponse:
        release = self.get_object(request, object_id)
        if release is None:
            raise Http404
        if not self.has_change_permission(request):
            raise PermissionDenied
        return release if request.method == "POST" else HttpResponseNotAllowed(["POST"])

    def _try_action(self, request: HttpRequest, act: Any) -> None:
        """Do it; say what is true now, or every reason why it was not done."""
        try:
            text = act()
        except ValidationError as error:
            for reason in error.messages:
                self.message_user(request, reason, messages.ERROR)
        else:
            self.message_user(request, text, messages.SUCCESS)

    def _redirect_to_form(self, release: Release) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:publishing_release_change", args=[release.pk]))


class _MemberRow:
    """A member as somebody may see it: what they have no right to look at keeps its name for itself."""

    def __init__(self, check: releases.MemberCheck, user: Any, *, is_judged: bool) -> None:
        item, self.edition = check.member.item, check.member.edition
        self.is_viewable = can_view(user, type(item))
        self.name = releases.visible_name(user, item)
        self.kind = kind_name(item)
        self.choice_value = candidate_value(item)
        self.url = change_url(type(item), item.pk) if self.is_viewable else ""
        self.reasons = check.reasons if is_judged else []


def _move_member(release: Release, item: Any, move: str, *, by: Any) -> str:
    said = {"item": item, "release": release}
    if move == "add":
        releases.add_to_release(release, item, by=by)
        return _("“%(item)s” goes out with “%(release)s”.") % said
    releases.remove_from_release(release, item)
    return _("“%(item)s” is in no release now.") % said


@transaction.atomic
def _perform_if_unchanged(step: str, release: Release, *, by: Any, due_at: dt.datetime | None, seen: str) -> str:
    """Take the step with what the page showed, held until it is taken."""
    Release.objects.select_for_update().get(pk=release.pk)
    if seen != _members_token(releases.members(release, lock=True)):
        raise ValidationError(
            _("Something in it was changed after you opened the page. Nothing was done: look at it first.")
        )
    done = releases.perform_release_step(step, release, by=by, due_at=due_at)
    said = {"release": done, "moment": format_publish_time(done.due_at) if done.due_at else ""}
    if step == "schedule":
        return _("All of “%(release)s” goes out on %(moment)s.") % said
    if step == "publish":
        return _("All of “%(release)s” is published.") % said
    return _("“%(release)s” does not go out by itself any more.") % said


def _members_token(found: list[releases.Member]) -> str:
    """What the page showed: which members, and which version of each."""
    parts = []
    for member in found:
        revisions = Revision.objects.of(member.item).newest_first().values_list("number", flat=True)
        version = revisions.first() if member.edition else _row_fingerprint(member.item)
        parts.append(f"{candidate_value(member.item)}@{version}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _row_fingerprint(row: Any) -> str:
    return "|".join(field.value_to_string(row) for field in row._meta.concrete_fields)
