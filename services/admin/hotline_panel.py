"""Panel beside the form of a hotline: its state today, what is coming, and where a change appears at once."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from postportal.staff.panels import Panel
from services.admin.hotline_usage import format_items, texts_with_numbers, texts_with_references
from services.models import Hotline
from services.models.hours_in_words import state_in_words
from services.models.number_dates_in_words import announcement

CALLED = "_called"
# The list of hotlines, the one to print and the list of services.
PAGES_OF_HOTLINES = 3


class HotlinePanel(Panel):
    def context(self, request: HttpRequest, item: Hotline | None) -> dict[str, Any]:
        if item is None:
            return {}
        site, now = self.model_admin.admin_site, timezone.now()
        references = texts_with_references(item)
        count = sum(rows.count() for rows in references)
        local = item.local(now)
        numbers = item.show_numbers_of(timezone.localdate(now))
        return {
            "hotline": item,
            "service_state": numbers.state.label,
            "open_state": state_in_words(item.timetable.state(local), local),
            "coming": [announcement(change) for change in numbers.announced],
            "reference_count": count,
            "references": format_items(references, request=request, site=site),
            "texts_with_numbers": format_items(texts_with_numbers(item), request=request, site=site),
            "can_mark_called": self.can_write(request, item),
            "bar_note": _("A change appears at once on %(pages)s.") % {"pages": pages_in_words(item, count)},
        }

    def on_form_saved(self, request: HttpRequest, item: Hotline) -> None:
        """Note that somebody called the hotline, if that is the button that was pressed."""
        if CALLED in request.POST:
            item.verified_on = timezone.localdate()
            item.save(update_fields=["verified_on"])


def pages_in_words(hotline: Hotline, references: int) -> str:
    """Return where the hotline is shown: “every page” or “12 pages”. `references` are texts that show its number."""
    if hotline.is_on_every_page:
        return _("every page")
    count = PAGES_OF_HOTLINES + references
    return ngettext("%(count)s page", "%(count)s pages", count) % {"count": count}
