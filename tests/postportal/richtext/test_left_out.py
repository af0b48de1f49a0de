import copy
import pickle

import pytest
from django.utils import translation
from hypothesis import given

from postportal.richtext.left_out import LeftOut
from postportal.richtext.sanitize import clean_html
from tests.postportal.richtext.markup import MARKUP


@pytest.mark.parametrize(
    ("dirty", "left_out"),
    [
        ("<p>a</p>", {}),
        ("<video><source src='/v.mp4'>Your browser is old.</video><VIDEO></VIDEO>", {"video": 2}),
        ("<audio src='/a.mp3'></audio>", {"audio": 1}),
        ('<iframe src="https://v.example"></iframe><object></object><embed src="/x">', {"embedded": 3}),
        ('<img src="https://a.example/b.png"><img src="//a.example/b.png">', {"foreign_picture": 2}),
        ('<img src="data:image/png;base64,x">', {"pasted_picture": 1}),
        ('<img src="b.png"><img alt="x">', {"broken_picture": 2}),
        ('<img src="/b.png"><picture><source srcset="https://a.example/x"><img src="/c.png"></picture>', {}),
        ("<svg><path/></svg><svg/><canvas></canvas>", {"drawing": 3}),
        ("<math><mi>x</mi></math>", {"formula": 1}),
        ('<a href="page2.htm">a</a><a href="//h/x">b</a><a href="https://[x">c</a>', {"link": 3}),
        ('<a href="javascript:x()">a</a><map><area href="/b"></map>', {"link": 2}),
        (
            '<a href="tel:+86 10 1">a</a><a href="sms:1">b</a><a href="https://a.example/b c">c</a><a name="x"></a>',
            {},
        ),
        ('<form><input><input type="hidden"><select><option>x</select><button>Go</button></form>', {"form_field": 3}),
        ("<script>'<video>'</script><noscript><img src='/a.png'></noscript>", {"script": 1, "hidden": 1}),
        ("<video><iframe></iframe></video>", {"video": 1}),
        ("<!-- <video> -->&lt;video&gt;<p title='<video>'>a</p>", {}),
        ('<p style="color:red">a</p><style>p {}</style>', {}),
    ],
)
def test_what_is_left_out_is_counted(dirty: str, left_out: dict[str, int]) -> None:
    assert clean_html(dirty).left_out == LeftOut(left_out)


@given(MARKUP)
def test_clean_text_has_nothing_to_leave_out(dirty: str) -> None:
    assert not clean_html(str(clean_html(dirty))).left_out


def test_sentence_names_each_kind_once() -> None:
    left_out = LeftOut(foreign_picture=2, video=1)

    assert left_out.sentence() == "Left out: 1 video, 2 pictures from other sites."
    with translation.override("zh-hans"):
        assert left_out.sentence() == "已删去：1个视频、2张其他网站的图片。"
    assert LeftOut().sentence() == ""


def test_counts_are_added() -> None:
    assert LeftOut(video=1).plus(LeftOut(video=2, link=1)) == LeftOut(video=3, link=1)


def test_clean_text_keeps_its_counts_when_copied() -> None:
    clean = clean_html("<video></video><p>a</p>")

    assert copy.deepcopy(clean).left_out == pickle.loads(pickle.dumps(clean)).left_out == LeftOut(video=1)
