"""Files of pictures, served to those who may see them.

Readers get a picture while something public shows it, staff with access to the library get every picture, and the
visitor of a preview link those of the preview (`postportal.site.preview_links`). For everybody else a private picture
does not exist."""

import datetime as dt
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postportal.images.byte_ranges import serve_range
from postportal.images.models import Image, ImageFile
from postportal.images.public_uses import find_public_use
from postportal.images.text_pictures import current_url
from postportal.web.caching import has_session
from postportal.web.conditional import has_version, not_modified
from postportal.web.media_names import MASTER_NAME, content_type_of, name_in_url, stem_of
from postportal.web.request_time import request_time

# Browsers ask again after a minute, shared caches after a second, as for pages.
BROWSER_SECONDS, SHARED_CACHE_SECONDS = 60, 1
# Where nginx finds the files that the application tells it to send (docs/deploy/nginx.conf).
INTERNAL_URL = "/-/media/"
# Uploaded files are data: nothing in them may run, whatever their type.
FILE_POLICY = "default-src 'none'; sandbox"


@require_safe
def serve_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Return the file of a picture, or 404 if the visitor may not see it or there is none. A file that was replaced
    leads to the current one, on the same terms, and is never shown itself."""
    at = request_time(request)
    stem = stem_of(name)
    use = find_public_use(stem, at=at) if stem else None
    if use is not None:
        # The uncropped file is not for readers.
        url = current_url(name) if MASTER_NAME.fullmatch(name) else ""
        response: HttpResponseBase = HttpResponseRedirect(url) if url else file_response(request, name)
        if response.status_code == 404 and (url := current_url(name)):
            response = HttpResponseRedirect(url)
        if response.status_code < 400:
            cache_until(response, use.expire_at, at=at)
        return response
    if stem and (url := current_url(name)):
        return _redirect(request, url, at=at)
    if stem and _may_see_library(request):
        return private_response(request, name)
    return not_found()


def _redirect(request: HttpRequest, url: str, *, at: dt.datetime) -> HttpResponseBase:
    """Lead from an earlier file of a picture to the current one, if the visitor may see that."""
    use = find_public_use(stem_of(name_in_url(url)), at=at)
    if use is None and not _may_see_library(request):
        return not_found()
    response = HttpResponseRedirect(url)
    if use is None:
        response.headers["Cache-Control"] = "private, no-store"
    else:
        cache_until(response, use.expire_at, at=at)
    return response


@require_safe
def serve_whole_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Return the file of a picture with what was cropped away. A view of the staff side."""
    if not _may_see_library(request):
        raise PermissionDenied
    return private_response(request, get_object_or_404(Image, pk=pk).file.name or "")


@require_safe
def serve_earlier_file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Return a file that a picture has or had. A view of the staff side."""
    if not _may_see_library(request):
        raise PermissionDenied
    return private_response(request, get_object_or_404(ImageFile, pk=number, image=pk).name)


def private_response(request: HttpRequest, name: str) -> HttpResponseBase:
    """Return the file for this visitor only."""
    response = file_response(request, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def not_found() -> HttpResponse:
    """Return the same answer for a picture that does not exist and for one that is hidden. Not a page: it would cost
    many times as much as a picture."""
    text = _("This picture does not exist or is not public.")
    response = HttpResponseNotFound(text, content_type="text/plain; charset=utf-8")
    add_never_cache_headers(response)
    return response


def file_response(request: HttpRequest, name: str, *, content_type: str = "") -> HttpResponseBase:
    """Return the file without a cache policy. nginx sends it if it can, otherwise the application does. Files of
    pictures have their type in their names."""
    # A file is never overwritten, so its name says which bytes it has.
    etag = f'"{name.rpartition("/")[2]}"'
    if has_version(request, etag):
        response: HttpResponseBase = not_modified(etag)
    else:
        try:
            response = _sent_by_nginx(name) if _is_sent_by_nginx() else _streamed(request, name, etag=etag)
            response.headers["Content-Type"] = content_type or content_type_of(name)
        except FileNotFoundError:
            return not_found()
    response.headers["ETag"] = etag
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def _may_see_library(request: HttpRequest) -> bool:
    return has_session(request) and request.user.is_staff and request.user.has_perm("images.view_image")


def cache_until(response: HttpResponseBase, expire_at: dt.datetime | None, *, at: dt.datetime) -> None:
    """Let caches keep the file for a moment, but not beyond the end of what shows it."""
    remaining = BROWSER_SECONDS if expire_at is None else int((expire_at - at).total_seconds())
    patch_cache_control(
        response,
        public=True,
        max_age=min(BROWSER_SECONDS, remaining),
        s_maxage=min(SHARED_CACHE_SECONDS, remaining),
        must_revalidate=True,
    )


def _is_sent_by_nginx() -> bool:
    # A storage without files on this machine has nothing that nginx could send.
    return not settings.SERVE_MEDIA and isinstance(default_storage, FileSystemStorage)


def _sent_by_nginx(name: str) -> HttpResponse:
    if not default_storage.exists(name):
        raise FileNotFoundError(name)
    response = HttpResponse()
    response.headers["X-Accel-Redirect"] = INTERNAL_URL + quote(name)
    return response


def _streamed(request: HttpRequest, name: str, *, etag: str) -> HttpResponseBase:
    file = default_storage.open(name)
    if (part := serve_range(request, file, etag=etag)) is None:
        response: HttpResponseBase = FileResponse(file)
    else:
        response = part
        file.close()
    response.headers["Accept-Ranges"] = "bytes"
    return response
