import csv
import datetime as dt
import io

import pytest

from postportal.web.csv_export import csv_response, escape_formula


def test_rows_are_streamed_as_a_download_that_excel_reads_as_utf8() -> None:
    response = csv_response([("邮政", 3), (None, 'a,"b"')], name="list.csv", columns=["name", "count"])

    content = b"".join(response)
    assert response.headers["Content-Disposition"] == 'attachment; filename="list.csv"'
    assert content.startswith(b"\xef\xbb\xbf")
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert list(rows) == [["name", "count"], ["邮政", "3"], ["", 'a,"b"']]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=1+1", "'=1+1"),
        (" @SUM(A1)", "' @SUM(A1)"),
        ("＝1", "'＝1"),
        (-5, "'-5"),
        ("Night mail", "Night mail"),
        (None, ""),
        (dt.datetime(2021, 12, 8, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8))), "2021-12-08T01:30:00.000+00:00"),
    ],
)
def test_no_value_is_a_formula(value: object, text: str) -> None:
    assert escape_formula(value) == text
