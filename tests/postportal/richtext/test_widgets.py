import json

from django.utils import translation

from postportal.richtext.left_out import LeftOut, words_for_scripts
from postportal.richtext.widgets import RichTextWidget


def test_editor_says_what_was_left_out_in_the_words_of_the_server() -> None:
    for language in ("en", "zh-hans"):
        with translation.override(language):
            words = words_for_scripts()
            one, many = (
                words["sentence"] % {"parts": words["labels"]["video"][index] % {"count": count}}
                for index, count in ((0, 1), (1, 5))
            )

            assert (one, many) == (LeftOut(video=1).sentence(), LeftOut(video=5).sentence())


def test_widget_hands_the_words_to_the_editor(db: None) -> None:
    words = json.loads(RichTextWidget().build_attrs({}, {})["data-left-out"])

    assert words["labels"]["link"] == ["%(count)d link without a usable URL", "%(count)d links without a usable URL"]
