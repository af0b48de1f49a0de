import pytest

from postportal.richtext.programs.languages import foreign_language, language_of_document
from postportal.richtext.sanitize import clean_html
from postportal.richtext.tree import Element


@pytest.mark.parametrize(
    ("tag", "text", "around", "language"),
    [
        ("FR", "Union postale", "en-GB", "fr"),
        ("EN-US", "Union", "en-GB", ""),
        ("EN-US", "UPU", "zh-CN", "en-US"),
        ("EN-US", "[1]", "zh-CN", ""),
        ("EN-US", "邮政", "zh-CN", ""),
        ("ZH-CN", "Letters", "en", ""),
        ("JA", "ゆうびん", "en", "ja"),
        ("X-NONE", "Letters", "en", ""),
        ("EN-US", "Letters", "", ""),
        ("fr", "Lettres", "", "fr"),
    ],
)
def test_mark_is_kept_that_differs_and_fits_the_characters(tag: str, text: str, around: str, language: str) -> None:
    assert foreign_language(Element("span", {"lang": tag}, [text]), around) == language


def test_body_says_the_language_of_the_document() -> None:
    assert language_of_document('<html lang="en"><body class=x lang=ZH-CN>') == "zh-CN"
    assert language_of_document("<p lang=fr>") == ""


def test_passage_is_one_element_around_its_formatting() -> None:
    html = "<body lang=EN-GB><p class=MsoNormal>The <span lang=FR>Union <b>postale</b> universelle</span></p>"

    assert clean_html(html) == '<p>The <span lang="fr">Union <strong>postale</strong> universelle</span></p>'
