"""Languages: English without prefix, the others under their own. Only the address decides."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext_lazy as _


class LanguageMiddleware:
    """Activate the language of the path. Unlike Django's own, never looks at headers or cookies: a page is the same
    for everyone who asks for its address, so that shared caches may keep it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", html_language(language))
        return response


def html_language(code: str) -> str:
    """Return the BCP 47 tag as HTML wants it: `zh-hans` → `zh-Hans`."""
    return "-".join(part if n == 0 else part.title() for n, part in enumerate(code.split("-")))


def localized_text(row: Any, field: str) -> str:
    """Return the row's `field` in the active language where it is filled, else as it is in English."""
    if (translation.get_language() or "").startswith("zh"):
        return str(getattr(row, f"{field}_zh") or getattr(row, field))
    return str(getattr(row, field))


class Translated(models.Model):
    """A text in one language, perhaps the translation of another row."""

    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    translation_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
        help_text=_("The same item in its original language, so that readers can change between them."),
    )

    class Meta:
        abstract = True

    @property
    def html_language(self) -> str:
        return html_language(self.language)

    def in_other_languages(self) -> models.QuerySet[Any]:
        """The rows that say the same in another language. The caller filters what is public."""
        root = self.translation_of_id or self.pk  # type: ignore[attr-defined]
        rows = type(self)._default_manager.filter(models.Q(pk=root) | models.Q(translation_of=root))
        return rows.exclude(pk=self.pk)
