"""Checks of plain texts and tables."""

import re

from postportal.documents.refusals import not_what_it_says

# GB 18030 is what a Chinese Excel writes.
_ENCODINGS = ("utf-8-sig", "gb18030")
# What a browser would take for a page, and the beginnings of other formats.
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|script|svg|\?xml|iframe|!--)", re.IGNORECASE)
_OTHER_FORMATS = (b"%PDF-", b"PK\x03\x04", b"MZ", b"\x7fELF", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"#!")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def check_text_file(content: bytes, extension: str) -> None:
    """Raise ValidationError if this is no text, or one that a browser would run."""
    text = read_text(content)
    if text is None or content.startswith(_OTHER_FORMATS) or _CONTROLS.search(text) or _MARKUP.match(text):
        raise not_what_it_says(extension)


def read_text(content: bytes) -> str | None:
    """Return the text in the encoding that it has, or None if it has none of those accepted."""
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
