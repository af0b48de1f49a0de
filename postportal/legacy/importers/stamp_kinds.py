"""Kinds of stamp issues, recognised by the letter after the serial number or by words on the page."""

import re

from services.models import StampIssue

_KINDS = {
    StampIssue.Kind.COMMEMORATIVE: r"J\Z|commemorative|纪念",
    StampIssue.Kind.SPECIAL: r"T\Z|special|特种",
    StampIssue.Kind.DEFINITIVE: r"R\Z|definitive|regular|普通",
    StampIssue.Kind.PERSONALISED: r"personali[sz]ed|个性化",
}


def kind_of_issue(printed: str) -> str:
    """Return the kind, like "special" for "T" or "Special stamp", or "" if it is unknown."""
    return next((kind for kind, words in _KINDS.items() if re.match(words, printed, re.IGNORECASE)), "")
