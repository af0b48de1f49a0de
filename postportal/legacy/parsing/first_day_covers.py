"""Number of first day covers of an issue, as stated in its text."""

import re

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COVERS = re.compile(
    rf"\b(?P<count>\d{{1,2}}|an?|{'|'.join(_WORDS)}) (?:kinds? of )?(?:FDCs?|first[- ]day covers?)\b", re.IGNORECASE
)


def count_first_day_covers(text: str) -> int | None:
    """Return 2 for "will issue two FDC and two commemorative postmarks", None if the text gives no number."""
    match = _COVERS.search(text)
    if match is None:
        return None
    count = match["count"].lower()
    if count.isdigit():
        return int(count) or None
    return 1 if count in {"a", "an"} else _WORDS.index(count) + 1
