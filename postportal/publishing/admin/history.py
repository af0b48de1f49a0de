"""History of an item: its versions, the differences between two of them, and restoring one."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from postportal.publishing.admin import version_tokens
from postportal.publishing.admin.editing import clean_save_note
from postportal.publishing.admin.panels import ItemPanel
from postportal.publishing.models import Publishable, Revision, Versioned
from postportal.publishing.versions import actors, restoring, revisions, snapshots
from postportal.publishing.versions.comparison import EMPTY_CONTENT, differences
from postportal.publishing.versions.snapshots import Content
from postportal.publishing.workflow import timeline
from postportal.staff.left_out import warn_of_left_out
from postportal.staff.permissions import change_url
from postportal.web.pagination import page_or_404, requested_page

VERSIONS_PER_PAGE = 50
# Beside the form.
MAX_RECENT = 6
LIVE_CHOICE = "live"
_VERSION_CHOICE = re.compile(r"live|[0-9]{1,9}")


@dataclass(frozen=True)
class ComparedVersion:
    """One side of a comparison."""

    choice: str
    title: str
    content: Content
    revision: Revision | None = None

    @property
    def actor_name(self) -> str:
        return actors.actor_name(self.revision) if self.revision else ""


class HistoryPanel(ItemPanel):
    def urls(self) -> list[URLPattern]:
        return [
            self.path("<path:object_id>/history/compare/", self.compare_view, "compare"),
            self.path("<path:object_id>/history/<int:number>/restore/", self.restore_view, "restore"),
            # Takes the place of the stock history view, under its name.
            self.path("<path:object_id>/history/", self.history_view, "history"),
        ]

    def context(self, request: HttpRequest, item: Versioned | None) -> dict[str, Any]:
        query = f"?old={LIVE_CHOICE}&new={revisions.current_version(item)}" if item else ""
        return {
            # A form that was not valid keeps its note.
            "save_note": clean_save_note(request.POST),
            "compare_url": self.url("compare", item.pk) + query if item else "",
            **(self._recent_context(item) if isinstance(item, Publishable) else {}),
        }

    def _recent_context(self, item: Publishable) -> dict[str, Any]:
        newest = list(timeline.timeline_of(item)[:MAX_RECENT])
        events = timeline.load_entries(item, newest)
        return {
            "recent_events": events,
            "saved_at": next((event.at for event in events if event.revision), None),
            "history_url": self.url("history", item.pk),
            "compare_page_url": self.url("compare", item.pk),
        }

    def history_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        item: Versioned | None = self.model_admin.get_item(request, object_id)
        if item is None:
            # The stock view says that it does not exist.
            stock_response: HttpResponse = self.model_admin.history_view(request, object_id)
            return stock_response
        self._check_view_permission(request, item)
        page = page_or_404(timeline.timeline_of(item), number=requested_page(request), per_page=VERSIONS_PER_PAGE)
        events = timeline.load_entries(item, list(page.object_list))
        numbers = [event.revision.number for event in events if event.revision]
        context = {
            **self._page_context(request, item),
            "title": _("History"),
            "page_obj": page,
            "timeline_events": events,
            "compare_url": self.url("compare", item.pk),
            # The changes of the last save.
            "default_choice": (
                numbers[1] if len(numbers) > 1 else LIVE_CHOICE,
                numbers[0] if numbers else LIVE_CHOICE,
            ),
            "live_label": _live_label(item),
        }
        return TemplateResponse(request, "admin/publishing/history.html", context)

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        item = self._get_viewable_item(request, object_id)
        old, new = (_parse_version(item, request.GET.get(name, "")) for name in ("old", "new"))
        if old is None or new is None:
            text = _("That version does not exist. Choose two of these versions.")
            self.model_admin.message_user(request, text, messages.ERROR)
            return HttpResponseRedirect(self.url("history", item.pk))
        current = revisions.current_content(item)
        can_restore = self.can_write(request, item)
        context = {
            **self._page_context(request, item),
            "title": _("Compare versions"),
            "compared_versions": [old, new],
            "differences": differences(self.model, old.content, new.content),
            "restorable": [
                (version.revision.number, self.url("restore", item.pk, version.revision.number))
                for version in (old, new)
                if can_restore and version.revision and version.content != current
            ],
            "version": version_tokens.make_version_token(item),
            "is_edited_in_place": not isinstance(item, Publishable),
        }
        return TemplateResponse(request, "admin/publishing/compare.html", context)

    def restore_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        item = self._get_viewable_item(request, object_id)
        if not self.can_write(request, item):
            raise PermissionDenied
        revision = Revision.objects.of(item).filter(number=number).first()
        if revision is None:
            raise Http404
        if not version_tokens.is_current(item, request.POST.get("_version", "")):
            text = _("“%(item)s” was saved after you opened this page, so nothing was done. Check it and try again.")
            self.model_admin.message_user(request, text % {"item": item}, messages.ERROR)
            return HttpResponseRedirect(self.url("history", item.pk))
        return self._restore(request, item, revision)

    def _restore(self, request: HttpRequest, item: Versioned, revision: Revision) -> HttpResponse:
        try:
            result = restoring.restore(item, revision, by=request.user, note=clean_save_note(request.POST))
        except ValidationError as error:
            text = _("Version %(number)s was not restored: %(reasons)s")
            values = {"number": revision.number, "reasons": " ".join(_error_messages(item, error))}
            self.model_admin.message_user(request, text % values, messages.ERROR)
            return HttpResponseRedirect(self.url("history", item.pk))
        if result.revision is None:
            text = _("“%(item)s” already has this content.") % {"item": item}
        elif item.is_edited_in_edition:
            text = _(
                "Version %(number)s was restored as unpublished changes. "
                "Readers still see the live version until you publish."
            )
        else:
            text = _("Version %(number)s was restored.")
        self.model_admin.message_user(request, text % {"number": revision.number}, messages.SUCCESS)
        self._warn_of_differences(request, result)
        return HttpResponseRedirect(change_url(item))

    def _warn_of_differences(self, request: HttpRequest, result: restoring.RestoreResult) -> None:
        """Say what differs between the version and what was restored."""
        warn_of_left_out(self.model_admin, request, result.row)
        if result.kept:
            text = _("The version has no value for these fields, so they keep their current values: %(fields)s")
            self.model_admin.message_user(request, text % {"fields": ", ".join(result.kept)}, messages.WARNING)
        for row in result.in_use:
            text = _("“%(row)s” was added after this version. It stays, because it is in use.") % {"row": row}
            self.model_admin.message_user(request, text, messages.WARNING)
        for row in result.lost:
            text = _("This could not be restored because it no longer exists: %(row)s") % {"row": row}
            self.model_admin.message_user(request, text, messages.WARNING)

    def _get_viewable_item(self, request: HttpRequest, object_id: str) -> Versioned:
        item: Versioned = self.get_item_or_404(request, object_id)
        self._check_view_permission(request, item)
        return item

    def _check_view_permission(self, request: HttpRequest, item: Versioned) -> None:
        if not self.model_admin.has_view_permission(request, item):
            raise PermissionDenied

    def _page_context(self, request: HttpRequest, item: Versioned) -> dict[str, Any]:
        return {
            **self.model_admin.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.model_admin.media,
            "item": item,
            "history_url": self.url("history", item.pk),
            "change_url": change_url(item),
        }


def _parse_version(item: Versioned, choice: str) -> ComparedVersion | None:
    if not _VERSION_CHOICE.fullmatch(choice):
        return None
    if choice == LIVE_CHOICE:
        return ComparedVersion(LIVE_CHOICE, _live_label(item), snapshots.serialize(item))
    if int(choice) == 0:
        return ComparedVersion("0", _("Before the first version"), EMPTY_CONTENT)
    revision = Revision.objects.of(item).select_related("by").filter(number=int(choice)).first()
    if revision is None:
        return None
    title = _("Version %(number)s") % {"number": revision.number}
    return ComparedVersion(str(revision.number), title, revision.content, revision)


def _live_label(item: Versioned) -> str:
    return _("Live version") if item.is_edited_in_edition else _("Current version")


def _error_messages(item: Versioned, error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return error.messages
    names = {column.name: capfirst(str(column.verbose_name)) for column in item._meta.concrete_fields}
    return [
        f"{names[name]}: {message}" if name in names else message
        for name, messages_of_field in error.message_dict.items()
        for message in messages_of_field
    ]
