"""Preview links, which show unpublished content without an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postportal.publishing.models import PreviewLink
from postportal.publishing.previews.banner import PreviewBanner, make_inert
from postportal.publishing.previews.rendering import language_of, render_content
from postportal.publishing.workflow.publish_times import format_publish_time
from postportal.web.languages import html_language
from postportal.web.request_time import request_time


@require_safe
def show_preview_link(request: HttpRequest, key: str) -> HttpResponse:
    """Show the unpublished content in the language of the item. Expired and unknown keys get the same answer."""
    at = request_time(request)
    link = PreviewLink.objects.with_key(key).select_related("edition", "created_by").first()
    item: Any = link.item if link else None
    if link is None or not link.is_usable(at):
        response = render(request, "publishing/link_expired.html", status=410)
    else:
        language = language_of(item)
        with translation.override(language):
            text = _("This page is not public. The link expires on %(moment)s.") % {
                "moment": format_publish_time(link.expires_at)
            }
            banner = PreviewBanner(label=_("Preview"), text=text)
        content = link.edition.content if link.edition else None
        response = render_content(item, content, request=request, at=at, banner=banner)
        response.headers["Content-Language"] = html_language(language)
    make_inert(response)
    return response
