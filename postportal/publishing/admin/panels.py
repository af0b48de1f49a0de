"""Parts of the page under a form, each with small forms of its own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse


def panel_response(
    request: HttpRequest, *, panel: str, change_url: str, text: Any, level: int, context: dict[str, Any]
) -> HttpResponse:
    """In place for the script beside the form, which may hold text that is not saved; else on the form itself."""
    if request.accepts("text/html"):
        messages.add_message(request, level, text)
        return HttpResponseRedirect(f"{change_url}#{panel}")
    context = {**context, "told": text, "is_told_badly": level == messages.ERROR}
    return TemplateResponse(request, f"admin/publishing/_{panel}.html", context)
