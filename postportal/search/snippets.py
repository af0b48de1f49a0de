"""Snippets: the passage of a text that matches a search, with the matching words highlighted."""

from collections.abc import Collection, Sequence

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from postportal.search.analysis import iter_pieces, to_term, tokenize

SNIPPET_LENGTH = 180
CONTEXT_BEFORE = 60
# Reading more of a long text would take longer than the search itself.
MAX_CHARACTERS_READ = 20_000

Span = tuple[int, int]


class SnippetBuilder:
    """Build snippets for the hits of one search. Each word is analysed once for all texts."""

    def __init__(self, terms: Collection[str]) -> None:
        self._terms = frozenset(terms)
        self._spans_by_piece: dict[str, list[tuple[str, int, int]]] = {}

    def build(self, texts: Sequence[str]) -> SafeString:
        """Return the passage of `texts` with the most different terms, highlighted; without any match, the beginning of
        the first text that is not empty."""
        filled = [text for text in texts if text]
        if not filled:
            return SafeString("")
        best: tuple[int, str, int, tuple[Span, ...]] = (0, filled[0], 0, ())
        for text in filled:
            found = self._find_spans(text[:MAX_CHARACTERS_READ])
            start, variety = _find_densest(found)
            if variety > best[0]:
                best = (variety, text, start, tuple((a, b) for _, a, b in found))
        _, text, around, spans = best
        return _highlight(text, *_cut(text, around=around), spans=spans)

    def _find_spans(self, text: str) -> list[tuple[str, int, int]]:
        found = []
        cached = self._spans_by_piece
        for match in iter_pieces(text) if self._terms else ():
            piece = match[0]
            if piece not in cached:
                cached[piece] = self._find_terms_in(piece)
            for term, start, end in cached[piece]:
                found.append((term, match.start() + start, match.start() + end))
        return found

    def _find_terms_in(self, piece: str) -> list[tuple[str, int, int]]:
        """Return the matching terms of the piece and their spans."""
        if piece.isascii() and piece.isalnum():
            # The fast path for most words.
            term = to_term(piece)
            return [(term, 0, len(piece))] if term in self._terms else []
        return [(token.term, token.start, token.end) for token in tokenize(piece) if token.term in self._terms]


def _find_densest(found: Sequence[tuple[str, int, int]]) -> tuple[int, int]:
    """Return the start of the passage with the most different terms, and their number."""
    best = (0, 0)
    last = 0
    for first, (_, start, _) in enumerate(found):
        last = max(last, first)
        while last < len(found) and found[last][2] <= start + SNIPPET_LENGTH - CONTEXT_BEFORE:
            last += 1
        variety = len({term for term, _, _ in found[first:last]}) or 1
        if variety > best[1]:
            best = (start, variety)
    return best


def _highlight(text: str, start: int, end: int, *, spans: Sequence[Span]) -> SafeString:
    """Escape each piece of the text separately and add the <mark> elements between them, so that no text becomes
    markup."""
    pieces: list[tuple[str]] = [("… ",)] if start else []
    place = start
    for first, last in _merge(spans):
        if first >= place and last <= end:
            pieces += [(_one_line(text[place:first]),), (_mark_word(text[first:last]),)]
            place = last
    pieces.append((_one_line(text[place:end]),))
    if end < len(text):
        pieces.append((" …",))
    return format_html_join("", "{}", pieces)


def _merge(spans: Sequence[Span]) -> list[Span]:
    """Merge overlapping spans: pairs of Chinese characters overlap and are highlighted as one run."""
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and first < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _mark_word(piece: str) -> SafeString:
    return mark_safe(f"<mark>{escape(piece)}</mark>")  # noqa: S308 - escaped


def _one_line(piece: str) -> str:
    return " ".join(piece.replace("\n", " ").split(" "))


def _cut(text: str, *, around: int) -> Span:
    """Return the span of the snippet, cut at spaces if the text has any: Chinese has none."""
    start = max(0, around - CONTEXT_BEFORE)
    if start and (space := text.find(" ", start, around)) != -1:
        start = space + 1
    end = min(len(text), start + SNIPPET_LENGTH)
    if end < len(text) and (space := text.rfind(" ", start + SNIPPET_LENGTH // 2, end)) != -1:
        end = space
    return start, end
