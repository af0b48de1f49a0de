"""Stale pages: steps, lists and deletions do not act on an item that was saved after the page was shown."""

import re
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.formats import time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from postportal.publishing.admin import version_tokens
from postportal.publishing.models import Publishable, Revision, Versioned
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions import revisions
from postportal.publishing.workflow.definitions import Step
from postportal.publishing.workflow.stages import stage_of
from postportal.staff.account_names import full_name_or_username
from postportal.web.personal_zone import in_personal_zone

_VERSION_FIELD = re.compile(r"_version_\d{1,18}")


def is_already_done(step: Step, item: Publishable) -> bool:
    """Return True if the item is at the stage the step leads to: a step that is sent twice is taken once."""
    fresh = type(item)._default_manager.get(pk=item.pk)
    return bool(step.done_stage) and stage_of(fresh, revisions.open_edition(fresh)) == step.done_stage


def with_shown_version(rows: QuerySet[Any], model: type[Model]) -> QuerySet[Any]:
    """Annotate each row with its version as `shown_version`, in the same query."""
    newest = Revision.objects.of_model(model).filter(object_id=OuterRef("pk")).newest_first()
    number = Coalesce(Subquery(newest.values("number")[:1]), 0, output_field=IntegerField())
    return cast("QuerySet[Any]", rows.annotate(shown_version=number))


def version_input(row: Any) -> SafeString:
    """Return the hidden field by which a list says which version of the row it showed."""
    return format_html('<input type="hidden" name="_version_{}" value="{}">', row.pk, row.shown_version)


def unchanged_rows(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> list[int] | None:
    """Return the keys of the selected rows that are as the list showed them, locked until the transaction ends. Warn of
    those that were saved since, and count those that the page never showed. None where nothing was selected."""
    across = request.POST.get("select_across") == "1"
    selected = queryset if across else queryset.filter(pk__in=request.POST.getlist(ACTION_CHECKBOX_NAME))
    shown = [int(name.removeprefix("_version_")) for name in request.POST if _VERSION_FIELD.fullmatch(name)]
    unseen = selected.exclude(pk__in=shown).count()
    if unseen:
        text = ngettext(
            "%(count)s item was not changed because it was not on the page you were viewing.",
            "%(count)s items were not changed because they were not on the page you were viewing.",
            unseen,
        )
        model_admin.message_user(request, text % {"count": unseen}, messages.ERROR)
    keys = sorted(selected.filter(pk__in=shown).values_list("pk", flat=True))
    if not keys and not unseen:
        return None
    model = model_admin.model
    list(model._default_manager.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    rows = model_admin.get_queryset(request).filter(pk__in=keys)
    return [row.pk for row in rows.order_by("pk") if _is_shown_version(model_admin, request, row)]


def is_stale(item: Versioned, token: str) -> bool:
    """Return True if the item is not what the page with this version token showed. Locks the item."""
    try:
        # With the modification time of the row, so that a draft that was published since is not deleted.
        return version_tokens.make_version_token(lock_item(item)) != token
    except type(item).DoesNotExist:
        return False  # Deleted since: the stock view says so.


def warn_stale(model_admin: Any, request: HttpRequest, item: Versioned) -> None:
    newest = version_tokens.latest_revision(item)
    if newest is None or not newest.by:
        text = _("“%(item)s” may have changed since you opened this page, so nothing was done. Check it and try again.")
        model_admin.message_user(request, text % {"item": item}, messages.ERROR)
        return
    text = _("%(name)s saved “%(item)s” at %(at)s, so nothing was done. Check it and try again.")
    values = {
        "name": full_name_or_username(newest.by),
        "item": item,
        "at": time_format(in_personal_zone(newest.at), "H:i:s"),
    }
    model_admin.message_user(request, text % values, messages.ERROR)


def _is_shown_version(model_admin: Any, request: HttpRequest, row: Any) -> bool:
    if request.POST.get(f"_version_{row.pk}") == str(row.shown_version):
        return True
    warn_stale(model_admin, request, row)
    return False
