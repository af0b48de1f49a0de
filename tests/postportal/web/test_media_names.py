import pytest

from postportal.web.media_names import content_type_of, replace_urls, stem_of, stems_in

STEM = "images/1f/1f00aa22bb44cc66dd88ee00"
OTHER = "images/2e/2e00aa22bb44cc66dd88ee00"


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", "-480.webp", "-40x21-1200-05000500.jpg"])
def test_files_of_a_picture_share_their_stem(suffix: str) -> None:
    assert stem_of(STEM + suffix) == STEM


@pytest.mark.parametrize(
    "name",
    [
        "",
        STEM,
        f"{STEM}.svg",
        f"{STEM}.webp.html",
        f"{STEM}.webp\n",
        f"{STEM}-../../x.webp",
        f"../{STEM}.webp",
        f"/{STEM}.webp",
        f"{STEM.upper()}.webp",
        f"{STEM}-%2e.webp",
        f"{STEM}\0.webp",
        "images/1f/.unfinished-abc",
        "db.sqlite3",
    ],
)
def test_other_names_have_no_stem(name: str) -> None:
    assert stem_of(name) == ""


def test_type_follows_the_extension() -> None:
    names = ("a.jpg", "a.png", "a-480.webp")
    assert [content_type_of(name) for name in names] == ["image/jpeg", "image/png", "image/webp"]


def test_pictures_and_links_to_pictures_are_found_in_a_text() -> None:
    picture = f'<img src="/media/{STEM}-800.webp" srcset="/media/{STEM}-480.webp 480w, /media/{STEM}-800.webp 800w">'
    link = f'<a href="/media/{OTHER}.jpg">Large</a>'

    assert stems_in(f"<p>{link}</p><figure>{picture}</figure>") == {STEM, OTHER}
    assert stems_in("<p>/media/images/none.webp and no picture</p>") == set()


def test_urls_are_replaced_wherever_they_are() -> None:
    page = f'content="https://post.example/media/{STEM}.jpg" srcset="/media/{STEM}-480.webp 480w" href="/media/"'

    assert replace_urls(page, lambda name: f"/x/{name.removeprefix(STEM)}") == (
        'content="https://post.example/x/.jpg" srcset="/x/-480.webp 480w" href="/media/"'
    )
