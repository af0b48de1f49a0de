"""The page beside the form: of what is typed, of what waits, of any revision."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from postportal.publishing.admin.editing import EditingAdmin
from postportal.publishing.admin.unsaved_form import apply_unsaved
from postportal.publishing.models import Publishable, RenderedPreview, Revision, State
from postportal.publishing.models.rendered_preview import store_preview
from postportal.publishing.previews.as_of import can_look_ahead
from postportal.publishing.previews.banner import PreviewBanner, make_inert
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


class PreviewAdmin(EditingAdmin):
    def get_urls(self) -> list[Any]:
        def own(address: str, view: Any, name: str) -> Any:
            return path(address, self.admin_site.admin_view(view), name=self._preview_url_name(name))

        return [
            own("add/preview/", self.preview_view, "preview_new"),
            own("drawn/<str:key>/", self.frame_view, "drawn"),
            own("<path:object_id>/preview/<int:number>/", self.revision_preview_view, "preview_revision"),
            own("<path:object_id>/preview/", self.preview_view, "preview"),
            *super().get_urls(),
        ]

    def _preview_url_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().changeform_view(request, *args, **kwargs)
        response.headers["Content-Security-Policy"] = content_security_policy(frame_src=["'self'"])
        return response

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        item = kwargs.get("obj")
        new = reverse(f"admin:{self._preview_url_name('preview_new')}")
        due_at = _scheduled_for(item)
        context |= {
            "preview_address": reverse(f"admin:{self._preview_url_name('preview')}", args=[item.pk]) if item else new,
            "is_typed": self._can_edit(request, item),
            "frame_widths": FRAME_WIDTHS,
            "looks_ahead_to": due_at if due_at and can_look_ahead(request.user) else None,
            "public_address": _public_url(item),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def preview_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """GET: what waits, as it was saved. POST: what the form says, with nothing saved."""
        item = self._get_previewed_item(request, object_id) if object_id is not None else None
        if request.method == "POST":
            if not self._can_edit(request, item):
                raise PermissionDenied
            return self._preview_response(request, _render_unsaved(self, request, item))
        if item is None or request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"] if item else ["POST"])
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        edition = revisions.open_edition(item)
        content = edition.content if edition else None
        return self._preview_response(request, _render_content(request, item, content, text=_("What was saved last.")))

    def revision_preview_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        item = self._get_previewed_item(request, object_id)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        revision = Revision.objects.of(item).filter(number=number).first()
        if revision is None:
            raise Http404
        text = _("Version %(number)s.") % {"number": number}
        return self._preview_response(request, _render_content(request, item, revision.content, text=text))

    def frame_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """The page for the frame, only for the one whose form it was drawn from."""
        page = RenderedPreview.objects.of(request.user).unexpired(timezone.now()).filter(key=key).first()
        if page is None:
            raise Http404
        response = HttpResponse(page.html)
        make_inert(response, is_framed=True)
        return response

    def _get_previewed_item(self, request: HttpRequest, object_id: str) -> Publishable:
        item = self._get_item(request, object_id)
        if item is None:
            raise Http404
        return item

    def _can_edit(self, request: HttpRequest, item: Publishable | None) -> bool:
        return self.has_change_permission(request, item) if item else self.has_add_permission(request)

    def _preview_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The page itself for a tab; for the script beside the form the address at which its frame fetches it."""
        if not _is_for_frame(request):
            make_inert(response)
            return response
        page = store_preview(response.content.decode(), user=request.user, at=timezone.now())
        return JsonResponse({"address": reverse(f"admin:{self._preview_url_name('drawn')}", args=[page.key])})


def _is_for_frame(request: HttpRequest) -> bool:
    return not request.accepts("text/html")


def _render_unsaved(model_admin: PreviewAdmin, request: HttpRequest, item: Publishable | None) -> HttpResponse:
    def bar(notes: list[str]) -> PreviewBanner:
        text = _("As typed, not saved.")
        return PreviewBanner(label=_("Preview"), text=text, notes=notes, is_framed=_is_for_frame(request))

    edition = revisions.open_edition(item) if item else None
    try:
        with snapshots.dry_run():
            if item is not None:
                # What only readers' items need is not asked of it while it is typed.
                item.state = State.DRAFT
                if edition and edition.content is not None:
                    snapshots.apply_content(item, edition.content)
            new, notes = apply_unsaved(model_admin, request, item)
            said = bar(notes)
            with translation.override(language_of(new)):
                return render_item(new, request=request, at=timezone.now(), bar=said)
    except CannotRender as error:
        return render_explanation(str(error), request=request, bar=bar([]))


def _render_content(
    request: HttpRequest, item: Publishable, content: snapshots.Content | None, *, text: str
) -> HttpResponse:
    bar = PreviewBanner(label=_("Preview"), text=text, is_framed=_is_for_frame(request))
    return render_content(item, content, request=request, at=timezone.now(), bar=bar)


def _public_url(item: Any) -> str:
    try:
        return str(item.get_absolute_url()) if item else ""
    except NoReverseMatch:
        return ""  # A draft may lack what its address is made of.


def _scheduled_for(item: Publishable | None) -> Any:
    """When it goes out, where that is still to come."""
    edition = revisions.open_edition(item) if item else None
    if edition and edition.due_at:
        return edition.due_at
    return item.publish_at if item and item.state == State.SCHEDULED else None
