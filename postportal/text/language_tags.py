"""Tags of languages (BCP 47), such as `zh-Hans` and `pt-BR`."""

import re

# ISO 639-1. Languages with three letters are too many to list; their form is checked.
_TWO_LETTERS = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it "
    "iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt "
    "my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl "
    "sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo "
    "za zh zu"
)
# Language with up to one extension, script, region, variants. Tags for private use say nothing to a screen reader.
_TAG = re.compile(
    r"([a-z]{2,3})(-[a-z]{3})?(-[a-z]{4})?(-(?:[a-z]{2}|\d{3}))?((?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)", re.IGNORECASE
)
MAX_LENGTH = 35


def clean_language_tag(typed: str) -> str:
    """Return the tag in its usual spelling, and "" if there is no such language."""
    match = _TAG.fullmatch(typed.strip()) if len(typed) <= MAX_LENGTH else None
    if not match:
        return ""
    language, extension, script, region, variants = ((part or "").lower() for part in match.groups())
    if len(language) == 2 and language not in _TWO_LETTERS.split():
        return ""
    return f"{language}{extension}{script[:1]}{script[1:].title()}{region.upper()}{variants}"


def main_language(tag: str) -> str:
    """Return the language without script and region."""
    return tag.split("-", maxsplit=1)[0].lower()
