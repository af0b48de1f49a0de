"""Filters of the templates about articles."""

from collections.abc import Iterable
from typing import Any

from django import template

from news.article_rows import article_row
from news.models import Article

register = template.Library()


@register.filter
def article_rows(articles: Iterable[Article]) -> list[dict[str, Any]]:
    """`{% for row in articles|article_rows %}`: what a list shows of each article."""
    return [article_row(article) for article in articles]
