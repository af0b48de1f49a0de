"""Static files as production serves them: one stylesheet for each side, minified, and hashes in the names."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

import rcssmin
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("([^"]+)"\);')
RELATIVE_URL = re.compile(r'(?<=url\()(["\']?)(?![a-z]+:|/|#)([^"\')]+)(?=["\']?\))')

Paths = dict[str, tuple[Any, str]]


class JoinedStylesheetStorage(CompressedManifestStaticFilesStorage):
    """Replace each `@import` of our stylesheets by the file it names, and minify the result.

    Development serves the parts one by one, so that nothing has to be built before the portal can start."""

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        joined = InMemoryStorage()
        ours = [name for name in paths if name.startswith("portal/") and name.endswith(".css")]
        for name in ours:
            joined.save(name, ContentFile(rcssmin.cssmin(stylesheet(name, paths)).encode()))
        yield from super().post_process({**paths, **{name: (joined, name) for name in ours}}, dry_run, **options)


def stylesheet(name: str, paths: Paths) -> str:
    """Return the text of a stylesheet with the stylesheets it imports."""
    storage, path = paths[name]
    with storage.open(path) as file:
        text = file.read().decode()
    text = IMPORT.sub(lambda found: imported(posixpath.join(posixpath.dirname(name), found[1]), name, paths), text)
    if "@import" in text:
        raise ValueError(f'{name}: only @import url("…"); can be joined')
    return text


def imported(name: str, importer: str, paths: Paths) -> str:
    """Return the text of an imported stylesheet, with URLs that hold where the importer is."""
    name = posixpath.normpath(name)
    there, here = posixpath.dirname(name), posixpath.dirname(importer) or "."
    return RELATIVE_URL.sub(
        lambda found: found[1] + posixpath.relpath(posixpath.join(there, found[2]), here), stylesheet(name, paths)
    )
