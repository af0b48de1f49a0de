"""The type of a stamp issue, by the letter behind its number or the words on its page."""

import re

from services.models import StampIssue

_KINDS = {
    StampIssue.Kind.COMMEMORATIVE: r"J\Z|commemorative|纪念",
    StampIssue.Kind.SPECIAL: r"T\Z|special|特种",
    StampIssue.Kind.DEFINITIVE: r"R\Z|definitive|regular|普通",
    StampIssue.Kind.PERSONALISED: r"personali[sz]ed|个性化",
}


def kind_of_issue(printed: str) -> str:
    """ "special" for "T" or "Special stamp"; "" for what is not known."""
    return next((kind for kind, words in _KINDS.items() if re.match(words, printed, re.IGNORECASE)), "")
