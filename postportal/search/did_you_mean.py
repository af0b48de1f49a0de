"""“Did you mean”: another word for one that no public text has."""

from postportal.search import index
from postportal.search.analysis import term
from postportal.search.results import Results

TRIED = 5


def meant(results: Results) -> str:
    """Return the question with words the archive has in the place of those it has not, or "". Every word that is
    offered stands in something readers may see."""
    if not results.query.asks:
        return ""
    missing = results.found.missing
    text = results.query.text
    for word in dict.fromkeys(results.query.words):
        if term(word) in missing and word.isalpha() and word.isascii() and len(word) > 2:
            other = next((each for each in index.engine.alike(word.casefold())[:TRIED] if results.has(each)), None)
            if other:
                text = _instead(text, word, other)
    return text if text != results.query.text else ""


def _instead(text: str, word: str, other: str) -> str:
    return " ".join(piece.replace(word, other) if word in piece else piece for piece in text.split(" "))
