"""Steps, lists and deletions act on what their page showed, and on nothing that somebody changed since."""

import re
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from postportal.publishing.admin import version_tokens
from postportal.publishing.admin.conflicts import ConflictAdmin, saved_by_name
from postportal.publishing.models import Publishable, Revision
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions import revisions
from postportal.publishing.workflow.rules import DRAFT, LIVE, REVIEW, SCHEDULED, UNPUBLISHED, WITHDRAWN, stage_of
from postportal.staff.models import Autosave

_VERSION_FIELD = re.compile(r"_version_\d{1,18}")
# Where an item stands once a step was taken: taken twice, it was taken once.
ALREADY_DONE = {
    "submit": (REVIEW, gettext_lazy("“%(item)s” waits for review already.")),
    "return": (DRAFT, gettext_lazy("“%(item)s” is a draft already.")),
    "publish": (LIVE, gettext_lazy("“%(item)s” is published already.")),
    "force": (LIVE, gettext_lazy("“%(item)s” is published already.")),
    "schedule": (SCHEDULED, gettext_lazy("“%(item)s” is scheduled already.")),
    "unschedule": (DRAFT, gettext_lazy("“%(item)s” is not scheduled any more.")),
    "withdraw": (WITHDRAWN, gettext_lazy("“%(item)s” is withdrawn already.")),
    "unpublish": (UNPUBLISHED, gettext_lazy("“%(item)s” is unpublished already.")),
    "reinstate": (LIVE, gettext_lazy("“%(item)s” is shown already.")),
}


class StalePageAdmin(ConflictAdmin):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the version of each row, in the same query."""
        rows: QuerySet[Any] = super().get_queryset(request)
        newest = Revision.objects.of_model(self.model).filter(object_id=OuterRef("pk")).newest_first()
        number = Coalesce(Subquery(newest.values("number")[:1]), 0, output_field=IntegerField())
        return cast("QuerySet[Any]", rows.annotate(shown_version=number))

    def action_checkbox(self, obj: Any) -> SafeString:
        box = super().action_checkbox(obj)
        return format_html('{}<input type="hidden" name="_version_{}" value="{}">', box, obj.pk, obj.shown_version)

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], **kwargs: Any) -> Any:  # type: ignore[override]
        """The list is acted on as it was shown: what was saved since is left alone and named, what was never shown is
        counted."""
        across = request.POST.get("select_across") == "1"
        chosen = queryset if across else queryset.filter(pk__in=request.POST.getlist(ACTION_CHECKBOX_NAME))
        shown = [int(name.removeprefix("_version_")) for name in request.POST if _VERSION_FIELD.fullmatch(name)]
        unseen = chosen.exclude(pk__in=shown).count()
        if unseen:
            text = ngettext(
                "%(count)s item that the page had not shown was left alone.",
                "%(count)s items that the page had not shown were left alone.",
                unseen,
            )
            self.message_user(request, text % {"count": unseen}, messages.ERROR)
        keys = sorted(chosen.filter(pk__in=shown).values_list("pk", flat=True))
        # Held until the action is done.
        list(self.model._default_manager.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
        rows = self.get_queryset(request).filter(pk__in=keys)
        seen = [row.pk for row in rows.order_by("pk") if self._is_shown_version(request, row)]
        if not seen and (unseen or keys):
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset.filter(pk__in=seen), **kwargs)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        item = self._get_item(request, object_id)
        if item is None or not self.has_delete_permission(request, item):
            return super().delete_view(request, object_id, extra_context)
        with transaction.atomic():
            if request.method == "POST" and self._is_stale(item, request.POST.get("_version", "")):
                self._warn_stale(request, item)
                return HttpResponseRedirect(request.get_full_path())
            return super().delete_view(
                request, object_id, {"version": version_tokens.make_version_token(item), **(extra_context or {})}
            )

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._detach_autosaves([obj.pk])
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._detach_autosaves(list(queryset.values_list("pk", flat=True)))
        super().delete_queryset(request, queryset)

    def step_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        item = self._get_item(request, object_id)
        said = request.POST.get("_version", "")
        if request.method == "POST" and item is not None:
            request.seen = version_tokens.parse_shown_number(said)  # type: ignore[attr-defined]
            if request.seen != revisions.current_version(item) and not self._is_already_done(step, item):  # type: ignore[attr-defined]
                self._warn_stale(request, item)
                # The page is shown anew, with what was said in it.
                request.method = "GET"
        try:
            response = super().step_view(request, object_id, step)
        except self.model.DoesNotExist:
            raise Http404 from None  # Deleted between our look and our lock.
        if hasattr(response, "context_data"):
            response.context_data["version"] = revisions.current_version(item) if item else 0
        return response

    def perform_step(self, request: HttpRequest, name: str, item: Publishable, **said: Any) -> bool:
        if self._is_already_done(name, item):
            self.message_user(request, ALREADY_DONE[name][1] % {"item": item}, messages.INFO)
            return False
        seen = getattr(request, "seen", None)
        return super().perform_step(request, name, item, **said, **({} if seen is None else {"seen_version": seen}))

    def _is_already_done(self, step: str, item: Publishable) -> bool:
        fresh = type(item)._default_manager.get(pk=item.pk)
        return step in ALREADY_DONE and stage_of(fresh, revisions.open_edition(fresh)) == ALREADY_DONE[step][0]

    def _is_stale(self, item: Publishable, said: str) -> bool:
        try:
            # To the moment of the row: what was published since is not deleted as the draft that it was.
            return version_tokens.make_version_token(lock_item(item)) != said
        except self.model.DoesNotExist:
            return False  # Deleted between our look and our lock: the stock view says so.

    def _is_shown_version(self, request: HttpRequest, row: Any) -> bool:
        if request.POST.get(f"_version_{row.pk}") == str(row.shown_version):
            return True
        self._warn_stale(request, row)
        return False

    def _warn_stale(self, request: HttpRequest, item: Publishable) -> None:
        newest = version_tokens.latest_revision(item)
        if newest is None or not newest.by:
            text = _("“%(item)s” may have changed since this page was shown. Nothing was done to it: look at it first.")
            self.message_user(request, text % {"item": item}, messages.ERROR)
            return
        text = _("%(name)s saved “%(item)s” at %(at)s. Nothing was done to it: look at it first.")
        at = time_format(timezone.localtime(newest.at), "H:i:s")
        self.message_user(request, text % {"name": saved_by_name(newest), "item": item, "at": at}, messages.ERROR)

    def _detach_autosaves(self, keys: list[int]) -> None:
        """What others have typed into its forms outlives the item: it is offered for a new one."""
        for key in keys:
            Autosave.objects.of_object(self.model, key).update(object_id=None)
