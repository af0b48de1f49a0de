"""Who changed what and when, what differs between two versions, and the way back."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from postportal.publishing.admin import version_tokens
from postportal.publishing.admin.editing import clean_save_note
from postportal.publishing.admin.steps import StepsAdmin
from postportal.publishing.models import Publishable, Revision
from postportal.publishing.versions import restoring, revisions, snapshots, timeline
from postportal.publishing.versions.comparison import EMPTY_CONTENT, differences
from postportal.publishing.versions.snapshots import Content
from postportal.web.pagination import page_or_404

VERSIONS_PER_PAGE = 50
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
        return timeline.full_name_or_username(self.revision.by) if self.revision else ""


class HistoryAdmin(StepsAdmin):
    def get_urls(self) -> list[Any]:
        def own(address: str, view: Any, name: str) -> Any:
            return path(address, self.admin_site.admin_view(view), name=self._history_url_name(name))

        return [
            own("<path:object_id>/history/compare/", self.compare_view, "compare"),
            own("<path:object_id>/history/<int:number>/restore/", self.restore_view, "restore"),
            *super().get_urls(),
        ]

    def _history_url_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def history_url(self, item: Publishable, name: str = "history", *more: Any) -> str:
        return reverse(f"admin:{self._history_url_name(name)}", args=[item.pk, *more])

    def steps_context(self, request: HttpRequest, item: Publishable | None) -> dict[str, Any]:
        address = f"{self.history_url(item, 'compare')}?old=live&new={revisions.current_version(item)}" if item else ""
        # A form that was refused keeps its note.
        said = {"save_note": clean_save_note(request.POST), "compare_address": address}
        return {**super().steps_context(request, item), **said}

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        item = self._get_item(request, object_id)
        if item is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, unquote(object_id))  # type: ignore[no-any-return, attr-defined]
        self._check_view_permission(request, item)
        page = page_or_404(timeline.timeline_of(item), number=request.GET.get("page", ""), per_page=VERSIONS_PER_PAGE)
        happened = timeline.load_entries(item, list(page.object_list))
        shown = [event.revision.number for event in happened if event.revision]
        context = {
            **self._history_context(request, item),
            "title": _("History"),
            "page_obj": page,
            "happened": happened,
            "compare_address": self.history_url(item, "compare"),
            # At first: what the last save changed.
            "proposed": (shown[1] if len(shown) > 1 else LIVE_CHOICE, shown[0] if shown else LIVE_CHOICE),
            "live_title": _live_label(item),
        }
        return TemplateResponse(request, "admin/publishing/history.html", context)

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        item = self._get_viewable_item(request, object_id)
        old, new = (_parse_version(item, request.GET.get(name, "")) for name in ("old", "new"))
        if old is None or new is None:
            self.message_user(request, _("There is no such version. Choose two of these."), messages.ERROR)
            return HttpResponseRedirect(self.history_url(item))
        current = revisions.current_content(item)
        may_change = self.has_change_permission(request, item)
        context = {
            **self._history_context(request, item),
            "title": _("What changed"),
            "sides": [old, new],
            "differences": differences(self.model, old.content, new.content),
            "restorable": [
                (version.revision.number, self.history_url(item, "restore", version.revision.number))
                for version in (old, new)
                if may_change and version.revision and version.content != current
            ],
            "version": version_tokens.make_version_token(item),
        }
        return TemplateResponse(request, "admin/publishing/compare.html", context)

    def restore_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        item = self._get_viewable_item(request, object_id)
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        revision = Revision.objects.of(item).filter(number=number).first()
        if revision is None:
            raise Http404
        if not version_tokens.is_current(item, request.POST.get("_version", "")):
            text = _("“%(item)s” was saved after this page was shown. Nothing was done to it: look at it first.")
            self.message_user(request, text % {"item": item}, messages.ERROR)
            return HttpResponseRedirect(self.history_url(item))
        return self._restore(request, item, revision)

    def _restore(self, request: HttpRequest, item: Publishable, revision: Revision) -> HttpResponse:
        try:
            done = restoring.restore(item, revision, by=request.user, note=clean_save_note(request.POST))
        except ValidationError as error:
            text = _("Version %(number)s was not restored: %(reasons)s")
            said = {"number": revision.number, "reasons": " ".join(_error_messages(item, error))}
            self.message_user(request, text % said, messages.ERROR)
            return HttpResponseRedirect(self.history_url(item))
        if done.revision is None:
            text = _("“%(item)s” says that already.") % {"item": item}
        elif item.is_edited_in_edition:
            text = _("Version %(number)s waits as a draft. Readers still see the text as it was, until you publish.")
        else:
            text = _("Version %(number)s is restored.")
        self.message_user(request, text % {"number": revision.number}, messages.SUCCESS)
        for row in done.lost:
            text = _("This could not come back, because it is gone: %(row)s") % {"row": row}
            self.message_user(request, text, messages.WARNING)
        return HttpResponseRedirect(self.change_url(item))

    def _get_viewable_item(self, request: HttpRequest, object_id: str) -> Publishable:
        item = self._get_item(request, object_id)
        if item is None:
            raise Http404
        self._check_view_permission(request, item)
        return item

    def _check_view_permission(self, request: HttpRequest, item: Publishable) -> None:
        if not self.has_view_permission(request, item):
            raise PermissionDenied

    def _history_context(self, request: HttpRequest, item: Publishable) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "item": item,
            "history_address": self.history_url(item),
            "form_address": self.change_url(item),
        }


def _parse_version(item: Publishable, choice: str) -> ComparedVersion | None:
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


def _live_label(item: Publishable) -> str:
    return _("What readers see") if item.is_edited_in_edition else _("What stands there now")


def _error_messages(item: Publishable, error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return error.messages
    names = {column.name: capfirst(str(column.verbose_name)) for column in item._meta.concrete_fields}
    return [
        f"{names[name]}: {message}" if name in names else message
        for name, said in error.message_dict.items()
        for message in said
    ]
