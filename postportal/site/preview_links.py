"""Preview links, which show unpublished content without an account."""

import datetime as dt
from typing import Any

from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postportal.documents.models import Document
from postportal.documents.references import replace_document_urls
from postportal.documents.serving import document_not_found, private_captions, private_file
from postportal.images.serving import not_found, private_response
from postportal.publishing.models import PreviewLink
from postportal.publishing.previews.banner import PreviewBanner, make_inert
from postportal.publishing.previews.rendering import language_of, render_content
from postportal.publishing.workflow.publish_times import format_publish_time
from postportal.web.languages import html_language
from postportal.web.media_names import replace_urls, stem_of
from postportal.web.request_time import request_time

# Sign the URLs of the pictures and of the documents in a preview.
PICTURE_SALT, DOCUMENT_SALT = "postportal.preview_pictures", "postportal.preview_documents"


@require_safe
def show_preview_link(request: HttpRequest, key: str) -> HttpResponse:
    """Show the unpublished content in the language of the item. Expired and unknown keys get the same answer."""
    at = request_time(request)
    link = _usable_link(key, at=at)
    if link is None:
        response = render(request, "publishing/link_expired.html", status=410)
    else:
        item: Any = link.item
        language = language_of(item)
        with translation.override(language):
            text = _("This page is not public. The link expires on %(moment)s.") % {
                "moment": format_publish_time(link.expires_at)
            }
            banner = PreviewBanner(label=_("Preview"), text=text)
        content = link.edition.content if link.edition else None
        response = render_content(item, content, request=request, at=at, banner=banner)
        page = replace_urls(response.text, lambda name: _picture_url(key, name))
        response.content = replace_document_urls(page, lambda pk: _document_url(key, pk)).encode()
        response.headers["Content-Language"] = html_language(language)
    make_inert(response)
    return response


@require_safe
def show_preview_picture(request: HttpRequest, key: str, signature: str, name: str) -> HttpResponseBase:
    """Return a picture that the preview shows, as long as its link works. The page signed its URL, so that the link
    opens no other picture."""
    is_signed = constant_time_compare(signature, _signature(key, stem_of(name), salt=PICTURE_SALT))
    if is_signed and stem_of(name) and _usable_link(key, at=request_time(request)):
        return private_response(request, name)
    return not_found()


@require_safe
def show_preview_document(request: HttpRequest, key: str, signature: str, pk: int) -> HttpResponseBase:
    """Return the current file of a document that the preview links to, under the same conditions as a picture."""
    document = _document_of_preview(request, key, signature, pk)
    if document is None:
        return document_not_found()
    return private_file(request, document, name=document.file.name or "", kind=document.kind)


@require_safe
def show_preview_captions(request: HttpRequest, key: str, signature: str, pk: int) -> HttpResponseBase:
    """Return the captions of a recording that the preview plays, under the same conditions as its file."""
    document = _document_of_preview(request, key, signature, pk)
    return private_captions(document) if document and document.captions else document_not_found()


def _document_of_preview(request: HttpRequest, key: str, signature: str, pk: int) -> Document | None:
    is_signed = constant_time_compare(signature, _signature(key, str(pk), salt=DOCUMENT_SALT))
    document = Document.objects.filter(pk=pk).defer("text").first() if is_signed else None
    return document if document and _usable_link(key, at=request_time(request)) else None


def _usable_link(key: str, *, at: dt.datetime) -> PreviewLink | None:
    link = PreviewLink.objects.with_key(key).select_related("edition", "created_by").first()
    return link if link and link.is_usable(at) else None


def _picture_url(key: str, name: str) -> str:
    return reverse("preview_picture", args=[key, _signature(key, stem_of(name), salt=PICTURE_SALT), name])


def _document_url(key: str, pk: int) -> str:
    return reverse("preview_document", args=[key, _signature(key, str(pk), salt=DOCUMENT_SALT), pk])


def _signature(key: str, shown: str, *, salt: str) -> str:
    return Signer(salt=salt).signature(f"{key}:{shown}")
