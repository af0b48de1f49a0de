"""Texts that a row of a list shows of an article."""

import datetime as dt
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language

from news.models import Article
from postportal.images.img_tags import img_tag


def article_row(article: Article) -> dict[str, Any]:
    """Return texts only, for `_article_rows.html`: looking up a method of an article takes a template ten times as
    long as a value in a dict, and a list has hundreds of them."""
    day, section, picture = article.dateline_on, article.section, article.lead_image
    return {
        "date": day.isoformat(),
        "day": str(day.day),
        "month": _month_name(get_language(), day.month),
        "year": str(day.year),
        "picture": img_tag(picture, "row") if picture else "",
        "section": str(section),
        "section_url": section.get_absolute_url() if section else "",
        "url": article.get_absolute_url(),
        "title": article.title,
        "standfirst": article.standfirst,
    }


@lru_cache
def _month_name(language: str | None, month: int) -> str:
    """Return the short name of the month. The language is the active one."""
    return date_format(dt.date(2000, month, 1), "M")
