import pytest

from postportal.legacy.parsing.credits import split_credit, split_editors, split_names


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("(China Post)", "China Post"),
        ("（海港邮政报）", "海港邮政报"),
        ("(Source: Harbour Post News)", "Harbour Post News"),
        ("(By Orla Finch)", "Orla Finch"),
        ("  [Harbour Post]  ", "Harbour Post"),
        ("(Harbour Post Co., Ltd.)", "Harbour Post Co., Ltd."),
    ],
)
def test_line_in_brackets_at_the_end_is_the_credit(line: str, credit: str) -> None:
    assert split_credit(["Text.", "", line, ""]) == (["Text."], credit)


@pytest.mark.parametrize(
    "line", ["(1)", "(a)", "(iv)", "(2019)", "(It was late. We left.)", "(4-1) Boats", "()", "Harbour (Post)"]
)
def test_other_last_lines_are_text(line: str) -> None:
    assert split_credit(["Text.", line]) == (["Text.", line], "")


def test_credit_after_the_last_sentence_is_found() -> None:
    assert split_credit(["It closed at noon. (China Post)"]) == (["It closed at noon."], "China Post")
    assert split_credit(["It closed at noon. (Harbour Post)"], source="Harbour Post") == (
        ["It closed at noon."],
        "Harbour Post",
    )


def test_brackets_after_the_last_word_are_text() -> None:
    assert split_credit(["It is run by the bank (HPSB)."]) == (["It is run by the bank (HPSB)."], "")
    assert split_credit(["It closed at noon. (It was cold)"]) == (["It closed at noon. (It was cold)"], "")


def test_no_text_has_no_credit() -> None:
    assert split_credit([]) == ([], "")


def test_editors_below_the_text_are_split_off() -> None:
    assert split_editors(["正文。", "", "（责任编辑：方小舟）", "审核：陆平"]) == (
        ["正文。"],
        ["（责任编辑：方小舟）", "审核：陆平"],
    )


@pytest.mark.parametrize(
    "text",
    [
        "Tang Mei & Orla Finch",
        "Tang Mei and Orla Finch",
        "Tang Mei, Orla Finch",
        "Tang Mei、Orla Finch",
        "Tang Mei； Orla Finch etc.",
        "Tang Mei (4-1, 4-2), Orla Finch (Norway)",
        "Tang Mei, Tang Mei and Orla Finch",
        "Tang Mei / Orla Finch",
    ],
)
def test_names_are_split(text: str) -> None:
    assert split_names(text) == ["Tang Mei", "Orla Finch"]


def test_separators_inside_names_are_kept() -> None:
    assert split_names("Ferdinand Sandoval") == ["Ferdinand Sandoval"]
    assert split_names("方小舟、陆平和唐梅") == ["方小舟", "陆平", "唐梅"]
    assert split_names("佚名等") == ["佚名"]
    assert split_names(" - ") == []
