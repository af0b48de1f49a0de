"""Files of documents, served to those who may have them. For everybody else a document does not exist, or is gone."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseGone, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postportal.documents.file_types import FILE_TYPES
from postportal.documents.models import Document
from postportal.documents.public_uses import public_documents, was_withdrawn
from postportal.images.serving import FILE_POLICY, cache_until, file_response
from postportal.web.caching import has_session
from postportal.web.request_time import request_time

# Browsers show no PDF in a sandbox. Nothing in one of these runs: uploads with scripts are refused.
_SHOWN = {"pdf"}
_PLAYED = {kind for kind, file_type in FILE_TYPES.items() if file_type.player}
_SHOWN_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@require_safe
def serve_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Return the current file of a document, or 404 if the visitor may not have it, or 410 if readers had it."""
    at = request_time(request)
    document = public_documents(at).filter(pk=pk).defer("text").first()
    if document is not None:
        response = document_response(request, document, name=document.file.name or "", kind=document.kind)
        if response.status_code < 400:
            # Asked for each time: the file at this URL may be another one, or nothing may use it any more.
            cache_until(response, at, at=at)
        return response
    document = Document.objects.filter(pk=pk).defer("text").first()
    if document is not None and may_see_documents(request):
        return private_file(request, document, name=document.file.name or "", kind=document.kind)
    if document is not None and was_withdrawn(document, at=at):
        return _refusal(HttpResponseGone, _("This document is no longer available."))
    return document_not_found()


@require_safe
def serve_captions(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Return the captions of a recording to those who may have it."""
    at = request_time(request)
    document = public_documents(at).filter(pk=pk).only("captions").first()
    is_public = document is not None
    if document is None and may_see_documents(request):
        document = Document.objects.filter(pk=pk).only("captions").first()
    if document is None or not document.captions:
        return document_not_found()
    response = private_captions(document)
    if is_public:
        cache_until(response, at, at=at)
    return response


@require_safe
def serve_earlier_file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Return a file that a document has or had. A view of the staff side."""
    if not may_see_documents(request):
        raise PermissionDenied
    document = get_object_or_404(Document, pk=pk)
    file = get_object_or_404(document.files, pk=number)
    return private_file(request, document, name=file.name, kind=file.kind)


def private_file(request: HttpRequest, document: Document, *, name: str, kind: str) -> HttpResponseBase:
    """Return the file for this visitor only."""
    response = document_response(request, document, name=name, kind=kind)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def private_captions(document: Document) -> HttpResponse:
    """Return the captions of a recording for this visitor only."""
    response = HttpResponse(document.captions, content_type="text/vtt; charset=utf-8")
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response


def document_response(request: HttpRequest, document: Document, *, name: str, kind: str) -> HttpResponseBase:
    """Return a file of the document without a cache policy: a PDF to be shown, everything else to be saved."""
    response = file_response(request, name, content_type=FILE_TYPES[kind].content_type)
    if response.status_code == 404:
        return document_not_found()
    is_shown = kind in _SHOWN
    is_saved = not is_shown and kind not in _PLAYED
    disposition = content_disposition_header(as_attachment=is_saved, filename=document.download_name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Content-Security-Policy"] = _SHOWN_POLICY if is_shown else FILE_POLICY
    return response


def may_see_documents(request: HttpRequest) -> bool:
    return has_session(request) and request.user.is_staff and request.user.has_perm("documents.view_document")


def document_not_found() -> HttpResponse:
    """Return the same answer for a document that does not exist and for one that is hidden."""
    return _refusal(HttpResponseNotFound, _("This document does not exist or is not public."))


def _refusal(response_class: type[HttpResponse], text: str) -> HttpResponse:
    response = response_class(text, content_type="text/plain; charset=utf-8")
    add_never_cache_headers(response)
    return response
