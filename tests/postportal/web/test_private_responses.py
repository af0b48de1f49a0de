import pytest
from django.http import HttpResponse

from postportal.web.private_responses import make_private

NOINDEX = "noindex, nofollow, noarchive"


def response(policy: str) -> HttpResponse:
    return HttpResponse("page", headers={"ETag": '"x"', "Cache-Control": policy, "Expires": "0"})


@pytest.mark.parametrize(("has_key", "referrer"), [(False, "same-origin"), (True, "no-referrer")])
@pytest.mark.parametrize("policy", ["public, max-age=60", "private, no-store"])
def test_private_page_is_neither_cached_nor_indexed(policy: str, has_key: bool, referrer: str) -> None:
    answer = response(policy)

    make_private(answer, has_key=has_key)

    assert "ETag" not in answer
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == (NOINDEX, referrer)


def test_calendar_may_be_kept_by_the_program_that_has_its_key() -> None:
    answer, page = response("private, no-cache"), response("private, no-cache")

    make_private(answer, has_key=True)
    make_private(page)

    assert (answer["Cache-Control"], answer["ETag"]) == ("private, no-cache", '"x"')
    assert "no-store" in page["Cache-Control"]
