from io import BytesIO

import pytest
from django.core.files import File
from django.test import RequestFactory

from postportal.images.byte_ranges import serve_range

CONTENT = b"0123456789"
ETAG = '"a.webp"'


def serve(method: str = "get", **headers: str) -> object:
    request = getattr(RequestFactory(), method)("/", headers={name.replace("_", "-"): v for name, v in headers.items()})
    file = File(BytesIO(CONTENT), name="a.webp")
    return serve_range(request, file, etag=ETAG)


@pytest.mark.parametrize(
    ("value", "content", "content_range"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=4-", b"456789", "bytes 4-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=-99", CONTENT, "bytes 0-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
    ],
)
def test_range_is_a_part_of_the_file(value: str, content: bytes, content_range: str) -> None:
    response = serve(range=value)

    assert (response.status_code, response.content) == (206, content)  # type: ignore[attr-defined]
    assert response.headers["Content-Range"] == content_range  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", ["bytes=10-", "bytes=10-12", "bytes=5-4", "bytes=-0"])
def test_range_outside_the_file_is_refused(value: str) -> None:
    response = serve(range=value)

    assert (response.status_code, response.headers["Content-Range"]) == (416, "bytes */10")  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", ["", "bytes=-", "bytes=a-b", "bytes=0-1,3-4", "lines=0-1", f"bytes=0-{'9' * 20}"])
def test_other_ranges_get_the_whole_file(value: str) -> None:
    assert serve(range=value) is None


def test_changed_file_and_other_methods_get_the_whole_file() -> None:
    assert serve(range="bytes=0-1", if_range='"other"') is None
    assert serve("head", range="bytes=0-1") is None
    assert serve(range="bytes=0-1", if_range=ETAG) is not None
