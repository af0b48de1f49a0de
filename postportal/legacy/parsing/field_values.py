"""Values of fields told by their form: for labels without a colon, and for values on a line of their own."""

import re

from postportal.legacy.parsing.credits import split_names
from postportal.legacy.parsing.designs import split_designs
from postportal.legacy.parsing.serials import read_serial
from postportal.legacy.parsing.stamp_facts import CREDIT_ROLES
from postportal.legacy.parsing.stamp_values import (
    read_day,
    read_money,
    read_quantity,
    read_stamp_counts,
    tidy_perforation,
    tidy_size,
)
from postportal.legacy.parsing.text_cleaning import to_half_width

_MAX_LOOSE_LENGTH = 80
_MAX_FIELD_LENGTH = 600
_READERS = {
    "serial": read_serial,
    "issued_on": read_day,
    "stamp_counts": read_stamp_counts,
    "face_value": read_money,
    "print_run": read_quantity,
}
_SIZE = re.compile(r"(?:each|about|约|均为|直径)?\s?\d[\d.]*( mm)? × \d[\d.]*.{0,40}\Z")
_PERFORATION = re.compile(r"(?:p|perf\.? )?\d[\d.½¼¾ /]*(?:\s?×\s?\d[\d.½¼¾ /]*)?.{0,12}\Z|无齿|imperf", re.IGNORECASE)
_SHEET = re.compile(r"(?=.*\d).{1,60}\Z")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}\Z|[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})+\Z")
_HAN_ENDS = {
    "printer": r"厂|公司|局|所|社|中心|集团",
    "process": r"版|印|胶|雕|写|刻|凹|凸",
    "issuer": r"局|公司|集团|部|邮政",
}
_LATIN_NAME = re.compile(r"(?:(?:[A-Z][\w.'’-]*|[&,，、/;]|and|of|the)\s*){1,12}\Z")
_SENTENCE_END = re.compile(r"[.!?。！？；;:：][\"'”’)）]*\Z")
_ABBREVIATION_END = re.compile(r"\b(?:Ltd|Inc|Co|Corp)\.\Z")
# A full stop with another sentence after it.
_SENTENCE_BREAK = re.compile(r"(?<!Ltd)(?<!Co)(?<!No)(?<!Inc)(?<!\b[A-Z])\.\s+(?=[A-Z])|[。！？](?=.)")
_LISTS = {"sheet", "print_run", "size", "sheet_size", "face_value", "stamp_counts", "perforation", "serial", "designs"}


def is_certainly(field_name: str, text: str) -> bool:
    """Return True if the text can hardly be anything but a value of the field."""
    text = text.strip().rstrip("；;，,。")
    if not text or len(text) > _MAX_LOOSE_LENGTH:
        return False
    if field_name in _READERS:
        return _READERS[field_name](text) is not None
    if field_name in {"size", "sheet_size"}:
        return _SIZE.match(tidy_size(text)) is not None
    if field_name == "perforation":
        return _PERFORATION.match(tidy_perforation(text)) is not None
    if field_name == "sheet":
        return _SHEET.match(to_half_width(text)) is not None and not _SENTENCE_END.search(text)
    if field_name == "designs":
        return len(split_designs(text)) > 0
    return _is_certainly_named(field_name, text)


def can_be(field_name: str, text: str) -> bool:
    """Return True if the text directly below the label can be its value: a few words that are no sentence."""
    if is_certainly(field_name, text):
        return True
    if field_name in _LISTS or field_name in _READERS:
        return False
    is_sentence = _SENTENCE_END.search(text) and not _ABBREVIATION_END.search(text)
    return bool(text) and len(text) <= _MAX_LOOSE_LENGTH and not is_sentence


def is_prose(field_name: str, text: str) -> bool:
    """Return True for "Design: The first stamp shows …": sentences after a word that is also a label."""
    if len(text) > _MAX_FIELD_LENGTH:
        return True
    if field_name in _LISTS or is_certainly(field_name, text):
        return False
    return len(text) > 150 or _SENTENCE_BREAK.search(text) is not None


def _is_certainly_named(field_name: str, text: str) -> bool:
    if field_name in CREDIT_ROLES:
        names = split_names(text)
        return bool(names) and (
            all(map(_HAN_NAME.match, names)) or (len(names) <= 6 and _LATIN_NAME.match(text) is not None)
        )
    if re.match(r"[\u4e00-\u9fff]", text):
        ends = _HAN_ENDS.get(field_name)
        return ends is not None and len(text) <= 40 and re.search(rf"(?:{ends})\Z", text) is not None
    return field_name in {"printer", "issuer"} and _LATIN_NAME.match(text) is not None
