"""Languages that are spoken to customers, as a list of codes (BCP 47), typed and shown by their names."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from postportal.text.fields import LineFormField
from postportal.text.folding import fold
from postportal.text.tidying import tidy_line

NAMES: dict[str, Any] = {
    "zh": gettext_lazy("Chinese"),
    "yue": gettext_lazy("Cantonese"),
    "en": gettext_lazy("English"),
    "ar": gettext_lazy("Arabic"),
    "bo": gettext_lazy("Tibetan"),
    "de": gettext_lazy("German"),
    "es": gettext_lazy("Spanish"),
    "fr": gettext_lazy("French"),
    "hi": gettext_lazy("Hindi"),
    "id": gettext_lazy("Indonesian"),
    "it": gettext_lazy("Italian"),
    "ja": gettext_lazy("Japanese"),
    "kk": gettext_lazy("Kazakh"),
    "ko": gettext_lazy("Korean"),
    "mn": gettext_lazy("Mongolian"),
    "pt": gettext_lazy("Portuguese"),
    "ru": gettext_lazy("Russian"),
    "th": gettext_lazy("Thai"),
    "ug": gettext_lazy("Uyghur"),
    "vi": gettext_lazy("Vietnamese"),
    "za": gettext_lazy("Zhuang"),
    "csl": pgettext_lazy("language", "Chinese Sign Language"),
}
MAX_LENGTH = 120
_BETWEEN = re.compile(r"\s*(?:[,;/、，；和及]|\band\b|&)\s*", re.IGNORECASE)


def read_languages(typed: str) -> list[str]:
    """Return the codes of languages given by name in a language of the portal, or by code. Raise ValidationError."""
    by_name = {fold(name): code for code in NAMES for name in (code, *_names(code))}
    codes: list[str] = []
    for word in filter(None, _BETWEEN.split(tidy_line(typed))):
        if fold(word) not in by_name:
            text = _("“%(word)s” is not one of the languages known here: %(known)s.")
            raise ValidationError(text % {"word": word, "known": ", ".join(str(name) for name in NAMES.values())})
        codes.append(by_name[fold(word)])
    return list(dict.fromkeys(codes))


def languages_in_words(stored: str) -> str:
    """Return the names in the active language, separated by commas."""
    return _(", ").join(str(NAMES.get(code, code)) for code in stored.split(",") if code)


def _names(code: str) -> list[str]:
    names = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            names.append(str(NAMES[code]))
    return names


class LanguagesFormField(LineFormField):
    """Reads and shows languages by their names."""

    def prepare_value(self, value: Any) -> Any:
        return languages_in_words(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> Any:
        return ",".join(read_languages(super().to_python(value) or ""))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return read_languages(initial or "") != read_languages(data or "")
        except ValidationError:
            return True


class LanguagesField(models.CharField):
    """Codes of languages, separated by commas: “zh,en”. "" is unknown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": MAX_LENGTH, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = ",".join(read_languages(getattr(model_instance, self.attname) or ""))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": LanguagesFormField, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
