"""Small multiples as plain SVG text, one panel an age. No library: the same figures give the same bytes."""

from __future__ import annotations

from typing import Iterable

import numpy as np

from measure import Measured
from methods import AGES, MODEL

PANEL, GAP, LEFT, TOP, FOOT = 190, 46, 48, 66, 34
COLUMNS = 3
COLOURS = {MODEL: "#1f5fbf", "original densities, as published": "#c2571a", "plain count": "#8a8a8a"}
STYLE = "text{font:11px sans-serif;fill:#333}.t{font-size:14px;font-weight:bold}.f{fill:none;stroke:#bbb}.g{stroke:#e6e6e6}"
Point = tuple[float, float]


def precision_recall_plot(measured: Measured, title: str) -> str:
    """Precision over recall at each age, of the model and of the two methods it replaces."""
    panels = []
    for place, age in enumerate(AGES):
        lines = []
        for name, colour in COLOURS.items():
            recall, precision = measured.curves[name][place]
            lines.append(_line(_steps(recall, precision), colour))
        posts, hot = measured.open[place]
        panels.append((f"{age} min ({hot} hot of {posts})", lines))
    return _figure(title, panels, "recall", "precision", 1.0)


def calibration_plot(measured: Measured, title: str) -> str:
    """What came over what was said, in ten bins of equally many posts (square-root axes: most probabilities are small)."""
    panels = []
    for place, age in enumerate(AGES):
        points = [(said**0.5, came**0.5) for _, said, came in measured.bins[place]]
        marks = [_line([(0, 0), (1, 1)], "#bbb"), _line(points, COLOURS[MODEL]), *[_dot(point, COLOURS[MODEL]) for point in points]]
        panels.append((f"{age} min (error {measured.calibration[place]['error']:.3f})", marks))
    return _figure(title, panels, "mean probability (square-root axis)", "share that became hot", 0.5)


def _steps(recall: np.ndarray, precision: np.ndarray) -> list[Point]:
    """One point a recall: further posts that never became hot only lower the precision, and would draw a vertical line."""
    points: list[Point] = []
    for x, y in zip(recall.tolist(), precision.tolist()):
        if not points or x > points[-1][0]:
            points.append((x, y))
    return points


def _figure(title: str, panels: list[tuple[str, list[str]]], x_name: str, y_name: str, power: float) -> str:
    rows = -(-len(panels) // COLUMNS)
    width, height = LEFT + COLUMNS * (PANEL + GAP), TOP + rows * (PANEL + GAP) + FOOT
    body = [f'<text class="t" x="{LEFT}" y="20">{title}</text>', *_legend(x_name == "recall")]
    for number, (name, marks) in enumerate(panels):
        x, y = LEFT + number % COLUMNS * (PANEL + GAP), TOP + number // COLUMNS * (PANEL + GAP)
        body.append(f'<g transform="translate({x},{y})"><text x="0" y="-6">{name}</text>{_grid(power)}{"".join(marks)}</g>')
    body.append(f'<text x="{width / 2:.0f}" y="{height - 14}" text-anchor="middle">{x_name}</text>')
    body.append(f'<text transform="translate(13,{height / 2:.0f}) rotate(-90)" text-anchor="middle">{y_name}</text>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{title}">'
    return "\n".join([head, f"<style>{STYLE}</style>", f'<rect width="{width}" height="{height}" fill="#fff"/>', *body, "</svg>", ""])


def _legend(has_methods: bool) -> Iterable[str]:
    for number, (name, colour) in enumerate(COLOURS.items() if has_methods else []):
        x = LEFT + number * 230
        yield f'<path d="M{x} 36h18" stroke="{colour}" stroke-width="2"/><text x="{x + 24}" y="40">{name}</text>'


def _grid(power: float) -> str:
    values = (0, 0.25, 0.5, 0.75, 1) if power == 1 else (0, 0.05, 0.2, 0.5, 1)
    marks = [f'<rect class="f" width="{PANEL}" height="{PANEL}"/>']
    for value in values:
        at = value**power * PANEL
        marks.append(f'<path class="g" d="M{at:.1f} 0v{PANEL}M0 {PANEL - at:.1f}h{PANEL}"/>')
        marks.append(f'<text x="{at:.1f}" y="{PANEL + 13}" text-anchor="middle">{value:g}</text>')
        marks.append(f'<text x="-5" y="{PANEL - at + 4:.1f}" text-anchor="end">{value:g}</text>')
    return "".join(marks)


def _line(points: list[Point], colour: str) -> str:
    path = "L".join(f"{x * PANEL:.1f} {PANEL - y * PANEL:.1f}" for x, y in points)
    return f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="1.6"/>'


def _dot(point: Point, colour: str) -> str:
    return f'<circle cx="{point[0] * PANEL:.1f}" cy="{PANEL - point[1] * PANEL:.1f}" r="2.6" fill="{colour}"/>'
