"""The page beside the form: of what is typed, of what waits, of any revision."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from postportal.publishing.admin.editing import EditingAdmin
from postportal.publishing.admin.unsaved_form import written
from postportal.publishing.models import DrawnPage, Publishable, Revision, State
from postportal.publishing.models.rendered_preview import keep_page
from postportal.publishing.previews.as_of import may_look_ahead
from postportal.publishing.previews.banner import Bar, made_inert
from postportal.publishing.previews.rendering import Undrawable, explained, language_of, page_of, page_with
from postportal.publishing.versions import revisions, snapshots
from postportal.web.security import content_security_policy

FRAME_WIDTHS = (375, 768, 1280)


class PreviewAdmin(EditingAdmin):
    def get_urls(self) -> list[Any]:
        def own(address: str, view: Any, name: str) -> Any:
            return path(address, self.admin_site.admin_view(view), name=self._preview_name(name))

        return [
            own("add/preview/", self.preview_view, "preview_new"),
            own("drawn/<str:key>/", self.drawn_view, "drawn"),
            own("<path:object_id>/preview/<int:number>/", self.revision_preview_view, "preview_revision"),
            own("<path:object_id>/preview/", self.preview_view, "preview"),
            *super().get_urls(),
        ]

    def _preview_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().changeform_view(request, *args, **kwargs)
        response.headers["Content-Security-Policy"] = content_security_policy(frame_src=["'self'"])
        return response

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        item = kwargs.get("obj")
        new = reverse(f"admin:{self._preview_name('preview_new')}")
        due_at = _due_at(item)
        context |= {
            "preview_address": reverse(f"admin:{self._preview_name('preview')}", args=[item.pk]) if item else new,
            "is_typed": self._may_type(request, item),
            "frame_widths": FRAME_WIDTHS,
            "looks_ahead_to": due_at if due_at and may_look_ahead(request.user) else None,
            "public_address": _address(item),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def preview_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """GET: what waits, as it was saved. POST: what the form says, with nothing saved."""
        item = self._item_to_preview(request, object_id) if object_id is not None else None
        if request.method == "POST":
            if not self._may_type(request, item):
                raise PermissionDenied
            return self._sent(request, _drawn(self, request, item))
        if item is None or request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"] if item else ["POST"])
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        edition = revisions.open_edition(item)
        content = edition.content if edition else None
        return self._sent(request, _page(request, item, content, text=_("What was saved last.")))

    def revision_preview_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        item = self._item_to_preview(request, object_id)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        revision = Revision.objects.of(item).filter(number=number).first()
        if revision is None:
            raise Http404
        text = _("Version %(number)s.") % {"number": number}
        return self._sent(request, _page(request, item, revision.content, text=text))

    def drawn_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """The page for the frame, only for the one whose form it was drawn from."""
        page = DrawnPage.objects.of(request.user).kept(timezone.now()).filter(key=key).first()
        if page is None:
            raise Http404
        response = HttpResponse(page.html)
        made_inert(response, is_framed=True)
        return response

    def _item_to_preview(self, request: HttpRequest, object_id: str) -> Publishable:
        item = self._item(request, object_id)
        if item is None:
            raise Http404
        return item

    def _may_type(self, request: HttpRequest, item: Publishable | None) -> bool:
        return self.has_change_permission(request, item) if item else self.has_add_permission(request)

    def _sent(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The page itself for a tab; for the script beside the form the address at which its frame fetches it."""
        if not _is_for_frame(request):
            made_inert(response)
            return response
        page = keep_page(response.content.decode(), user=request.user, at=timezone.now())
        return JsonResponse({"address": reverse(f"admin:{self._preview_name('drawn')}", args=[page.key])})


def _is_for_frame(request: HttpRequest) -> bool:
    return not request.accepts("text/html")


def _drawn(model_admin: PreviewAdmin, request: HttpRequest, item: Publishable | None) -> HttpResponse:
    def bar(notes: list[str]) -> Bar:
        text = _("As typed, not saved.")
        return Bar(label=_("Preview"), text=text, notes=notes, is_framed=_is_for_frame(request))

    edition = revisions.open_edition(item) if item else None
    try:
        with snapshots.rehearsal():
            if item is not None:
                # What only readers' items need is not asked of it while it is typed.
                item.state = State.DRAFT
                if edition and edition.content is not None:
                    snapshots.apply(item, edition.content)
            new, notes = written(model_admin, request, item)
            said = bar(notes)
            with translation.override(language_of(new)):
                return page_of(new, request=request, at=timezone.now(), bar=said)
    except Undrawable as error:
        return explained(str(error), request=request, bar=bar([]))


def _page(request: HttpRequest, item: Publishable, content: snapshots.Content | None, *, text: str) -> HttpResponse:
    bar = Bar(label=_("Preview"), text=text, is_framed=_is_for_frame(request))
    return page_with(item, content, request=request, at=timezone.now(), bar=bar)


def _address(item: Any) -> str:
    try:
        return str(item.get_absolute_url()) if item else ""
    except NoReverseMatch:
        return ""  # A draft may lack what its address is made of.


def _due_at(item: Publishable | None) -> Any:
    """When it goes out, where that is still to come."""
    edition = revisions.open_edition(item) if item else None
    if edition and edition.due_at:
        return edition.due_at
    return item.publish_at if item and item.state == State.SCHEDULED else None
