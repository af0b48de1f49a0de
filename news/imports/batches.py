"""Writing of imported articles in batches."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from news.imports.article_line import ArticleLine
from news.imports.columns import ColumnReader, LineValues, new_article
from news.imports.fingerprints import fingerprint_article
from news.imports.known_names import KnownNames
from news.imports.old_urls import add_redirects
from news.imports.pictures import PictureFolder
from news.imports.related_rows import RelatedChange, RelatedRows, UnknownNames
from news.imports.slugs import assign_unique_slugs
from news.imports.taxonomy import Taxonomy
from news.imports.translations import Originals, PendingTranslation, pending_translation
from news.models import Article
from postportal.publishing.models import State
from postportal.publishing.versions import imports
from postportal.publishing.workflow import url_changes
from postportal.publishing.workflow.imported_editions import settle_editions
from postportal.publishing.workflow.updates import mark_update
from postportal.richtext.left_out import LeftOut
from postportal.richtext.plain_text import plain_text
from postportal.richtext.sanitize import CleanHtml

_PARTS_OF_URL = {"slug", "dateline_on", "language"}
_ALWAYS_WRITTEN = {"slug", "modified_at", "import_fingerprint"}


@dataclass(slots=True)
class BatchResult:
    """Outcomes of the lines of a batch: numbers, and texts by the number of the line."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: dict[int, str] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    notes: dict[int, list[str]] = field(default_factory=dict)
    left_out: dict[int, LeftOut] = field(default_factory=dict)
    # States of new articles that readers do not see yet.
    hidden: Counter[State] = field(default_factory=Counter)
    unknown_names: UnknownNames = field(default_factory=UnknownNames)
    pending_translations: list[PendingTranslation] = field(default_factory=list)


@dataclass(slots=True)
class _Plan:
    """Changes of a line to its article, which has not been touched yet."""

    line: ArticleLine
    article: Article
    columns: LineValues
    related: RelatedChange
    pending_translation: PendingTranslation | None

    @property
    def has_changes(self) -> bool:
        return self.article.pk is None or bool(self.columns.values) or bool(self.related)

    @property
    def moves(self) -> bool:
        """Return True if the line changes the URL of an existing article."""
        return self.article.pk is not None and not _PARTS_OF_URL.isdisjoint(self.columns.values)


class BatchWriter:
    """Writes batches of lines. `at` is the time of the import. With `overwrite`, the changes of editors are not kept;
    with `create_sections`, unknown sections are created."""

    def __init__(
        self,
        *,
        at: dt.datetime,
        pictures: PictureFolder | None = None,
        overwrite: bool = False,
        create_sections: bool = False,
    ) -> None:
        self.at = at
        self.overwrite = overwrite
        self.taxonomy = Taxonomy(create_sections=create_sections)
        self.known_names = KnownNames.load()
        self.columns = ColumnReader(at=at, taxonomy=self.taxonomy, pictures=pictures or PictureFolder(None))

    def write(self, lines: list[ArticleLine]) -> BatchResult:
        """Write the lines, which must have different external IDs, in the transaction of the caller."""
        result = BatchResult()
        # Locked, so that what an editor saves in the meantime is not overwritten.
        rows = Article.objects.filter(external_id__in=[line.external_id for line in lines])
        existing = {article.external_id: article for article in rows.order_by("pk").select_for_update()}
        related = RelatedRows([article.pk for article in existing.values()])
        plans = self._plan(lines, existing, related, result=result)
        to_write = self._without_kept([plan for plan in plans if plan.has_changes], result=result)
        result.created = sum(plan.article.pk is None for plan in to_write)
        result.updated = len(to_write) - result.created
        result.unchanged = len(plans) - len(to_write) - len(result.kept)
        result.hidden.update(plan.columns.values["state"] for plan in to_write if plan.article.pk is None)
        self._write(to_write, related)
        self.taxonomy.remove_unused()
        _add_notes(plans, result=result)
        for plan in to_write:
            body = plan.columns.values.get("body")
            if isinstance(body, CleanHtml) and body.left_out:
                result.left_out[plan.line.number] = body.left_out
        return result

    def _plan(
        self,
        lines: list[ArticleLine],
        existing: dict[str | None, Article],
        related: RelatedRows,
        *,
        result: BatchResult,
    ) -> list[_Plan]:
        pks = [article.pk for article in existing.values()]
        originals = Originals((line.translation_of for line in lines), pks=pks)
        # Looked up together, since each is looked up once only.
        self.taxonomy.tag_pks(dict.fromkeys(name for line in lines for name in line.tags or ()))
        plans = []
        for line in lines:
            article = existing.get(line.external_id) or new_article(line)
            columns = self.columns.read(article, line, originals=originals)
            if columns.refusal:
                result.refused[line.number] = columns.refusal
                continue
            change = related.change_of(
                article.pk, line, taxonomy=self.taxonomy, names=self.known_names, unknown=result.unknown_names
            )
            plans.append(_Plan(line, article, columns, change, pending_translation(line, article, originals)))
        return plans

    def _without_kept(self, plans: list[_Plan], *, result: BatchResult) -> list[_Plan]:
        """Return the plans without those for articles that editors have changed."""
        if self.overwrite:
            return plans
        in_work = imports.items_in_work(Article, [plan.article.pk for plan in plans if plan.article.pk])
        to_write = []
        for plan in plans:
            article, related = plan.article, plan.related
            reason = ""
            if article.pk:
                current = fingerprint_article(article, tags=related.old_tags, mentions=related.old_mentions)
                recorded, is_in_work = article.import_fingerprint, article.pk in in_work
                reason = imports.reason_to_keep(recorded=recorded, current=current, is_in_work=is_in_work)
            if reason:
                result.kept[plan.line.number] = reason
            else:
                to_write.append(plan)
        return to_write

    def _write(self, plans: list[_Plan], related: RelatedRows) -> None:
        new = [plan.article for plan in plans if plan.article.pk is None]
        changed = [plan.article for plan in plans if plan.article.pk]
        before = imports.contents_before_import(changed)
        moving = [plan.article for plan in plans if plan.moves and plan.article.has_page(self.at)]
        former_urls = {article.pk: article.public_urls() for article in moving}
        fields = set().union(*(self._apply(plan) for plan in plans), _ALWAYS_WRITTEN)
        assign_unique_slugs([plan.article for plan in plans])
        for plan in plans:
            tags, mentions = plan.related.new_tags, plan.related.new_mentions
            plan.article.import_fingerprint = fingerprint_article(plan.article, tags=tags, mentions=mentions)
        Article.objects.bulk_save(new=new, changed=changed, fields=sorted(fields))
        related.write([(plan.article, plan.related) for plan in plans])
        imports.record_import(changed, before=before)
        timed = [plan.article for plan in plans if plan.columns.values.keys() & {"state", "publish_at"}]
        settle_editions(timed, at=self.at)
        for article in moving:
            urls = article.public_urls()
            if urls != former_urls[article.pk]:
                url_changes.record_url_change(article, before=former_urls[article.pk], after=urls)

    def _apply(self, plan: _Plan) -> set[str]:
        """Set the values of the line on the article, and return the names of the columns that changed. Only these are
        written, usually few: a bulk update gets slow with many columns."""
        article, values = plan.article, plan.columns.values
        names = set(values)
        is_seen = plan.columns.are_seen or plan.related.old_tags != plan.related.new_tags
        if article.pk and is_seen and article.has_page(self.at):
            mark_update(article, at=self.at)
            names |= {"changed_at", "change_note"}
        for name, value in values.items():
            setattr(article, name, value)
        if "body" in values:
            article.body_text = plain_text(article.body)
            names.add("body_text")
        article.modified_at = self.at
        return names if article.pk else set()


def _add_notes(plans: list[_Plan], *, result: BatchResult) -> None:
    """Add the redirects of the lines, and to the result what is worth a note or still to do."""
    of_urls = add_redirects([(plan.line, plan.article) for plan in plans])
    for plan in plans:
        number = plan.line.number
        notes = [*plan.columns.notes, *of_urls.get(number, [])]
        if notes:
            result.notes[number] = notes
        if plan.pending_translation and number not in result.kept:
            result.pending_translations.append(plan.pending_translation)
