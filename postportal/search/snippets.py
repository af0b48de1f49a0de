"""The passage of a text that shows what was found in it, with the words marked."""

from collections.abc import Collection, Sequence

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from postportal.search.analysis import iter_pieces, to_term, tokenize

SNIPPET_LENGTH = 180
CONTEXT_BEFORE = 60
# What a passage of a long text is looked for in; reading more takes longer than the search.
MAX_CHARACTERS_READ = 20_000

Span = tuple[int, int]


class SnippetBuilder:
    """Passages of the texts that were found for these terms. What comes again and again, a word, is looked at once."""

    def __init__(self, terms: Collection[str]) -> None:
        self._terms = frozenset(terms)
        self._spans_by_piece: dict[str, list[tuple[str, int, int]]] = {}

    def build(self, texts: Sequence[str]) -> SafeString:
        """Cut the passage with the most different terms out of `texts`, the first such one, and mark them; without
        any, the beginning of the first text that is not empty."""
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
        known = self._spans_by_piece
        for match in iter_pieces(text) if self._terms else ():
            piece = match[0]
            if piece not in known:
                known[piece] = self._find_terms_in(piece)
            for own, start, end in known[piece]:
                found.append((own, match.start() + start, match.start() + end))
        return found

    def _find_terms_in(self, piece: str) -> list[tuple[str, int, int]]:
        """The terms of the piece that are looked for, and where each stands in it."""
        if piece.isascii() and piece.isalnum():
            # As most words are.
            own = to_term(piece)
            return [(own, 0, len(piece))] if own in self._terms else []
        return [(token.term, token.start, token.end) for token in tokenize(piece) if token.term in self._terms]


def _find_densest(found: Sequence[tuple[str, int, int]]) -> tuple[int, int]:
    """Where the passage begins that has the most different terms, and how many these are."""
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
    """Escape every piece by itself, then put the marks between them: no text can become markup."""
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
    """Pairs of Chinese characters overlap: one mark for the whole run."""
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
    """Cut between words where there are any: Chinese has none."""
    start = max(0, around - CONTEXT_BEFORE)
    if start and (space := text.find(" ", start, around)) != -1:
        start = space + 1
    end = min(len(text), start + SNIPPET_LENGTH)
    if end < len(text) and (space := text.rfind(" ", start + SNIPPET_LENGTH // 2, end)) != -1:
        end = space
    return start, end
