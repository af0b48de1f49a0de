"""The site's own colours, bent as far as needed for everybody to read what is written in and on them."""

import re
from collections.abc import Mapping, Sequence

from postportal.pages.models.site_settings import COLOURS

HEX = re.compile(r"[0-9a-f]{6}")
BLACK, WHITE = "#000000", "#ffffff"
# What stands on brand and deep: white, and the softer text of header and footer (post.css: on, on2). With the ratios
# of WCAG 2.2: 7 for text that everybody needs, 4.5 for the rest, 3 for what is drawn.
ON_BRAND = {False: [(WHITE, 7.0), ("#cfe3d8", 4.5)], True: [(WHITE, 7.0), ("#b9d3c6", 4.5)]}
# What seal is written on: paper, mist, warm and, in the dark, raise.
UNDER_SEAL = {False: [WHITE, "#eff4f1", "#fdf3d3"], True: ["#0f1714", "#15211c", "#2b2615", "#1a2823"]}


def stylesheet(colours: Mapping[str, str]) -> str:
    """Return the custom properties for light and dark, over those of post.css."""
    light, dark = variant(colours, is_dark=False), variant(colours, is_dark=True)
    return f":root{{{_declared(light)}}}\n@media (prefers-color-scheme:dark){{:root{{{_declared(dark)}}}}}\n"


def colours_in(address: str) -> dict[str, str] | None:
    """Return the colours that the address of the style sheet carries, six digits each; None where it does not."""
    found = HEX.findall(address)
    return {name: f"#{digits}" for name, digits in zip(COLOURS, found, strict=True)} if _is_whole(address) else None


def variant(colours: Mapping[str, str], *, is_dark: bool) -> dict[str, str]:
    # Thin marks on dark paper need more than the least contrast to look as strong as on white.
    seal_to, least = (WHITE, 5.5) if is_dark else (BLACK, 4.5)
    papers = UNDER_SEAL[is_dark]
    chosen = dict(colours)
    if is_dark:
        # Large areas of a colour that is right on white are too bright beside dark paper.
        chosen |= {name: mixed(colours[name], BLACK, share=0.22) for name in ("brand", "deep")}
    return {
        "brand": moved(chosen["brand"], towards=BLACK, against=ON_BRAND[is_dark]),
        "deep": moved(chosen["deep"], towards=BLACK, against=ON_BRAND[is_dark]),
        "seal": moved(chosen["seal"], towards=seal_to, against=[(paper, least) for paper in papers]),
        "air": moved(chosen["air"], towards=seal_to, against=[(papers[0], least)]),
    }


def moved(colour: str, *, towards: str, against: Sequence[tuple[str, float]]) -> str:
    """Return the colour nearest to `colour` on the way to black or white that has these contrasts."""
    steps = (mixed(colour, towards, share=step / 50) for step in range(50))
    return next((step for step in steps if all(contrast(step, other) >= ratio for other, ratio in against)), towards)


def mixed(colour: str, other: str, *, share: float) -> str:
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


def _is_whole(address: str) -> bool:
    return re.fullmatch(rf"(?:{HEX.pattern}){{{len(COLOURS)}}}", address) is not None


def _declared(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())
