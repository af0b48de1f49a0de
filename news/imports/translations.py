"""Articles that lines name as their originals."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from news.imports.article_line import ArticleLine
from news.imports.fingerprints import fingerprint_article
from news.imports.related_rows import RelatedRows
from news.models import Article


class Original(NamedTuple):
    """An article of which another is a translation. All translations point to the same original."""

    pk: int
    language: str


class PendingTranslation(NamedTuple):
    """A line whose original has not been written yet."""

    number: int
    external_id: str
    original_id: str


class Originals:
    """The articles with these external IDs, and what would become a chain of translations or a circle.

    `pks` are the keys of the existing articles that may become translations."""

    def __init__(self, external_ids: Iterable[str | None], *, pks: Collection[int]) -> None:
        wanted = set(filter(None, external_ids))
        rows = Article.objects.filter(external_id__in=wanted).values_list(
            "external_id", "pk", "language", "translation_of", "translation_of__language"
        )
        self._found = {
            key: Original(root or pk, root_language or language) for key, pk, language, root, root_language in rows
        }
        self._linked: dict[int, Original] = {}
        self._have_translations: set[int | None] = set()
        if wanted:
            translations = Article.objects.filter(translation_of__in=pks)
            self._have_translations |= set(translations.order_by().values_list("translation_of", flat=True))

    def __contains__(self, external_id: str) -> bool:
        return external_id in self._found

    def link(self, article: Article, external_id: str, *, language: str) -> Original | str:
        """Return the original of the article, or why it cannot be one. Articles linked before count."""
        original = self._found[external_id]
        original = self._linked.get(original.pk, original)
        if article.pk == original.pk:
            return "translation_of: the article itself"
        if article.pk in self._have_translations:
            return "translation_of: other articles are translations of this one"
        if original.language == language:
            return "translation_of: an article in the same language"
        self._have_translations.add(original.pk)
        if article.pk:
            self._linked[article.pk] = original
        return original


def link_translations(pending: Sequence[PendingTranslation], *, at: dt.datetime) -> dict[int, str]:
    """Link articles to originals that were written after them. Returns the reasons for those that could not be linked,
    by line. An article that somebody has changed since is left as it is."""
    rows = Article.objects.filter(external_id__in=[each.external_id for each in pending])
    articles = {article.external_id: article for article in rows.order_by("pk").select_for_update()}
    pks = [article.pk for article in articles.values()]
    originals, related = Originals((each.original_id for each in pending), pks=pks), RelatedRows(pks)
    problems: dict[int, str] = {}
    linked = []
    for each in pending:
        article = articles.get(each.external_id)
        if article is None or each.original_id not in originals:
            problems[each.number] = f"translation_of: there is no article “{each.original_id}”"
        elif _fingerprint(article, related) == article.import_fingerprint:
            original = originals.link(article, each.original_id, language=article.language)
            if isinstance(original, str):
                problems[each.number] = original
                continue
            article.translation_of_id, article.modified_at = original.pk, at
            article.import_fingerprint = _fingerprint(article, related)
            linked.append(article)
    Article.objects.bulk_save(new=[], changed=linked, fields=["translation_of", "modified_at", "import_fingerprint"])
    return problems


def _fingerprint(article: Article, related: RelatedRows) -> str:
    return fingerprint_article(article, tags=related.tags_of(article.pk), mentions=related.mentions_of(article.pk))


def pending_translation(line: ArticleLine, article: Article, originals: Originals) -> PendingTranslation | None:
    """Return what is left to do for the line once all articles are written."""
    if not line.translation_of or line.translation_of in originals or article.external_id is None:
        return None
    return PendingTranslation(line.number, article.external_id, line.translation_of)
