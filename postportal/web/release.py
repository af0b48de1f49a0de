"""The version of the installed code: whatever is decided before a page is rendered also depends on its template."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings

SUFFIXES = frozenset({".py", ".html", ".xml", ".txt", ".mo"})


@cache
def release() -> str:
    """Return a digest of the project's code, templates and translations, and of the version of Django. It is the same
    on all machines of a release; processes keep it, since they also keep the code."""
    found = hashlib.sha256(django.get_version().encode())
    for root in _folders():
        for path in sorted(path for path in root.rglob("*") if path.suffix in SUFFIXES):
            found.update(f"{path.relative_to(root)}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def _folders() -> Iterator[Path]:
    """Yield the folders of the project's own apps and of its templates, and those of the theme."""
    yield from (Path(app.path) for app in apps.get_app_configs() if "site-packages" not in Path(app.path).parts)
    yield Path(settings.BASE_DIR) / "templates"
    yield from (Path(folder) for folder in settings.THEME_DIRS)
