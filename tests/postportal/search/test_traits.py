import pytest

from postportal.search.analysis import to_terms
from postportal.search.backends.interface import Trait
from postportal.search.traits import find_traits, separate

STAMPS, HOTLINES = frozenset({"stamp-issue"}), frozenset({"hotline"})


@pytest.mark.parametrize(
    ("text", "separated"),
    [
        ("熊猫邮票", "熊猫 邮票"),
        ("2027年邮票", "2027 邮票"),
        ("2027 年度邮票", "2027 邮票"),
        ("挂失热线电话", "挂失 热线电话"),
        ("92027年", "92027年"),
        ("night mail", "night mail"),
    ],
)
def test_words_for_kinds_and_years_are_separated_in_chinese(text: str, separated: str) -> None:
    assert " ".join(separate(text).split()) == separated


@pytest.mark.parametrize(
    ("text", "traits"),
    [
        ("panda stamps 2027", (Trait(("stamp",), kinds=STAMPS), Trait(("2027",), year=2027))),
        ("stamp issue", (Trait(("stamp", "issu"), kinds=STAMPS),)),
        ("lost card phone number", (Trait(("phone", "number"), kinds=HOTLINES),)),
        ("number of trains", ()),
        ("11183 1799 2200", ()),
    ],
)
def test_kinds_and_years_are_found_in_a_query(text: str, traits: tuple[Trait, ...]) -> None:
    assert find_traits(to_terms(text)) == traits
