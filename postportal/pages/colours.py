"""Colours of the site, adjusted as far as needed for readable contrast."""

import re
from collections.abc import Mapping, Sequence

from postportal.pages.models.site_settings import COLOUR_FIELDS

HEX = re.compile(r"[0-9a-f]{6}")
BLACK, WHITE = "#000000", "#ffffff"
# Text colours on brand and deep, in light and dark mode: white, and the softer text of header and footer (on-brand,
# on-brand-soft), with the contrast ratios of WCAG 2.2: 7 for important text, 4.5 for other text.
BRAND_FOREGROUNDS = {False: [(WHITE, 7.0), ("#cfe3d8", 4.5)], True: [(WHITE, 7.0), ("#b9d3c6", 4.5)]}
# Backgrounds of text in the seal colour: paper, mist, warm and, in dark mode, raised.
SEAL_BACKGROUNDS = {False: [WHITE, "#eff4f1", "#fdf3d3"], True: ["#0f1714", "#15211c", "#2b2615", "#1a2823"]}


def stylesheet(colours: Mapping[str, str]) -> str:
    """Return CSS with the custom properties for light and dark mode."""
    light, dark = readable_variant(colours, is_dark=False), readable_variant(colours, is_dark=True)
    dark_rule = f"@media (prefers-color-scheme:dark){{:root{{{_custom_properties(dark)}}}}}"
    return f":root{{{_custom_properties(light)}}}\n{dark_rule}\n"


def parse_colours(text: str) -> dict[str, str] | None:
    """Return the colours in the URL of the stylesheet, six hexadecimal digits each; None if they are not valid."""
    if not _has_all_colours(text):
        return None
    return {name: f"#{digits}" for name, digits in zip(COLOUR_FIELDS, HEX.findall(text), strict=True)}


def readable_variant(colours: Mapping[str, str], *, is_dark: bool) -> dict[str, str]:
    """Return the colours of light or dark mode that are nearest to `colours` and readable."""
    # Thin marks on a dark background need more than the minimum contrast to look as strong as on white.
    seal_target, min_ratio = (WHITE, 5.5) if is_dark else (BLACK, 4.5)
    backgrounds = SEAL_BACKGROUNDS[is_dark]
    adjusted = dict(colours)
    if is_dark:
        # Large areas of a colour made for white backgrounds are too bright in dark mode.
        adjusted |= {name: mix(colours[name], BLACK, share=0.22) for name in ("brand", "deep")}
    return {
        "brand": shift_to_contrast(adjusted["brand"], towards=BLACK, against=BRAND_FOREGROUNDS[is_dark]),
        "deep": shift_to_contrast(adjusted["deep"], towards=BLACK, against=BRAND_FOREGROUNDS[is_dark]),
        "seal": shift_to_contrast(
            adjusted["seal"], towards=seal_target, against=[(background, min_ratio) for background in backgrounds]
        ),
        "air": shift_to_contrast(adjusted["air"], towards=seal_target, against=[(backgrounds[0], min_ratio)]),
    }


def shift_to_contrast(colour: str, *, towards: str, against: Sequence[tuple[str, float]]) -> str:
    """Return the first mix of `colour` with `towards` (black or white) with all contrast ratios in `against`."""
    steps = (mix(colour, towards, share=step / 50) for step in range(50))
    return next((step for step in steps if all(contrast(step, other) >= ratio for other, ratio in against)), towards)


def mix(colour: str, other: str, *, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio as defined by WCAG 2.2."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _has_all_colours(text: str) -> bool:
    return re.fullmatch(rf"(?:{HEX.pattern}){{{len(COLOUR_FIELDS)}}}", text) is not None


def _custom_properties(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())
