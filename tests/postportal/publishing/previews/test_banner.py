"""Headers of previewed pages."""

from django.http import HttpResponse

from postportal.publishing.previews.banner import make_inert


def response() -> HttpResponse:
    return HttpResponse("page", headers={"ETag": '"x"', "Cache-Control": "public, max-age=60", "Expires": "0"})


def test_inert_page_runs_no_scripts_and_submits_no_forms() -> None:
    answer = response()

    make_inert(answer)

    policy = answer["Content-Security-Policy"]
    directives = ("script-src", "connect-src", "form-action", "frame-ancestors")
    assert [f"{name} 'none'" in policy for name in directives] == [True] * 4
    assert "X-Frame-Options" not in answer
    assert "no-store" in answer["Cache-Control"]


def test_only_the_portal_can_frame_an_inert_page() -> None:
    answer = response()

    make_inert(answer, is_framed=True)

    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
