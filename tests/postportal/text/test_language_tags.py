import pytest

from postportal.text.language_tags import clean_language_tag, main_language


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("zh-hans", "zh-Hans"),
        ("EN-us", "en-US"),
        ("es-419", "es-419"),
        ("zh-yue-Hant-hk", "zh-yue-Hant-HK"),
        ("de-1996", "de-1996"),
        ("yue", "yue"),
        ("x-none", ""),
        ("xx", ""),
        ("english", ""),
        ("en_GB", ""),
        ("en-", ""),
        ("en-" + "a" * 40, ""),
    ],
)
def test_only_tags_of_languages_are_kept_in_their_usual_spelling(typed: str, tag: str) -> None:
    assert clean_language_tag(typed) == tag


def test_script_and_region_do_not_make_another_language() -> None:
    assert main_language("zh-Hant-HK") == main_language("ZH") == "zh"
