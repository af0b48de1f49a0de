import pytest

from postportal.legacy.parsing.field_values import can_be, is_certainly, is_prose


@pytest.mark.parametrize(
    ("field_name", "value"),
    [
        ("serial", "2016-4"),
        ("issued_on", "2016年3月20日"),
        ("size", "50*30mm"),
        ("size", "直径45 × 45毫米"),
        ("perforation", "13½ × 13度"),
        ("sheet", "16枚(2套)"),
        ("print_run", "950万套"),
        ("designer", "王虎鸣、唐梅"),
        ("designer", "Tang Mei & Orla Finch"),
        ("printer", "河南省邮电印刷厂"),
        ("printer", "Beijing Stamp Printing House"),
        ("process", "胶雕套印"),
        ("designs", "（2-1）T 灯 1.20元"),
    ],
)
def test_value_is_recognised_by_itself(field_name: str, value: str) -> None:
    assert is_certainly(field_name, value)


@pytest.mark.parametrize(
    ("field_name", "value"),
    [
        ("serial", "4"),
        ("size", "of Booklet: 100*60mm"),
        ("designer", "采用传统工笔画法表现"),
        ("designer", "said that it rained"),
        ("printer", "北京"),
        ("title", "Lanterns"),
        ("sheet", ""),
    ],
)
def test_other_text_is_no_certain_value(field_name: str, value: str) -> None:
    assert not is_certainly(field_name, value)


def test_short_words_can_be_a_value_below_their_label_but_no_sentence() -> None:
    assert can_be("process", "Offset printing")
    assert can_be("printer", "Works Co., Ltd.")
    assert not can_be("process", "The lantern hung there.")
    assert not can_be("size", "Offset printing")


def test_sentences_after_a_label_are_prose() -> None:
    assert is_prose("designer", "The first shows a lamp. The other shows two.")
    assert not is_prose("printer", "Harbour Works Co., Ltd. Beijing")
    assert not is_prose("sheet", "20 for Layout Ⅰ. 8 for Layout Ⅱ")
    assert is_prose("sheet", "x" * 700)
