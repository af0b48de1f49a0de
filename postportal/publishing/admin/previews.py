"""Preview of an item: of the open form, of its unpublished changes, or of any revision."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import NoReverseMatch, URLPattern
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from postportal.publishing.admin.panels import ItemPanel
from postportal.publishing.admin.unsaved_form import apply_unsaved
from postportal.publishing.models import Publishable, RenderedPreview, Revision, State
from postportal.publishing.models.rendered_preview import store_preview
from postportal.publishing.previews.as_of import can_look_ahead
from postportal.publishing.previews.banner import PreviewBanner, make_inert
from postportal.publishing.previews.corrections import note_errata, shown_content
from postportal.publishing.previews.rendering import (
    CannotRender,
    language_of,
    render_content,
    render_explanation,
    render_item,
)
from postportal.publishing.versions import revisions, snapshots
from postportal.web.security import content_security_policy

FRAME_WIDTHS = (375, 768, 1280)


class PreviewPanel(ItemPanel):
    def urls(self) -> list[URLPattern]:
        return [
            self.path("add/preview/", self.preview_view, "preview_new"),
            self.path("drawn/<str:key>/", self.frame_view, "preview_frame"),
            self.path("<path:object_id>/preview/<int:number>/", self.revision_preview_view, "preview_revision"),
            self.path("<path:object_id>/preview/", self.preview_view, "preview"),
        ]

    def headers(self) -> dict[str, str]:
        """Return the policy that lets the page of the form frame a preview."""
        return {"Content-Security-Policy": content_security_policy(frame_src=["'self'"])}

    def context(self, request: HttpRequest, item: Publishable | None) -> dict[str, Any]:
        due_at = _publication_time(item)
        return {
            "preview_url": self.url("preview", item.pk) if item else self.url("preview_new"),
            "can_preview_unsaved": self.can_write(request, item),
            "frame_widths": FRAME_WIDTHS,
            "preview_at": due_at if due_at and can_look_ahead(request.user) else None,
            "public_url": _public_url(item),
        }

    def preview_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """Return the page of the item: on GET as it was last saved, on POST as it is in the open form."""
        item = self.get_item_or_404(request, object_id) if object_id is not None else None
        if request.method == "POST":
            if not self.can_write(request, item):
                raise PermissionDenied
            return self._preview_response(request, _render_unsaved(self.model_admin, request, item))
        if item is None or request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"] if item else ["POST"])
        self._check_view_permission(request, item)
        edition = revisions.open_edition(item)
        content = edition.content if edition else None
        return self._preview_response(request, _render_content(request, item, content, text=_("Last saved version.")))

    def revision_preview_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        item = self.get_item_or_404(request, object_id)
        self._check_view_permission(request, item)
        revision = Revision.objects.of(item).filter(number=number).first()
        if revision is None:
            raise Http404
        text = _("Version %(number)s.") % {"number": number}
        return self._preview_response(request, _render_content(request, item, revision.content, text=text))

    def frame_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """Return a rendered preview for the frame, only to the user whose form it shows."""
        preview = RenderedPreview.objects.of(request.user).unexpired(timezone.now()).filter(key=key).first()
        if preview is None:
            raise Http404
        response = HttpResponse(preview.html)
        make_inert(response, is_framed=True)
        return response

    def _check_view_permission(self, request: HttpRequest, item: Publishable) -> None:
        if not self.model_admin.has_view_permission(request, item):
            raise PermissionDenied

    def _preview_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Return the page itself for a tab; for a script the URL at which the frame fetches it."""
        if not _is_for_frame(request):
            make_inert(response)
            return response
        preview = store_preview(response.content.decode(), user=request.user, at=timezone.now())
        return JsonResponse({"address": self.url("preview_frame", preview.key)})


def _is_for_frame(request: HttpRequest) -> bool:
    return not request.accepts("text/html")


def _render_unsaved(model_admin: Any, request: HttpRequest, item: Publishable | None) -> HttpResponse:
    def banner_with(notes: list[str]) -> PreviewBanner:
        text = _("Includes unsaved changes.")
        return PreviewBanner(label=_("Preview"), text=text, notes=notes, is_framed=_is_for_frame(request))

    edition, now = revisions.open_edition(item) if item else None, timezone.now()
    try:
        with snapshots.dry_run():
            shown = shown_content(item, at=now) if item else None
            if item is not None:
                # As a draft it need not have what only published items need.
                item.state = State.DRAFT
                if edition and edition.content is not None:
                    snapshots.apply_content(item, edition.content, is_for_form=True)
            unsaved, notes = apply_unsaved(model_admin, request, item)
            banner = banner_with(notes)
            if shown is not None:
                note_errata(unsaved, shown=shown, content=snapshots.serialize(unsaved), at=now)
            with translation.override(language_of(unsaved)):
                return render_item(unsaved, request=request, at=now, banner=banner)
    except CannotRender as error:
        return render_explanation(str(error), request=request, banner=banner_with([]))


def _render_content(
    request: HttpRequest, item: Publishable, content: snapshots.Content | None, *, text: str
) -> HttpResponse:
    banner = PreviewBanner(label=_("Preview"), text=text, is_framed=_is_for_frame(request))
    return render_content(item, content, request=request, at=timezone.now(), banner=banner)


def _public_url(item: Any) -> str:
    try:
        return str(item.get_absolute_url()) if item else ""
    except NoReverseMatch:
        return ""  # A draft may lack a part of its URL.


def _publication_time(item: Publishable | None) -> Any:
    """Return the time for which the item is scheduled, None if it is not."""
    edition = revisions.open_edition(item) if item else None
    if edition and edition.due_at:
        return edition.due_at
    return item.publish_at if item and item.state == State.SCHEDULED else None
