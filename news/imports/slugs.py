"""Unique slugs for the articles of a batch."""

from collections.abc import Iterable

from news.models import Article
from postportal.web.slugs import first_free_number

_SlugKey = tuple[str, object, str]
_MAX_LENGTH = Article._meta.get_field("slug").max_length or 0


def assign_unique_slugs(articles: Iterable[Article]) -> None:
    """Give each article a slug that is unique among the articles of its language and date, with one query for all. An
    article that has a slug already keeps it if possible."""
    articles = list(articles)
    for article in articles:
        article.slug = article.slug or article.make_slug_stem()
    taken = _taken_slugs(articles)
    for article in articles:
        if _slug_key(article) in taken:
            same_day = {slug for language, day, slug in taken if (language, day) == _slug_key(article)[:2]}
            article.slug = first_free_number(article.slug, taken=same_day, max_length=_MAX_LENGTH)
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
