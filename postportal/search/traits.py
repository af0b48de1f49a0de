"""Words of a query that say what is wanted rather than what its text contains: its kind (“stamps”, 邮票) or its year.

“stamps 2027” finds the issues of 2027, whether or not their texts contain these words. The words are recognised in the
query, so the index has no copies of them, and texts that do contain them are found as before."""

import re
from collections.abc import Sequence
from functools import cache

from postportal.search.analysis import is_chinese_text, to_terms
from postportal.search.backends.interface import Trait
from postportal.search.kinds import kinds

# Other numbers are rarely years.
_YEAR = "(?:1[89]|2[01])[0-9]{2}"
_CHINESE_YEAR = re.compile(rf"(?<![0-9])({_YEAR})\s*年度?")


def separate(text: str) -> str:
    """Put spaces around words for kinds and years in Chinese text, which has none: 熊猫邮票 → 熊猫 邮票. Otherwise the
    pairs of characters across their borders would be terms of the query, which hardly any text contains."""
    text = _CHINESE_YEAR.sub(r"\1 ", text)
    pattern = _chinese_kind_words()
    return pattern.sub(r" \g<0> ", text) if pattern.pattern else text


def find_traits(terms: Sequence[str]) -> tuple[Trait, ...]:
    """Return the kinds and years that these terms of a query name. Each term belongs to the longest word for a kind."""
    found: list[Trait] = []
    start = 0
    while start < len(terms):
        length, names = _kinds_at(terms, start)
        if names:
            found.append(Trait(tuple(terms[start : start + length]), kinds=names))
        elif re.fullmatch(_YEAR, terms[start]):
            found.append(Trait((terms[start],), year=int(terms[start])))
        start += length
    return tuple(found)


def _kinds_at(terms: Sequence[str], start: int) -> tuple[int, frozenset[str]]:
    """Return the length of the longest word for a kind that begins at this term, and the kinds it names."""
    known = _kinds_by_terms()
    for length in range(min(max(map(len, known), default=0), len(terms) - start), 0, -1):
        names = known.get(tuple(terms[start : start + length]))
        if names:
            return length, names
    return 1, frozenset()


@cache
def _kinds_by_terms() -> dict[tuple[str, ...], frozenset[str]]:
    found: dict[tuple[str, ...], frozenset[str]] = {}
    for name, kind in kinds().items():
        for word in kind.words:
            terms = tuple(to_terms(word))
            found[terms] = found.get(terms, frozenset()) | {name}
    return found


@cache
def _chinese_kind_words() -> re.Pattern[str]:
    words = {word for kind in kinds().values() for word in kind.words if is_chinese_text(word)}
    return re.compile("|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word))))
