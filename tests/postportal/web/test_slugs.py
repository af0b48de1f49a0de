import unicodedata
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st
from taggit.models import Tag

from postportal.web.slugs import (
    MAX_ENCODED_LENGTH,
    MAX_ENCODED_STEM_LENGTH,
    MAX_STEM_LENGTH,
    first_free_number,
    free_slug,
    is_numbered,
    is_page_path,
    is_slug,
    make_stem,
    to_slug,
    validate_page_path,
    validate_slug,
)

HINDI, THAI, PERSIAN = "नमस्ते दुनिया", "ไปรษณีย์ไทย", "می‌خواهم"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("The 4th postal summit", "the-4th-postal-summit"),
        ("World Post Day, 2019!", "world-post-day-2019"),
        ("夜行邮车恢复开行", "夜行邮车恢复开行"),
        ("刘爱力", "刘爱力"),
        ("中国邮政：二〇二六", "中国邮政-二〇二六"),
        (HINDI, "नमस्ते-दुनिया"),
        (THAI, THAI),
        (PERSIAN, "میخواهم"),
        ("İstanbul", "istanbul"),
        ("O’Brien's", "obriens"),
        ("Qurʾān", "qurān"),
        ("e\u0301cole", "école"),
        ("T.46 / 3,5 %", "t-46-3-5"),
        ("Ⅷ ２０２６", "viii-2026"),
        ("soft\u00adhyphen a\u200bb \u202ec", "softhyphen-ab-c"),
        ("_a_b_", "a-b"),
        ("a" * 100, "a" * 80),
        ("word " * 30, "-".join(["word"] * 16)),
        ("邮" * 100, "邮" * 40),
        ("China Post " + "x" * 100, ("china-post-" + "x" * 100)[:80]),
        *[
            (text, "")
            for text in ("", "...", "★", "❤\ufe0f", "📮", "1\ufe0f\u20e3"[1:], "\u3164", "\u0301", "-_-", "\ud800")
        ],
    ],
)
def test_slug_keeps_the_words_of_the_text(text: str, slug: str) -> None:
    assert to_slug(text) == slug


@given(st.text(max_size=300))
@example("\u0130\u0345")
@example("\u1100\u1161\u11a8" * 90)
def test_slug_of_any_text_fits_a_url(text: str) -> None:
    slug = to_slug(text)

    assert unicodedata.is_normalized("NFC", slug)
    assert slug == "" or (is_slug(slug) and is_page_path(slug))
    assert len(slug) <= MAX_STEM_LENGTH
    assert len(quote(slug)) <= MAX_ENCODED_STEM_LENGTH
    assert to_slug(slug) == slug


@given(st.lists(st.text(max_size=20), min_size=1, max_size=3))
def test_stem_is_never_empty_and_always_the_same(texts: list[str]) -> None:
    stem = make_stem(texts, kind="tag")

    assert is_page_path(stem)
    assert make_stem(texts, kind="tag") == stem


def test_stem_is_made_of_the_first_text_with_letters() -> None:
    assert make_stem(["★", "星"], kind="section") == "星"
    assert make_stem(["★"], kind="tag") != make_stem(["..."], kind="tag")


@given(
    st.text(min_size=1, max_size=90), st.integers(min_value=1, max_value=30), st.integers(min_value=80, max_value=120)
)
def test_number_is_new_and_fits(text: str, count: int, max_length: int) -> None:
    stem = make_stem([text], kind="row")
    slugs = [stem]
    for _ in range(count):
        slugs.append(first_free_number(stem, taken=slugs, max_length=max_length))

    assert len(set(slugs)) == count + 1
    assert all(len(slug) <= max_length and is_page_path(slug) for slug in slugs)


@pytest.mark.django_db
def test_free_slug_skips_what_is_taken_and_reserved() -> None:
    for slug in ("night", "night-2", "night-mail", "x" * 100, "x" * 98 + "-2"):
        Tag.objects.create(name=slug, slug=slug)

    def free(stem: str) -> str:
        return free_slug(Tag.objects.all(), stem=stem, kind="tag", max_length=100, is_reserved={"admin"}.__contains__)

    assert [free(stem) for stem in ("day", "night", "admin")] == ["day", "night-3", "tag-admin"]
    assert free("x" * 100) == "x" * 98 + "-3"


@pytest.mark.parametrize("text", ["a", "A_b-2", "邮政", HINDI.replace(" ", "-"), "é", "e\u0301"])
def test_slug_may_be_typed(text: str) -> None:
    validate_slug(text)


@pytest.mark.parametrize("text", ["", " ", "a b", "a/b", "a.b", "★", "a\n", "\u202ea", "a\u200b", "邮" * 51, "\ud800"])
def test_other_text_is_refused_as_a_slug(text: str) -> None:
    with pytest.raises(ValidationError):
        validate_slug(text)


@pytest.mark.parametrize("text", ["关于我们/历史", "a-1/b"])
def test_page_path_may_be_typed(text: str) -> None:
    validate_page_path(text)


@pytest.mark.parametrize("text", ["", "/", "a/", "/a", "a//b", "a--b", "-a", "a-", "a_b", "A", "É", "a/..", "邮" * 51])
def test_other_text_is_refused_as_a_page_path(text: str) -> None:
    with pytest.raises(ValidationError):
        validate_page_path(text)


def test_refusal_of_a_long_url_says_so() -> None:
    with pytest.raises(ValidationError, match="too long"):
        validate_slug("邮" * (MAX_ENCODED_LENGTH // 9 + 1))


@pytest.mark.parametrize(
    ("slug", "expected"), [("a.b", True), ("a.b-12", True), ("axb", False), ("a.b-", False), ("a.b-c", False)]
)
def test_number_that_made_a_slug_unique(slug: str, expected: bool) -> None:
    assert is_numbered(slug, stem="a.b", max_length=20) is expected


@pytest.mark.parametrize("stem", ["night-mail-train", "night-mail-2026", "nightmailtrain"])
@pytest.mark.parametrize("count", [1, 9, 120])
def test_number_of_a_shortened_slug_is_known_too(stem: str, count: int) -> None:
    taken = {stem}
    for _number in range(count):
        taken.add(made := first_free_number(stem, taken=taken, max_length=14))

        assert len(made) <= 14
        assert is_numbered(made, stem=stem, max_length=14)
    assert not is_numbered("night-train-2", stem=stem, max_length=14)
