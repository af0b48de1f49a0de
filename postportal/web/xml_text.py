"""Text that an XML document, such as a feed, can carry."""

import re

# Characters that XML 1.0 does not allow, not even escaped.
INVALID_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def strip_invalid_xml(text: str) -> str:
    return INVALID_XML.sub("", text)
