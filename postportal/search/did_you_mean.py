"""“Did you mean”: another word for one that no public text has."""

from postportal.search import index
from postportal.search.analysis import to_term
from postportal.search.results import Results

MAX_CANDIDATES = 5


def did_you_mean(results: Results) -> str:
    """Return the question with words the archive has in the place of those it has not, or "". Every word that is
    offered stands in something readers may see."""
    if not results.query.has_criteria:
        return ""
    missing = results.backend_results.missing
    text = results.query.text
    for word in dict.fromkeys(results.query.words):
        if to_term(word) in missing and word.isalpha() and word.isascii() and len(word) > 2:
            other = next(
                (
                    each
                    for each in index.backend.similar_words(word.casefold())[:MAX_CANDIDATES]
                    if results.has_public_match(each)
                ),
                None,
            )
            if other:
                text = _replace_word(text, word, other)
    return text if text != results.query.text else ""


def _replace_word(text: str, word: str, other: str) -> str:
    return " ".join(piece.replace(word, other) if word in piece else piece for piece in text.split(" "))
