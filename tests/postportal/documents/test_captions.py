import pytest
from django.core.exceptions import ValidationError

from postportal.documents.captions import clean_captions
from tests.factories.recordings import WEBVTT

CUE = "00:01.000 --> 00:02.000\nWords"


def test_clean_captions_stay_as_they_are() -> None:
    assert clean_captions(clean_captions("\ufeff" + WEBVTT.replace("\n", "\r\n"))) == WEBVTT
    assert clean_captions(" \n") == ""
    assert clean_captions(f"WEBVTT - Title\n\nNOTE by us\n\n{CUE}").endswith("Words\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1\n00:01,000 --> 00:02,000\nSubRip", "begin with the line WEBVTT"),
        (f"WEBVTTX\n\n{CUE}", "begin with the line WEBVTT"),
        ("WEBVTT\n\nNOTE nothing", "are empty"),
        ("WEBVTT\n\nWords alone", "Caption 1 has no valid times"),
        ("WEBVTT\n\n00:01.000 -> 00:02.000\nx", "no valid times"),
        ("WEBVTT\n\n00:61.000 --> 00:62.000\nx", "no valid times"),
        ("WEBVTT\n\n00:02.000 --> 00:02.000\nx", "ends before it begins"),
        (f"WEBVTT\n\n00:03.000 --> 00:04.000\nx\n\n{CUE}", "Caption 2 ends before it begins, or is out of order"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000", "has no words"),
        (f"WEBVTT\n\n{CUE}\n00:03.000 --> 00:04.000\nglued", "no valid times"),
        (f"WEBVTT\n\nSTYLE\n::cue {{ background: url(https://x) }}\n\n{CUE}", "no styles"),
    ],
)
def test_wrong_captions_are_refused_with_their_number(text: str, words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        clean_captions(text)
    assert words in caught.value.messages[0]
