"""Register numbers in the footer of a page: 京ICP备15035540号 京公网安备110401400185号."""

import re

from postportal.legacy.parsing.text_cleaning import collapse_whitespace, to_half_width

_LABEL = re.compile(
    r"(?:(?:regist(?:er|ered|ration)|record|filing|licen[cs]e|icp)(?: (?:number|no\.?|licen[cs]e))?s?|"
    r"(?:网站)?备案(?:序号|号)?|许可证号?)\s?[:：]",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]\s?ICP\s?[备证]\s?\d{4,12}\s?号?(?:-\d{1,3})?|[\u4e00-\u9fff]公网安备\s?\d{6,16}\s?号?",
    re.IGNORECASE,
)


def read_register_numbers(line: str) -> tuple[str, ...] | None:
    """Return the register numbers of a line that has nothing else, or None for any other line."""
    text = to_half_width(line).strip()
    if not text or len(text) > 200:
        return None
    label = _LABEL.match(text)
    rest = text[label.end() :] if label else text
    numbers = tuple(re.sub(r"\s", "", number) for number in _NUMBER.findall(rest))
    leftover = collapse_whitespace(re.sub(r"[|,;、，；：:()]", " ", _NUMBER.sub(" ", rest)))
    if numbers and (label or not _LABEL.sub("", leftover).strip()):
        return numbers
    # A label followed by a number of another country's kind.
    if label and re.fullmatch(r"[\w./ -]*\d[\w./ -]*", rest.strip()):
        return (collapse_whitespace(rest),)
    return () if label and not rest.strip() else None
