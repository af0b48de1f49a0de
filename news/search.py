"""Search kinds and facets of articles, people and organizations."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from taggit.models import TaggedItem

from news.models import Appointment, Article, Mention, Organization, Person, Section, Source
from news.models.mention import load_what_is_not_frozen
from postportal.search import analysis, facets
from postportal.search.documents import Document
from postportal.search.kinds import Hit, SearchKind, register_kind
from postportal.tags.models import FormerSlug, TagSpelling, tag_key
from postportal.tags.visibility import public_tags
from postportal.web.keyed_query import KeyedQuery
from postportal.web.languages import localized_column

_tags = KeyedQuery(
    lambda pks, content_type: TaggedItem.objects.filter(content_type=content_type, object_id__in=pks).values_list(
        "object_id", "tag", "tag__name"
    ),
    takes=(int,),
)
_mentions = KeyedQuery(
    lambda pks: Mention.objects.filter(article__in=pks).values_list("article", "label", "person", "organization")
)
_TEXTS = ("title", "standfirst", "body_text", "location")
_articles = KeyedQuery(
    lambda pks: Article.objects.filter(pk__in=pks).values_list(
        "pk", "language", "dateline_on", "section", "source", *_TEXTS
    )
)


@register_kind
class ArticleSearchKind(SearchKind):
    name, label, label_singular, order = "article", _("News"), _("News"), 10
    model = Article
    words = ("news", "news article", "news story", "article", "新闻", "报道")

    def documents(self, pks: Collection[int]) -> Iterator[Document]:
        pairs: dict[int, set[tuple[str, int]]] = defaultdict(set)
        names: dict[int, set[str]] = defaultdict(set)
        for pk, tag, name in _tags.objects(pks, ContentType.objects.get_for_model(Article).pk):
            pairs[pk].add(("tag", tag))
            names[pk].add(name)
        for pk, label, person, organization in _mentions.objects(pks):
            pairs[pk] |= {(name, key) for name, key in (("person", person), ("organization", organization)) if key}
            names[pk].add(label)
        for pk, language, day, section, source, title, *rest in _articles.objects(pks):
            pairs[pk] |= {(name, key) for name, key in (("section", section), ("source", source)) if key}
            yield Document(
                key=self.key(pk),
                titles=(title,),
                texts=(*rest, *sorted(names[pk])),
                language=language,
                date=day,
                facets=frozenset(pairs[pk]),
            )

    def hidden(self, at: dt.datetime) -> Sequence[QuerySet[Any]]:
        return Article.objects.hidden_querysets(at)

    def columns(self) -> dict[str, Any]:
        return {
            "title": F("title"),
            "lead": F("standfirst"),
            "body": F("body_text"),
            "note": localized_column("section__name"),
            "slug": F("slug"),
            "language": F("language"),
            "external_id": F("external_id"),
            "date": F("dateline_on"),
            "published": F("publish_at"),
            "image": F("lead_image"),
        }

    def url(self, row: dict[str, Any]) -> str:
        with translation.override(row["language"]):
            return reverse("news:article", args=[row["date"], row["slug"]])

    def enrich(self, hits: Sequence[Hit], *, terms: Collection[str], at: dt.datetime) -> None:
        """Add the positions that the people searched for held on the date of each article."""
        by_article = {hit.pk: hit for hit in hits}
        mentions = Mention.objects.filter(article__in=by_article, person__isnull=False).with_public_subject(at)
        names = mentions.values_list("pk", "person__name", "person__name_zh")
        matching = [pk for pk, *both in names if not set(terms).isdisjoint(analysis.to_terms(" ".join(both)))]
        if not matching:
            return
        rows = mentions.filter(pk__in=matching).select_related("article", "person")
        found = list(rows.defer("article__body", "article__body_text").order_by("order", "pk"))
        load_what_is_not_frozen(found, at=at)
        for mention in found:
            if mention.subtitle:
                by_article[mention.article_id].notes.append(f"{mention.display_name}: {mention.subtitle}")


def _other_names(row: Person | Organization) -> list[str]:
    names = [text for other in row.names.all() for text in (other.name, other.name_zh)]
    return list(filter(None, names))


@register_kind
class PersonSearchKind(SearchKind):
    name, label, label_singular, order = "person", _("People"), _("Person"), 30
    model = Person
    words = ("people", "person", "biography", "人物", "简介")
    is_known_by_name = True

    def documents(self, pks: Collection[int]) -> Iterator[Document]:
        for row in Person.objects.filter(pk__in=pks).prefetch_related("names"):
            yield Document(
                key=self.key(row.pk),
                titles=(
                    row.name,
                    row.name_zh,
                    *_other_names(row),
                ),
                texts=(row.biography_text,),
                facets=frozenset({("person", row.pk)}),
            )

    def columns(self) -> dict[str, Any]:
        return {
            "title": localized_column("name"),
            "body": F("biography_text"),
            "slug": F("slug"),
            "published": F("publish_at"),
            "image": F("portrait"),
        }

    def url(self, row: dict[str, Any]) -> str:
        return reverse("news:person", args=[row["slug"]])

    def enrich(self, hits: Sequence[Hit], *, terms: Collection[str], at: dt.datetime) -> None:
        """Add the current positions of each person."""
        held = Appointment.objects.published(at).held_on(timezone.localdate(at)).for_people()
        by_person = {hit.pk: hit for hit in hits}
        for appointment in held.filter(person__in=by_person):
            by_person[appointment.person_id].notes.append(appointment.full_title)


@register_kind
class OrganizationSearchKind(SearchKind):
    name, label, label_singular, order = "organization", _("Organizations"), _("Organization"), 40
    model = Organization
    words = ("organization", "organisation", "机构")

    def documents(self, pks: Collection[int]) -> Iterator[Document]:
        for row in Organization.objects.filter(pk__in=pks).prefetch_related("names"):
            yield Document(
                key=self.key(row.pk),
                titles=(
                    row.name,
                    row.name_zh,
                    row.abbreviation,
                    *_other_names(row),
                ),
                texts=(row.description_text,),
                facets=frozenset({("organization", row.pk)}),
            )

    def columns(self) -> dict[str, Any]:
        return {
            "title": localized_column("name"),
            "body": F("description_text"),
            "note": F("abbreviation"),
            "slug": F("slug"),
            "published": F("publish_at"),
            "image": F("logo"),
        }

    def url(self, row: dict[str, Any]) -> str:
        return reverse("news:organization", args=[row["slug"]])


@facets.register_facet
class SectionFacet(facets.Facet):
    name, label, order = "section", _("Section"), 10

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        return Section.objects.all()


@facets.register_facet
class TagFacet(facets.Facet):
    name, label, order = "tag", _("Topic"), 20
    has_chinese_name = False
    is_in_texts = True

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        return public_tags(at)

    def match_names(self, texts: Collection[str]) -> Q:
        former = FormerSlug.objects.leading(texts).values("tag")
        spelt = Q(spellings__folded__in=[tag_key(text) for text in texts])
        return Q(slug__in=texts) | Q(pk__in=former) | spelt

    def completions(self, text: str, *, at: dt.datetime, language: str, limit: int) -> list[tuple[str, str]]:
        in_news = Article.objects.published(at).filter(language=language, tags=OuterRef("pk"))
        spelt = TagSpelling.objects.beginning_with(text).values("tag")
        rows = self.rows(at).filter(Exists(in_news), pk__in=spelt).order_by("name")
        return [(name, reverse("news:tag", args=[slug])) for name, slug in rows.values_list("name", "slug")[:limit]]


@facets.register_facet
class PersonFacet(facets.Facet):
    name, label, order = "person", _("Person"), 30
    name_columns = ("folded_name", "folded_name_zh", "names__folded_name")

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        return Person.objects.published(at)


@facets.register_facet
class OrganizationFacet(facets.Facet):
    name, label, order = "organization", _("Organization"), 40
    name_columns = ("folded_name", "folded_name_zh", "folded_abbreviation", "names__folded_name")

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        return Organization.objects.published(at)


@facets.register_facet
class SourceFacet(facets.Facet):
    name, label, order = "source", _("Source"), 50
    name_columns = ("folded_name", "folded_name_zh", "aliases__folded_name")

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        return Source.objects.all()
