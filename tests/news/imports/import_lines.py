"""Lines of import files for tests."""

from typing import Any

from news.imports.article_line import ArticleLine, read_article


def line_data(number: int = 1, **keys: Any) -> dict[str, Any]:
    return {"external_id": f"n-{number}", "title": f"Counter {number} opens", "published": "2019-05-20", **keys}


def article_line(number: int = 1, **keys: Any) -> ArticleLine:
    return read_article(line_data(number, **keys), number=number)
