"""Sections, sources and tags by name. Missing sources and tags are created, and each is loaded once."""

from collections.abc import Iterable

from taggit.models import Tag

from news.models import Section, Source, SourceAlias
from postportal.publishing.signals import forgotten_deletions
from postportal.tags.models import TagSpelling, tag_key
from postportal.text.folding import fold_name


class Taxonomy:
    """Finds rows by name. Sections are public pages with feeds, so unknown ones are created only on request."""

    def __init__(self, *, create_sections: bool = False) -> None:
        self.create_sections = create_sections
        sections = list(Section.objects.values_list("pk", "name", "name_zh").order_by("pk"))
        self._sections = {_key(name_zh): pk for pk, _name, name_zh in sections if name_zh}
        self._sections |= {_key(name): pk for pk, name, _name_zh in sections}
        self._sources: dict[str, int] = {}
        for name, pk in SourceAlias.objects.values_list("name", "source_id").order_by("pk"):
            self._sources[_key(name)] = pk
        for pk, *names in Source.objects.values_list("pk", "name", "name_zh").order_by("pk"):
            self._sources |= {_key(name): pk for name in names if name}
        self._tags: dict[str, int] = {}
        # The keys of rows that were created since unused ones were last removed.
        self._new_sources: set[int] = set()
        self._new_tags: set[int] = set()

    def has_section(self, name: str) -> bool:
        """Return True if articles may be filed under this name."""
        return self.create_sections or _key(name) in self._sections

    def section_pk(self, name: str) -> int:
        key = _key(name)
        if key not in self._sections:
            self._sections[key] = Section.objects.create(name=name).pk
        return self._sections[key]

    def source_pk(self, name: str) -> int:
        key = _key(name)
        if key not in self._sources:
            self._sources[key] = Source.objects.create(name=name).pk
            self._new_sources.add(self._sources[key])
        return self._sources[key]

    def tag_pks(self, names: Iterable[str]) -> dict[str, int]:
        """Return the keys of the tags by name, however it is spelt. Existing tags keep their spelling."""
        keys = {name: tag_key(name) for name in names}
        missing = [name for name, key in keys.items() if key not in self._tags]
        self._tags |= {key: tag.pk for key, tag in TagSpelling.objects.tags_by_key(missing).items()}
        for name, key in keys.items():
            if key not in self._tags:
                # One by one, because the slug is made on saving.
                self._tags[key] = Tag.objects.create(name=name).pk
                self._new_tags.add(self._tags[key])
        return {name: self._tags[key] for name, key in keys.items()}

    def remove_unused(self) -> None:
        """Delete the tags and sources that were created for lines which then changed nothing."""
        tags = Tag.objects.filter(pk__in=self._new_tags, taggit_taggeditem_items=None)
        sources = Source.objects.filter(pk__in=self._new_sources, articles=None)
        self._tags = _without(self._tags, tags.values_list("pk", flat=True))
        self._sources = _without(self._sources, sources.values_list("pk", flat=True))
        with forgotten_deletions():
            tags.delete()
            sources.delete()
        self._new_tags.clear()
        self._new_sources.clear()


def _without(rows: dict[str, int], pks: Iterable[int]) -> dict[str, int]:
    gone = set(pks)
    return {name: pk for name, pk in rows.items() if pk not in gone}


def _key(name: str) -> str:
    """Return the key by which equal names are found. A name of punctuation only folds to nothing."""
    return fold_name(name) or name
