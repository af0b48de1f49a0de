"""Translations: made beside their original, and compared with what has changed in it since."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet

from postportal.publishing.models import Publishable, Revision
from postportal.publishing.versions import copying, revisions
from postportal.web.languages import Translated


def is_translated(model: type[Any]) -> bool:
    return issubclass(model, Translated) and issubclass(model, Publishable)


def missing_languages(item: Any) -> list[tuple[str, str]]:
    """Return code and name of the languages in which the item does not exist yet."""
    existing = {item.language, *item.in_other_languages().values_list("language", flat=True)}
    return [(code, name) for code, name in settings.LANGUAGES if code not in existing]


def translate(item: Any, language: str, *, by: Any, origin: str) -> Publishable:
    """Create a draft in another language with the texts of the item, to be written over."""
    original = item.translation_of or item
    revisions.record_outside_change(original)
    changes = {"language": language, "translation_of": original.pk}
    content = copying.copied_content(
        type(item), revisions.current_content(item), keep=["dateline_on", "is_featured"], changes=changes
    )
    version = revisions.current_version(original)
    return copying.create_draft(type(item), content, by=by, origin=origin, translated_version=version)


def out_of_date(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the translations whose original has a newer version than the one they were compared with. Filing it under
    another section or tag asks for no translation."""
    newer = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(rows.model),
        object_id=OuterRef("translation_of"),
        number__gt=OuterRef("translated_version"),
    )
    # SQLite finds the translations in an index by a range of keys, but not by their not being null.
    rows = rows.filter(translation_of__gt=0, translated_version__isnull=False)
    return rows.filter(Exists(newer.exclude(kind=Revision.Kind.FILED)))


def untranslated(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the originals without a translation."""
    translations = rows.model._default_manager.filter(translation_of=OuterRef("pk"))
    return rows.filter(~Exists(translations), translation_of__isnull=True)


def mark_as_compared(translation: Any) -> None:
    """Record that the translation says what its original says now."""
    version = revisions.current_version(translation.translation_of)
    # Readers see nothing of it, and the row is not changed.
    type(translation)._default_manager.filter(pk=translation.pk).update(translated_version=version)
