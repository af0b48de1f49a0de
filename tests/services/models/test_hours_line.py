import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from services.models.hours_line import STORED_CHARACTERS, read_hours, show_hours, store_hours


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Mon–Fri 9–12, 13:30–17; Sat 9–12", "Mo-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00"),
        ("Mon-Fri 9-12, 13:30-17, Sat 9-12", "Mo-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00"),
        ("周一至周五 8:00–12:00，13:30–18:00；周六 9点至12点", "Mo-Fr 08:00-12:00,13:30-18:00; Sa 09:00-12:00"),
        ("周一至五 9点半到17点", "Mo-Fr 09:30-17:00"),
        ("周末休息；工作日 上午9:00-下午5:30", "Mo-Fr 09:00-17:30"),
        ("Monday to Friday 9am to 5:30pm", "Mo-Fr 09:00-17:30"),
        ("Thursdays 10-12 and 2pm-4pm", "Th 10:00-12:00,14:00-16:00"),
        ("Mon, Wed & Fri 8.30-noon", "Mo,We,Fr 08:30-12:00"),
        ("Mon–Fri 9–17; Wed closed", "Mo-Tu,Th-Fr 09:00-17:00"),
        ("Mon 12-17, 9-12", "Mo 09:00-17:00"),
        ("Fri–Mon 22:00–02:00", "Mo,Fr-Su 22:00-02:00"),
        ("24/7", "00:00-24:00"),
        ("每天24小时", "00:00-24:00"),
        ("closed", "off"),
        ("休息", "off"),
        ("", ""),
    ],
)
def test_line_is_read_as_people_type_it(typed: str, stored: str) -> None:
    assert store_hours(typed) == stored
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert store_hours(show_hours(stored)) == stored


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Mon 9-17, 10-18", "Monday: 09:00–17:00 and 10:00–18:00 overlap."),
        ("9-5", "9–5: write 9–17, or 9:00–5:00 if past midnight."),
        ("Mon whenever", "“whenever” is not understood."),
        ("Mon 9", "Enter an opening and a closing time, for example 9–17."),
        ("Mon-Fri", "Enter an opening and a closing time for each day, or “closed”."),
        ("9-25", "There is no such time: 25."),
        ("9:00-9:00", "Opening and closing time are the same."),
        (";;", "Enter opening hours"),
    ],
)
def test_line_that_means_no_hours_is_refused_in_words(typed: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        read_hours(typed)


@given(st.text(max_size=30) | st.text(alphabet="mofr 0129-,;:apo周一至", max_size=20))
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        stored = store_hours(typed)
    except ValidationError:
        return
    assert set(stored) <= set(STORED_CHARACTERS)
    assert store_hours(stored) == stored
