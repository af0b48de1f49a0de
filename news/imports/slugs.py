"""Unique slugs for imported rows."""

import hashlib
from collections.abc import Iterable

from django.db.models import Model
from django.utils.text import slugify

from news.models import Article

_SlugKey = tuple[str, object, str]


def unique_slug(model: type[Model], name: str) -> str:
    """Return a slug made of the name that no other row has. Slugs of sections and sources have Latin letters; a name
    without any gets a slug made of its hash."""
    slug = slugify(name)[:60].strip("-_") or f"{model._meta.model_name}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    taken = set(model._default_manager.filter(slug__startswith=slug).values_list("slug", flat=True))
    candidates = (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3)))
    return next(candidate for candidate in candidates if candidate not in taken)


def assign_unique_slugs(articles: Iterable[Article]) -> None:
    """Give each article a slug that is unique among the articles of its language and date. An article that has a slug
    already keeps it if possible."""
    articles = list(articles)
    for article in articles:
        article.set_slug()
    taken = _taken_slugs(articles)
    for article in articles:
        base, number = article.slug, 1
        while _slug_key(article) in taken:
            number += 1
            article.slug = f"{base}-{number}"
        taken.add(_slug_key(article))


def _taken_slugs(articles: list[Article]) -> set[_SlugKey]:
    """Return the slugs that other articles have, including the numbered variants of those."""
    days = {article.dateline_on for article in articles}
    same_day = Article.objects.filter(dateline_on__in=days).exclude(
        pk__in=[article.pk for article in articles if article.pk]
    )
    same_slug = same_day.filter(slug__in={article.slug for article in articles})
    taken = set(same_slug.values_list("language", "dateline_on", "slug"))
    for language, day, slug in list(taken):
        numbered = Article.objects.filter(language=language, dateline_on=day, slug__startswith=f"{slug}-")
        taken |= {(language, day, variant) for variant in numbered.values_list("slug", flat=True)}
    return taken


def _slug_key(article: Article) -> _SlugKey:
    return (article.language, article.dateline_on, article.slug)
