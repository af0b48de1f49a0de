"""Base of the panels on the form of an item."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from postportal.publishing.models import Versioned
from postportal.staff.form_state import get_copy
from postportal.staff.panels import Panel
from postportal.staff.permissions import change_url


class ItemPanel(Panel):
    """Panel on the form of an item or of another versioned row."""

    # The anchor on the page, and the part of the template name after "admin/publishing/_".
    name: ClassVar[str] = ""

    def get_item_or_404(self, request: HttpRequest, object_id: str) -> Any:
        item: Versioned | None = self.model_admin.get_item(request, object_id)
        if item is None:
            raise Http404
        return item

    def panel_response(
        self, request: HttpRequest, item: Versioned, *, text: Any, level: int, context: dict[str, Any]
    ) -> HttpResponse:
        """Answer a small form of the panel with a message: a script gets the panel, since the form above may hold text
        that is not saved; a browser is sent back to the whole form, or gets it with what was typed if that was refused.
        """
        context = {**context, f"{self.name}_message": text, "is_panel_error": level == messages.ERROR}
        if request.accepts("text/html"):
            messages.add_message(request, level, text)
            if level == messages.ERROR:
                return self.form_response(request, item, context)
            return HttpResponseRedirect(f"{change_url(item)}#{self.name}")
        return TemplateResponse(request, f"admin/publishing/_{self.name}.html", context)

    def refusal(self, request: HttpRequest, item: Versioned, context: dict[str, Any]) -> HttpResponse:
        """Answer a small form with what was typed and the reasons at its fields, which are in the context."""
        text = _("Nothing was saved. Correct what is marked below.")
        return self.panel_response(request, item, text=text, level=messages.ERROR, context=context)

    def form_response(self, request: HttpRequest, item: Versioned, context: dict[str, Any]) -> HttpResponse:
        """Return the page of the item as it is stored, with this context in place of that of the panels."""
        shown = get_copy(request, panel_context=context)
        page: HttpResponse = self.model_admin.change_view(shown, str(item.pk), form_url=change_url(item))
        return page
