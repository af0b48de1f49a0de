"""Charts of growth as SVG: one line for each kind of page, from the smallest archive to the largest."""

import math
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 400, 60, 170, 40, 40
COLOURS = ("#0b6b4f", "#b3261e", "#1f5fa8", "#8a5a00", "#6b3fa0", "#00767a", "#a8326e", "#4d4d4d", "#000")


def growth_chart(title: str, *, sizes: Sequence[int], lines: Mapping[str, Sequence[float]], unit: str) -> str:
    """Return the chart. Each line has a value for each size; both axes are logarithmic, so growth is a slope."""
    values = [value for line in lines.values() for value in line if value > 0]
    low, high = (math.log10(value) for value in (min(values) / 1.5, max(values) * 1.5))
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def x(size: int) -> float:
        return LEFT + (math.log10(size) - first) / ((last - first) or 1) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (math.log10(value) - low) / ((high - low) or 1) * (HEIGHT - TOP - BOTTOM)

    parts = [_text(LEFT, 22, f"{title} ({unit})", size=15)]
    for size in sizes:
        parts += [
            _line([(x(size), TOP), (x(size), HEIGHT - BOTTOM)], "#ccc"),
            _text(x(size) - 14, HEIGHT - 18, f"{size:,}"),
        ]
    for exponent in range(math.ceil(low), math.floor(high) + 1):
        parts += [
            _line([(LEFT, y(10**exponent)), (WIDTH - RIGHT, y(10**exponent))], "#ccc"),
            _text(8, y(10**exponent) + 4, f"{10**exponent:g}"),
        ]
    for number, (name, line) in enumerate(lines.items()):
        colour = COLOURS[number % len(COLOURS)]
        points = [(x(size), y(value)) for size, value in zip(sizes, line, strict=True) if value > 0]
        if points:
            parts += [_line(points, colour, width=2), *(_dot(point, colour) for point in points)]
        parts.append(_text(WIDTH - RIGHT + 14, TOP + 18 * number + 10, f"{name}  {line[-1]:.3g}", colour=colour))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _line(points: Sequence[tuple[float, float]], colour: str, *, width: float = 1) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}"/>'


def _dot(point: tuple[float, float], colour: str) -> str:
    return f'<circle cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="3.5" fill="{colour}"/>'


def _text(x: float, y: float, words: str, *, size: int = 12, colour: str = "#222") -> str:
    style = f'font-family="sans-serif" font-size="{size}" fill="{colour}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'
