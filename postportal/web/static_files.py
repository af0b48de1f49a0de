"""Static files for production: one minified stylesheet for readers and one for staff, with hashes in the names. And
which of the collected files are served."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any

import rcssmin
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("([^"]+)"\);')
RELATIVE_URL = re.compile(r'(?<=url\()(["\']?)(?![a-z]+:|/|#)([^"\')]+)(?=["\']?\))')

# For collectstatic and nginx only; docs/deploy/nginx.conf has the same list.
HIDDEN_FILES = ("staticfiles.json", "errors/")

Paths = dict[str, tuple[Any, str]]


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Serves the static files where no proxy does."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        hidden = tuple(f"{settings.STATIC_URL}{name}" for name in HIDDEN_FILES)
        if request.path_info.startswith(hidden):
            return self.get_response(request)  # type: ignore[no-any-return]
        return super().__call__(request)  # type: ignore[no-any-return]


class JoinedStylesheetStorage(CompressedManifestStaticFilesStorage):
    """Join each stylesheet of the portal with those it imports, and minify the result.

    In development the parts are served separately, so that the portal starts without a build step. Modules import each
    other by their hashed names."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        joined = InMemoryStorage()
        ours = [name for name in paths if name.startswith("portal/") and name.endswith(".css")]
        for name in ours:
            joined.save(name, ContentFile(rcssmin.cssmin(stylesheet(name, paths)).encode()))
        yield from super().post_process({**paths, **{name: (joined, name) for name in ours}}, dry_run, **options)

    def compress_files(self, paths: Iterable[str]) -> Any:
        """Compress the files with a hash in their names. Pages name no others, and compressing takes longest."""
        return super().compress_files(set(paths) & set(self.hashed_files.values()))


def stylesheet(name: str, paths: Paths) -> str:
    """Return the text of a stylesheet with its imports replaced by their text. Raise ValueError for an unsupported
    @import."""
    storage, path = paths[name]
    with storage.open(path) as file:
        text = file.read().decode()
    folder = posixpath.dirname(name)
    text = IMPORT.sub(lambda match: _imported_text(posixpath.join(folder, match[1]), importer=name, paths=paths), text)
    if "@import" in text:
        raise ValueError(f'{name}: only @import url("…"); is supported')
    return text


def _imported_text(name: str, *, importer: str, paths: Paths) -> str:
    """Return the text of an imported stylesheet, with its URLs relative to the importer."""
    name = posixpath.normpath(name)
    own_folder, target_folder = posixpath.dirname(name), posixpath.dirname(importer) or "."
    return RELATIVE_URL.sub(
        lambda match: match[1] + posixpath.relpath(posixpath.join(own_folder, match[2]), target_folder),
        stylesheet(name, paths),
    )
