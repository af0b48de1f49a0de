from postportal.legacy.report import FileReport, ImportStatus, Report


def test_summary_names_only_statuses_that_occur() -> None:
    report = Report(
        [
            FileReport("a.txt", ImportStatus.CREATED, findings=["no title"]),
            FileReport("b.txt", ImportStatus.FAILED, findings=["empty"]),
        ]
    )

    assert report.summary() == "2 files: 1 created, 1 failed; 2 findings"
    assert report.failed_count == 1


def test_single_file_and_finding_are_singular() -> None:
    report = Report([FileReport("a.txt", ImportStatus.UNCHANGED)], site_findings=["not in the menu: Boats"])

    assert report.summary() == "1 file: 1 unchanged; 1 finding"


def test_file_is_listed_with_its_item_and_findings() -> None:
    file_report = FileReport("a.txt", ImportStatus.KEPT, "article “Boats”", ["not changed: it existed before"])

    assert file_report.format_lines() == ["a.txt: kept article “Boats”", "    not changed: it existed before"]
