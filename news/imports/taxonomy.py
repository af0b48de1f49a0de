"""Sections, sources and tags by name. Missing ones are created, and each is loaded once."""

from collections.abc import Iterable

from django.db.models.functions import Lower
from taggit.models import Tag

from news.imports.slugs import unique_slug
from news.models import Section, Source, SourceAlias


class Taxonomy:
    def __init__(self) -> None:
        self._sections = {name.casefold(): pk for name, pk in Section.objects.values_list("name", "pk").order_by("pk")}
        self._sources: dict[str, int] = {}
        for name, pk in SourceAlias.objects.values_list("name", "source_id").order_by("pk"):
            self._sources[name.casefold()] = pk
        for pk, *names in Source.objects.values_list("pk", "name", "name_zh").order_by("pk"):
            self._sources |= {name.casefold(): pk for name in names if name}
        self._tags: dict[str, int] = {}

    def section_pk(self, name: str) -> int:
        if name.casefold() not in self._sections:
            self._sections[name.casefold()] = Section.objects.create(name=name, slug=unique_slug(Section, name)).pk
        return self._sections[name.casefold()]

    def source_pk(self, name: str) -> int:
        if name.casefold() not in self._sources:
            self._sources[name.casefold()] = Source.objects.create(name=name, slug=unique_slug(Source, name)).pk
        return self._sources[name.casefold()]

    def tag_pks(self, names: Iterable[str]) -> dict[str, int]:
        """Return the keys of the tags by name, ignoring case. Existing tags keep their spelling."""
        names = list(names)
        missing = {name.casefold() for name in names} - self._tags.keys()
        if missing:
            known = Tag.objects.annotate(folded=Lower("name")).filter(folded__in=missing).order_by("pk")
            self._tags |= {name.casefold(): pk for name, pk in known.values_list("name", "pk")}
        for name in names:
            if name.casefold() not in self._tags:
                # One by one, because taggit makes the slug unique on saving.
                self._tags[name.casefold()] = Tag.objects.create(name=name).pk
        return {name: self._tags[name.casefold()] for name in names}
