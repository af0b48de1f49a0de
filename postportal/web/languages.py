"""The languages of the portal: English has no URL prefix, every other language has one. Only the URL decides, except on
staff pages: they have one URL in all languages, and each person chooses.

Articles and pages have a row for each language (`Translated`). Names and short texts are columns, with the Chinese text
in a twin column: `name` and `name_zh`. Only this module reads language codes and picks the column.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation import to_locale

CHINESE = "zh-hans"
STAFF_PREFIX = "/admin/"
_OPEN_GRAPH_LOCALES = {"en": "en_GB", CHINESE: "zh_CN", "zh-hant": "zh_TW"}


class LanguageMiddleware:
    """Activate the language of the path. Unlike Django's own middleware, ignore headers and cookies on public pages: a
    URL has the same page for everyone, so that shared caches may store it. Staff pages follow the language that the
    person chose there, or that the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_staff_page = request.path_info.startswith(STAFF_PREFIX)
        if is_staff_page:
            language = translation.get_language_from_request(request)
        else:
            language = language_of_path(request.path_info)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        if is_staff_page:
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        response.headers.setdefault("Content-Language", html_language(language))
        return response


def language_of_path(path: str) -> str:
    """Return the language of the public page at the path."""
    return translation.get_language_from_path(path) or settings.LANGUAGE_CODE


def html_language(code: str) -> str:
    """Return the BCP 47 tag in the spelling of HTML: `zh-hans` → `zh-Hans`."""
    return "-".join(part if n == 0 else part.title() for n, part in enumerate(code.split("-")))


def open_graph_locale(tag: str) -> str:
    """Return language and territory as the Open Graph protocol (https://ogp.me/#optional) asks for, such as “en_GB” for
    en. A tag of which no territory is known stays without one."""
    return _OPEN_GRAPH_LOCALES.get(tag.lower(), to_locale(tag))


def is_chinese(code: str | None = None) -> bool:
    """Return True if the language code, by default that of the active language, means Chinese."""
    return ((translation.get_language() or "") if code is None else code).startswith("zh")


def match_language(tag: str) -> str | None:
    """Return the language of the portal that a tag such as “zh_CN” or “en-GB” means; None if the portal has none."""
    code = tag.lower().replace("_", "-")
    if code == "zh" or code.startswith(("zh-cn", "zh-sg")):
        code = CHINESE
    known = {own for own, _name in settings.LANGUAGES}
    return next((each for each in (code, code.split("-")[0]) if each in known), None)


def twin_field(field: str) -> str:
    """Return the name of the field that has the Chinese text of `field`."""
    return f"{field}_zh"


def localized_text(row: Any, field: str) -> str:
    """Return the row's `field` in the active language, or in English if there is no text in that language."""
    return str((is_chinese() and getattr(row, twin_field(field))) or getattr(row, field))


def localized_column(column: str) -> Combinable:
    """Return `localized_text` as a database expression."""
    if is_chinese():
        return Coalesce(NullIf(F(twin_field(column)), Value("")), F(column), output_field=TextField())
    return F(column)


def other_script_text(row: Any, field: str) -> str:
    """Return the text of the other script than `localized_text` returns; "" if the row has no Chinese text."""
    chinese = getattr(row, twin_field(field))
    return str((getattr(row, field) if is_chinese() else chinese) if chinese else "")


def field_language(row: Any, field: str) -> str:
    """Return the BCP 47 tag of the text that `localized_text` returns."""
    return html_language(CHINESE) if is_chinese() and getattr(row, twin_field(field)) else "en"


def other_field_language(row: Any, field: str) -> str:
    """Return the BCP 47 tag of the text that `other_script_text` returns."""
    return "en" if is_chinese(field_language(row, field)) else html_language(CHINESE)


class Translated(models.Model):
    """A row with texts in one language, possibly a translation of another row."""

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
    # The version of the original that this translation was last compared with, None if it never was.
    translated_version = models.PositiveIntegerField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse an original that would make a circle or a chain: all translations have the same original."""
        super().clean()
        # The type checker cannot follow a relation of an abstract model to itself.
        row: Any = self
        if row.translation_of is None:
            return
        original = row.translation_of = row.translation_of.translation_of or row.translation_of
        if row.pk and row.pk == original.pk:
            message = _("An item cannot be a translation of itself.")
        elif original.language == row.language:
            message = _("A translation must be in a different language from its original.")
        elif row.pk and type(row)._default_manager.filter(translation_of=row.pk).exists():
            message = _("Other items are translations of this one, so it must be the original.")
        else:
            return
        raise ValidationError({"translation_of": message})

    @property
    def html_language(self) -> str:
        return html_language(self.language)

    def in_other_languages(self) -> models.QuerySet[Any]:
        """Return the translations of this row, public or not."""
        root = self.translation_of_id or self.pk  # type: ignore[attr-defined]
        rows = type(self)._default_manager.filter(models.Q(pk=root) | models.Q(translation_of=root))
        return rows.exclude(pk=self.pk)
