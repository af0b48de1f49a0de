"""Redirects from the former URLs that lines give."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType

from news.imports.article_line import ArticleLine
from news.models import Article
from postportal.pages.models import Redirect


def add_redirects(pairs: Sequence[tuple[ArticleLine, Article]]) -> dict[int, list[str]]:
    """Redirect the former URLs of the lines to the articles, which are saved. Returns notes by line.

    Existing redirects stay, because an editor may have made them. Those that lead elsewhere are noted."""
    wanted = [(url, line, article) for line, article in pairs for url in line.old_urls]
    if not wanted:
        return {}
    content_type = ContentType.objects.get_for_model(Article)
    rows = Redirect.objects.filter(old_path__in={path for (_host, path), _line, _article in wanted})
    redirects = {(row.old_host, row.old_path): row for row in rows}
    notes: dict[int, list[str]] = {}
    for url, line, article in wanted:
        new = Redirect(old_host=url[0], old_path=url[1], content_type=content_type, object_id=article.pk)
        row = redirects.setdefault(url, new)
        if (row.content_type_id, row.object_id) != (content_type.pk, article.pk):
            target = row.target or row.new_address or row.gone_reason
            notes.setdefault(line.number, []).append(f"old_url {row}: it already redirects elsewhere: {target}")
    Redirect.objects.bulk_create(row for row in redirects.values() if row.pk is None)
    return notes
