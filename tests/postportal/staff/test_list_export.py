"""Export of every list: what is shown, safe in a spreadsheet, and logged."""

import csv
import io
from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse
from openpyxl import load_workbook

from postportal.audit.models import Entry
from postportal.publishing.models import State
from postportal.staff import list_export
from tests.factories import editorial, forms, news, pages, services, staff
from tests.postportal.publishing.revision_pages import messages_of
from tests.postportal.staff.test_all_lists import FACTORIES

pytestmark = pytest.mark.django_db
LIST = "/admin/news/article/"


def export(browser: Any, query: str = "", *, file_format: str = "csv", url: str = LIST, **data: Any) -> Any:
    return browser.post(f"{url}export-list/{file_format}/{query}", data)


def csv_rows(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def xlsx_rows(answer: Any) -> list[tuple[Any, ...]]:
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_export_has_the_rows_of_the_search_and_the_filters() -> None:
    writer = staff.account("Editor", first_name="Wen", last_name="Hao")
    draft = editorial.draft_article("A <b> draft", by=writer, body="<p>copper</p>", source=None)
    news.article("Copper")

    answer = export(staff.sign_in(role="Viewer"), "?q=copper&visibility=draft")
    header, row = csv_rows(answer)

    assert header == [
        "ID",
        "Title",
        "Visibility (Asia/Shanghai)",
        "Section",
        "Writer",
        "Changed (Asia/Shanghai)",
        "Date",
        "Language",
    ]
    assert row[:5] == [str(draft.pk), "A <b> draft", "Draft", "News", "Wen Hao"]
    assert row[5].endswith("Wen Hao")
    assert row[6:] == ["2021-12-08", "English"]
    assert answer["Content-Disposition"].startswith('attachment; filename="article-')
    entry = Entry.objects.get(action="export")
    assert (entry.item_label, entry.detail) == ("news.article", "1 rows as csv, q=copper&visibility=draft")


def test_only_ticked_rows_are_exported_unless_all_are_chosen() -> None:
    ticked = news.article("Ticked")
    news.article("Other")
    data = forms.selected_rows(ticked)
    browser = staff.sign_in()

    assert [row[1] for row in csv_rows(export(browser, **data))] == ["Title", "Ticked"]
    assert len(csv_rows(export(browser, **data, select_across="1"))) == 3


@pytest.mark.parametrize("text", ["=1+1", "+86 10 11185", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_no_cell_of_a_csv_file_is_a_formula(text: str) -> None:
    news.article(text)

    assert csv_rows(export(staff.sign_in()))[1][1] == f"'{text}"


@pytest.mark.parametrize("label", sorted(set(FACTORIES) - {"audit.entry"}))
def test_every_list_can_be_exported(label: str) -> None:
    for number in (1, 2):
        FACTORIES[label](number)
    url = reverse(f"admin:{label.replace('.', '_')}_changelist")
    browser = staff.sign_in()
    shown = browser.get(url).context["cl"].result_count

    rows, sheet = csv_rows(export(browser, url=url)), xlsx_rows(export(browser, url=url, file_format="xlsx"))

    assert len(rows) == len(sheet) == shown + 1
    assert {len(row) for row in (*rows, *sheet)} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if "<" in cell]


def test_every_list_but_the_log_is_tested() -> None:
    labels = {model._meta.label_lower for model, each in admin.site._registry.items() if getattr(each, "has_export", 0)}

    assert labels - set(FACTORIES) == {"pages.sitesettings"}


def test_export_needs_the_right_to_view() -> None:
    browser = staff.sign_in(role="Service desk")

    assert export(browser).status_code == 403
    assert export(staff.sign_in(role="Viewer")).status_code == 200
    assert staff.sign_in().get(f"{LIST}export-list/csv/").status_code == 405
    assert export(staff.sign_in(), file_format="pdf").status_code == 403


def test_messages_of_readers_are_exported_only_by_who_may_delete_them() -> None:
    pages.contact_message()
    url = "/admin/pages/contactmessage/"
    editor, publisher = staff.sign_in(role="Editor"), staff.sign_in(role="Publisher")

    assert [export(browser, url=url).status_code for browser in (editor, publisher)] == [403, 200]
    assert ["Export as CSV" in browser.get(url).content.decode() for browser in (editor, publisher)] == [False, True]


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(list_export.MAX_ROWS, "csv", 1)
    for state in (State.DRAFT, State.DRAFT):
        news.article(state=state)

    answer = staff.sign_in().post(f"{LIST}export-list/csv/?visibility=draft", follow=True)

    assert messages_of(answer) == ["2 rows are too many for this file. Filter the list to 1 rows or fewer."]
    assert not Entry.objects.filter(action="export").exists()


def test_invalid_filter_exports_nothing() -> None:
    answer = staff.sign_in().post(f"{LIST}export-list/csv/?dateline_on__year=x", follow=True)

    assert messages_of(answer) == ["The filter is not valid. Nothing was exported."]


def test_export_is_in_the_language_of_the_user() -> None:
    services.hotline("Letters")
    url = "/admin/services/hotline/export-list/csv/"

    answer = staff.sign_in().post(url, headers={"accept-language": "zh-CN"})

    assert csv_rows(answer)[1][-1] != "Live"
