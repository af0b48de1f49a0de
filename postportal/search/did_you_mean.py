"""“Did you mean”: corrections for words that no public text contains."""

from postportal.search import index
from postportal.search.analysis import to_term
from postportal.search.results import Results

MAX_CANDIDATES = 5


def did_you_mean(results: Results) -> str:
    """Return the text of the query with misspelt words replaced; "" if there is nothing to correct. Every suggested
    word occurs in a public text."""
    if not results.query.has_criteria:
        return ""
    missing = results.backend_results.missing
    text = results.query.text
    for word in dict.fromkeys(results.query.words):
        if to_term(word) in missing and word.isalpha() and word.isascii() and len(word) > 2:
            candidates = index.backend.similar_words(word.casefold())[:MAX_CANDIDATES]
            correction = next((candidate for candidate in candidates if results.has_public_match(candidate)), None)
            if correction:
                text = _replace_word(text, word, correction)
    return text if text != results.query.text else ""


def _replace_word(text: str, word: str, correction: str) -> str:
    return " ".join(piece.replace(word, correction) if word in piece else piece for piece in text.split(" "))
