"""Deleted rows of a kind: their list, and restoring one of them after a confirmation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from postportal.publishing.admin.panels import ItemPanel
from postportal.publishing.models import Revision
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.actors import actor_name
from postportal.publishing.versions.comparison import EMPTY_CONTENT, differences
from postportal.publishing.versions.restoring import RestoreResult
from postportal.publishing.versions.undeletion import undelete
from postportal.staff.list_links import ListLink
from postportal.staff.permissions import change_url, has_model_permission
from postportal.web.pagination import page_or_404, requested_page

ROWS_PER_PAGE = 50


class DeletedPanel(ItemPanel):
    """Brings the list of deleted rows. For those who may delete such rows and add them."""

    def urls(self) -> list[URLPattern]:
        return [
            self.path("deleted/", self.list_view, "deleted"),
            self.path("deleted/<int:pk>/", self.undelete_view, "undelete"),
        ]

    def list_view(self, request: HttpRequest) -> HttpResponse:
        self._check_permission(request)
        found = Revision.objects.last_of_deleted(self.model).select_related("by").defer("content")
        page = page_or_404(found, number=requested_page(request), per_page=ROWS_PER_PAGE)
        context = {
            **self._context(request),
            "title": _("Deleted %(kind)s") % {"kind": self.opts.verbose_name_plural},
            "page_obj": page,
            "kept_days": self.model.kept_days,
            "deletions": [
                (revision, actor_name(revision), self.url("undelete", revision.pk)) for revision in page.object_list
            ],
        }
        return TemplateResponse(request, "admin/publishing/deleted.html", context)

    def undelete_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._check_permission(request)
        revision = Revision.objects.last_of_deleted(self.model).select_related("by").filter(pk=pk).first()
        if revision is None:
            raise Http404
        try:
            if request.method == "POST":
                return self._restored(request, self._undelete(request, revision))
            with snapshots.dry_run():
                result = self._undelete(request, revision)
                is_visible = _is_visible(result.row)
                shown = {"lost": result.lost, "is_visible": is_visible, "is_held": result.is_held}
                return self._confirmation(request, revision, **shown)
        except ValidationError as error:
            return self._confirmation(request, revision, refusals=self._reasons(error))

    def _undelete(self, request: HttpRequest, revision: Revision) -> RestoreResult:
        """Restore the row if the user may delete it as it is then: so nobody brings back what is out of their reach."""
        with transaction.atomic():
            result = undelete(revision, by=request.user)
            if not self.model_admin.has_delete_permission(request, result.row):
                raise ValidationError(_("Your role does not allow this."))
        return result

    def _restored(self, request: HttpRequest, result: RestoreResult) -> HttpResponse:
        text = _("“%(item)s” was restored.") % {"item": result.row}
        self.model_admin.message_user(request, text, messages.SUCCESS)
        for row in result.lost:
            text = _("This could not be restored because it no longer exists: %(row)s") % {"row": row}
            self.model_admin.message_user(request, text, messages.WARNING)
        if result.is_held:
            text = _("Its day passed while it was deleted. Enter a new “Public from” if it is still to be made.")
            self.model_admin.message_user(request, text, messages.WARNING)
        return HttpResponseRedirect(change_url(result.row))

    def _confirmation(self, request: HttpRequest, revision: Revision, **context: Any) -> HttpResponse:
        context |= {
            **self._context(request),
            "title": _("Restore “%(item)s”") % {"item": revision.note},
            "revision": revision,
            "actor_name": actor_name(revision),
            "deleted_url": self.url("deleted"),
            "differences": differences(self.model, EMPTY_CONTENT, revision.content),
        }
        return TemplateResponse(request, "admin/publishing/undelete.html", context).render()

    def _reasons(self, error: ValidationError) -> list[str]:
        if not hasattr(error, "error_dict"):
            return error.messages
        labels = {field.name: field.verbose_name for field in self.model._meta.concrete_fields}
        return [
            f"{labels[name]}: {message}" if name in labels else message
            for name, found in error.message_dict.items()
            for message in found
        ]

    def _check_permission(self, request: HttpRequest) -> None:
        is_offered = self.model.is_restorable and self.model_admin.has_add_permission(request)
        if not is_offered or not self.model_admin.has_delete_permission(request):
            raise PermissionDenied

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        admin = self.model_admin
        # Positions, menu items and notices have no pages of their own.
        has_url = hasattr(self.model, "get_absolute_url")
        own = {"opts": self.opts, "media": admin.media, "item": None, "has_url": has_url}
        return {**admin.admin_site.each_context(request), **own}


def _is_visible(row: Any) -> bool:
    return not row.is_public_by_use and (not hasattr(row, "is_visible") or row.is_visible(timezone.now()))


def deleted_link(request: HttpRequest, model: type[Model]) -> ListLink | None:
    """Return the link to the deleted rows above the list of those that exist."""
    is_offered = getattr(model, "is_restorable", False)
    if not is_offered or not all(has_model_permission(request.user, action, model) for action in ("add", "delete")):
        return None
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_deleted")
    return ListLink(_("Deleted %(kind)s") % {"kind": model._meta.verbose_name_plural}, url)
