"""Links from the pictures of galleries to the full pictures. Texts do not store them: they are filled in when a text is
shown."""

import re

from django.utils.html import escape
from django.utils.translation import gettext as _

GALLERY_SIZES = "(min-width:44rem) 20rem, 92vw"
# In clean HTML, where a gallery has nothing but figures and a paragraph.
_GALLERY = re.compile(r'<div (?:[^<>]*)?class="gallery"[^<>]*>.*?</div>', re.DOTALL)
_PICTURE = re.compile(r'(<figure[^<>]*>)(<img (?:[^<>"]|"[^"]*")*>)')
_IMG = re.compile(r'<img (?:[^<>"]|"[^"]*")*>')
_SRC, _SIZES = re.compile(r'\bsrc="([^"]*)"'), re.compile(r'\bsizes="[^"]*"')


def link_pictures(html: str) -> str:
    """Return the clean text with links from the pictures of its galleries to the full pictures."""
    return _GALLERY.sub(lambda gallery: _link_all(gallery[0]), html) if 'class="gallery"' in html else html


def _link_all(gallery: str) -> str:
    gallery = _IMG.sub(lambda img: _SIZES.sub(f'sizes="{GALLERY_SIZES}"', img[0]), gallery)
    return _PICTURE.sub(lambda found: found[1] + _link(found[2]), gallery)


def _link(img: str) -> str:
    source = _SRC.search(img)
    if source is None:
        return img
    # A link needs words also if the picture has none.
    label = f' aria-label="{escape(_("View the full picture"))}"' if 'alt=""' in img else ""
    return f'<a href="{source[1]}"{label}>{img}</a>'
