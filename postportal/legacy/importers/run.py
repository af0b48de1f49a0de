"""One run of `import_legacy`, with a separate transaction for each file."""

import datetime as dt
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import translation

from news.imports.known_names import KnownNames
from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.legacy.files import CaptureFile, UnreadableFileError, read_file
from postportal.legacy.importers.articles import store_article
from postportal.legacy.importers.outcomes import ImportOutcome
from postportal.legacy.importers.pages import store_page
from postportal.legacy.importers.redirects import add_redirect
from postportal.legacy.importers.site_chrome import SiteChrome
from postportal.legacy.importers.stamp_issues import store_stamp_issue
from postportal.legacy.importers.year_lists import store_year_list
from postportal.legacy.models import Capture
from postportal.legacy.parsing.page import LegacyPage, read_page
from postportal.legacy.parsing.page_kinds import PageKind
from postportal.legacy.report import FileReport, ImportStatus, Report


class ImportRun:
    """One run of the import at the time `at`. With `reimport`, unchanged files are imported again."""

    def __init__(self, *, at: dt.datetime, reimport: bool = False) -> None:
        self.at = at
        self.reimport = reimport
        self.report = Report()
        self._known_names = KnownNames.load()
        self._site_chrome = SiteChrome()

    def import_file(self, path: Path) -> FileReport:
        """Import one file. Problems are in the returned report; nothing is raised for them."""
        try:
            file = read_file(path)
        except UnreadableFileError as error:
            return self._add_report(FileReport(path.name, ImportStatus.FAILED, findings=[str(error)]))
        page = read_page(file.text)
        try:
            with transaction.atomic(), translation.override("en"):
                file_report = self._import_page(file, page)
        except ValidationError as error:
            file_report = FileReport(file.name, ImportStatus.FAILED, findings=_error_messages(error))
        except DatabaseError as error:
            file_report = FileReport(file.name, ImportStatus.FAILED, findings=[f"database error: {error}"])
        if file_report.status not in {ImportStatus.FAILED, ImportStatus.UNCHANGED}:
            self._site_chrome.collect(page)
        return self._add_report(file_report)

    def finish(self) -> Report:
        """Store the menu, hotlines and register numbers of all pages, log the run, and return its report."""
        with transaction.atomic(), translation.override("en"):
            self.report.site_findings.extend(self._site_chrome.store())
            if self.report.has_changes:
                log_action(Action.IMPORT, item=Capture, detail=self.report.summary())
        return self.report

    def _add_report(self, file_report: FileReport) -> FileReport:
        self.report.file_reports.append(file_report)
        return file_report

    def _import_page(self, file: CaptureFile, page: LegacyPage) -> FileReport:
        capture = self._get_or_build_capture(file, page)
        if capture.pk and capture.sha256 == file.sha256 and not self.reimport:
            return FileReport(
                file.name, ImportStatus.UNCHANGED, _describe_item(capture.item), _deleted_item_findings(capture)
            )
        capture.sha256 = file.sha256
        findings = [*file.findings, *page.findings]
        if page.is_empty:
            return FileReport(file.name, ImportStatus.SKIPPED, findings=[*findings, "only navigation"])
        outcome = self._store_item(page, capture=capture)
        item = outcome.item
        findings += [*outcome.findings, *add_redirect(page.url, item=item, new_url=_new_url(page))]
        self._save_capture(capture, file, page, outcome=outcome, findings=findings)
        return FileReport(file.name, outcome.status, _describe_item(item) or _describe_list(page), findings)

    def _get_or_build_capture(self, file: CaptureFile, page: LegacyPage) -> Capture:
        """Return the capture of an earlier import of the page, or a new one that is not saved yet."""
        if page.url:
            found = Capture.objects.at_url(page.url).first()
            new = Capture(host=page.url.host, path=page.url.path, first_imported_at=self.at)
        else:
            found = Capture.objects.without_url().filter(sha256=file.sha256).first()
            new = Capture(first_imported_at=self.at)
        return found or new

    def _store_item(self, page: LegacyPage, *, capture: Capture) -> ImportOutcome:
        if _deleted_item_findings(capture):
            return ImportOutcome(ImportStatus.KEPT, findings=_deleted_item_findings(capture))
        if page.is_index:
            return ImportOutcome(ImportStatus.SKIPPED, findings=["a list of links without a text of its own"])
        if page.kind is PageKind.NEWS or (page.kind is PageKind.MESSAGE and page.dateline_on):
            return store_article(page, capture=capture, names=self._known_names, at=self.at)
        if page.kind is PageKind.STAMP:
            return store_stamp_issue(page, capture=capture, names=self._known_names, at=self.at)
        if page.kind is PageKind.YEAR_LIST:
            return store_year_list(page, at=self.at)
        return store_page(page, capture=capture, at=self.at)

    def _save_capture(
        self, capture: Capture, file: CaptureFile, page: LegacyPage, *, outcome: ImportOutcome, findings: list[str]
    ) -> None:
        capture.file_name = file.name[:255]
        capture.raw_text, capture.captured_at = file.text, file.modified_at
        capture.kind, capture.findings, capture.imported_at = page.kind.value, "\n".join(findings), self.at
        if outcome.item is not None:
            capture.record_item(outcome.item, fingerprint=outcome.fingerprint)
        capture.save()


def _deleted_item_findings(capture: Capture) -> list[str]:
    if capture.object_id is None or capture.item is not None:
        return []
    return ["the imported item has been deleted and is not created again"]


def _new_url(page: LegacyPage) -> str:
    """Return the URL that replaces a page which is not imported as one item."""
    if page.is_index:
        return reverse("news:articles")
    year = page.year_list.year if page.year_list else None
    if page.kind is not PageKind.YEAR_LIST:
        return ""
    return reverse("services:stamp_year", args=[year]) if year else reverse("services:stamps")


def _describe_item(item: object) -> str:
    return f"{item._meta.verbose_name} “{item}”" if item is not None else ""  # type: ignore[attr-defined]


def _describe_list(page: LegacyPage) -> str:
    return f"list “{page.title}”" if page.title else "list"


def _error_messages(error: ValidationError) -> list[str]:
    return [f"{name}: {message}" for name, messages in error.message_dict.items() for message in messages]
