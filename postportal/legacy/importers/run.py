"""One run of `import_legacy`: file by file, each in a transaction of its own."""

import datetime as dt
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import translation

from news.imports.known_names import KnownNames
from postportal.legacy.files import CaptureFile, UnreadableError, read_file
from postportal.legacy.importers.articles import store_article
from postportal.legacy.importers.outcomes import Outcome
from postportal.legacy.importers.pages import store_page
from postportal.legacy.importers.redirects import redirect
from postportal.legacy.importers.site_chrome import SiteFurniture
from postportal.legacy.importers.stamp_issues import store_stamp_issue
from postportal.legacy.importers.year_lists import store_year_list
from postportal.legacy.models import Capture
from postportal.legacy.parsing.page import LegacyPage, read_page
from postportal.legacy.parsing.page_kinds import Kind
from postportal.legacy.report import Action, FileReport, Report


class ImportRun:
    """`at` is the moment of the run. With `again`, files that were imported before are read once more."""

    def __init__(self, *, at: dt.datetime, again: bool = False) -> None:
        self.at = at
        self.again = again
        self.report = Report()
        self._names = KnownNames.load()
        self._furniture = SiteFurniture()

    def take(self, path: Path) -> FileReport:
        """Import one file. Whatever is wrong with it is in its report."""
        try:
            file = read_file(path)
        except UnreadableError as error:
            return self._note(FileReport(path.name, Action.FAILED, findings=[str(error)]))
        page = read_page(file.text)
        try:
            with transaction.atomic(), translation.override("en"):
                entry = self._store(file, page)
        except ValidationError as error:
            entry = FileReport(file.name, Action.FAILED, findings=_reasons(error))
        except DatabaseError as error:
            entry = FileReport(file.name, Action.FAILED, findings=[f"the database refused it: {error}"])
        if entry.action not in {Action.FAILED, Action.UNCHANGED}:
            self._furniture.collect(page)
        return self._note(entry)

    def finish(self) -> Report:
        """Store what stood around the pages, and return what there is to tell."""
        with transaction.atomic(), translation.override("en"):
            self.report.site.extend(self._furniture.store())
        return self.report

    def _note(self, entry: FileReport) -> FileReport:
        self.report.files.append(entry)
        return entry

    def _store(self, file: CaptureFile, page: LegacyPage) -> FileReport:
        capture = self._capture(file, page)
        if capture.pk and capture.sha256 == file.sha256 and not self.again:
            return FileReport(file.name, Action.UNCHANGED, _described(capture.item), _if_deleted(capture))
        capture.sha256 = file.sha256
        findings = [*file.findings, *page.findings]
        if page.is_empty:
            return FileReport(file.name, Action.SKIPPED, findings=[*findings, "nothing but navigation"])
        outcome = self._item(page, capture=capture)
        item = outcome.item
        findings += [*outcome.findings, *redirect(page.address, item=item, new_address=_new_address(page))]
        self._remember(capture, file, page, outcome=outcome, findings=findings)
        return FileReport(file.name, outcome.action, _described(item) or _named_list(page), findings)

    def _capture(self, file: CaptureFile, page: LegacyPage) -> Capture:
        """What is kept of an earlier import of the page, or a new row, not saved yet."""
        if page.address:
            found = Capture.objects.at_address(page.address).first()
            new = Capture(host=page.address.host, path=page.address.path, first_imported_at=self.at)
        else:
            found = Capture.objects.without_address().filter(sha256=file.sha256).first()
            new = Capture(first_imported_at=self.at)
        return found or new

    def _item(self, page: LegacyPage, *, capture: Capture) -> Outcome:
        if _if_deleted(capture):
            return Outcome(Action.KEPT, findings=_if_deleted(capture))
        if page.is_index:
            return Outcome(Action.SKIPPED, findings=["a list of other pages, without a text of its own"])
        if page.kind is Kind.NEWS or (page.kind is Kind.MESSAGE and page.dateline_on):
            return store_article(page, capture=capture, names=self._names)
        if page.kind is Kind.STAMP:
            return store_stamp_issue(page, capture=capture, names=self._names, at=self.at)
        if page.kind is Kind.YEAR_LIST:
            return store_year_list(page, at=self.at)
        return store_page(page, capture=capture, at=self.at)

    def _remember(
        self, capture: Capture, file: CaptureFile, page: LegacyPage, *, outcome: Outcome, findings: list[str]
    ) -> None:
        capture.name = file.name[:255]
        capture.raw_text, capture.captured_at = file.text, file.dated_at
        capture.kind, capture.report, capture.imported_at = page.kind.value, "\n".join(findings), self.at
        if outcome.item is not None:
            capture.lead_to(outcome.item, imprint=outcome.imprint)
        capture.save()


def _if_deleted(capture: Capture) -> list[str]:
    if capture.object_id is None or capture.item is not None:
        return []
    return ["what it became was deleted since, it is not made again"]


def _new_address(page: LegacyPage) -> str:
    """Where a page leads that became more than one item."""
    if page.is_index:
        return reverse("news:articles")
    year = page.year_list.year if page.year_list else None
    if page.kind is not Kind.YEAR_LIST:
        return ""
    return reverse("services:stamp_year", args=[year]) if year else reverse("services:stamps")


def _described(item: object) -> str:
    return f"{item._meta.verbose_name} “{item}”" if item is not None else ""  # type: ignore[attr-defined]


def _named_list(page: LegacyPage) -> str:
    return f"list “{page.title}”" if page.title else "list"


def _reasons(error: ValidationError) -> list[str]:
    return [f"{name}: {message}" for name, messages in error.message_dict.items() for message in messages]
