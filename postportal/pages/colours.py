"""The site's own colours, bent as far as needed for everybody to read what is written in and on them."""

import re
from collections.abc import Mapping, Sequence

from postportal.pages.models.site_settings import COLOUR_FIELDS

HEX = re.compile(r"[0-9a-f]{6}")
BLACK, WHITE = "#000000", "#ffffff"
# What stands on brand and deep: white, and the softer text of header and footer (post.css: on, on2). With the ratios
# of WCAG 2.2: 7 for text that everybody needs, 4.5 for the rest, 3 for what is drawn.
BRAND_FOREGROUNDS = {False: [(WHITE, 7.0), ("#cfe3d8", 4.5)], True: [(WHITE, 7.0), ("#b9d3c6", 4.5)]}
# What seal is written on: paper, mist, warm and, in the dark, raise.
SEAL_BACKGROUNDS = {False: [WHITE, "#eff4f1", "#fdf3d3"], True: ["#0f1714", "#15211c", "#2b2615", "#1a2823"]}


def stylesheet(colours: Mapping[str, str]) -> str:
    """Return the custom properties for light and dark, over those of post.css."""
    light, dark = readable_variant(colours, is_dark=False), readable_variant(colours, is_dark=True)
    in_the_dark = f"@media (prefers-color-scheme:dark){{:root{{{_custom_properties(dark)}}}}}"
    return f":root{{{_custom_properties(light)}}}\n{in_the_dark}\n"


def parse_colours(address: str) -> dict[str, str] | None:
    """Return the colours that the address of the style sheet carries, six digits each; None where it does not."""
    found = HEX.findall(address)
    return (
        {name: f"#{digits}" for name, digits in zip(COLOUR_FIELDS, found, strict=True)}
        if _has_all_colours(address)
        else None
    )


def readable_variant(colours: Mapping[str, str], *, is_dark: bool) -> dict[str, str]:
    # Thin marks on dark paper need more than the least contrast to look as strong as on white.
    seal_to, least = (WHITE, 5.5) if is_dark else (BLACK, 4.5)
    papers = SEAL_BACKGROUNDS[is_dark]
    chosen = dict(colours)
    if is_dark:
        # Large areas of a colour that is right on white are too bright beside dark paper.
        chosen |= {name: mix(colours[name], BLACK, share=0.22) for name in ("brand", "deep")}
    return {
        "brand": shift_to_contrast(chosen["brand"], towards=BLACK, against=BRAND_FOREGROUNDS[is_dark]),
        "deep": shift_to_contrast(chosen["deep"], towards=BLACK, against=BRAND_FOREGROUNDS[is_dark]),
        "seal": shift_to_contrast(chosen["seal"], towards=seal_to, against=[(paper, least) for paper in papers]),
        "air": shift_to_contrast(chosen["air"], towards=seal_to, against=[(papers[0], least)]),
    }


def shift_to_contrast(colour: str, *, towards: str, against: Sequence[tuple[str, float]]) -> str:
    """Return the colour nearest to `colour` on the way to black or white that has these contrasts."""
    steps = (mix(colour, towards, share=step / 50) for step in range(50))
    return next((step for step in steps if all(contrast(step, other) >= ratio for other, ratio in against)), towards)


def mix(colour: str, other: str, *, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
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


def _has_all_colours(address: str) -> bool:
    return re.fullmatch(rf"(?:{HEX.pattern}){{{len(COLOUR_FIELDS)}}}", address) is not None


def _custom_properties(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())
