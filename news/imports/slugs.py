"""Addresses for rows that come in by the thousand."""

import hashlib
from collections.abc import Iterable

from django.db.models import Model
from django.utils.text import slugify

from news.models import Article

_SlugKey = tuple[str, object, str]


def unique_slug(model: type[Model], name: str) -> str:
    """An address made of the name that no other row has. Addresses of sections and sources are in Latin letters; a name
    without any gets one made of its hash."""
    slug = slugify(name)[:60].strip("-_") or f"{model._meta.model_name}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    taken = set(model._default_manager.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(each for each in (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))) if each not in taken)


def assign_unique_slugs(articles: Iterable[Article]) -> None:
    """Give each of the articles an address of its own: among themselves, and among the other articles of its day. An
    article that has an address keeps it as long as it can."""
    articles = list(articles)
    for article in articles:
        article.set_slug()
    taken = _taken_slugs(articles)
    for article in articles:
        stem, number = article.slug, 1
        while _slug_key(article) in taken:
            number += 1
            article.slug = f"{stem}-{number}"
        taken.add(_slug_key(article))


def _taken_slugs(articles: list[Article]) -> set[_SlugKey]:
    """What stands at the places of these articles, or at a numbered place beside one that is taken."""
    days = {article.dateline_on for article in articles}
    same_day = Article.objects.filter(dateline_on__in=days).exclude(pk__in=[each.pk for each in articles if each.pk])
    same = same_day.filter(slug__in={article.slug for article in articles})
    taken = {(language, day, slug) for language, day, slug in same.values_list("language", "dateline_on", "slug")}
    for language, day, slug in list(taken):
        beside = Article.objects.filter(language=language, dateline_on=day, slug__startswith=f"{slug}-")
        taken |= {(language, day, each) for each in beside.values_list("slug", flat=True)}
    return taken


def _slug_key(article: Article) -> _SlugKey:
    return (article.language, article.dateline_on, article.slug)
