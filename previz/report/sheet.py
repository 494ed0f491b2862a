"""A sheet of SVG in metres: strokes keep their width, labels avoid each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from previz.model import Vec3

__all__ = ["INKS", "Sheet"]

INKS = ("#e2a45a", "#62b6b4", "#d67f92", "#93b873", "#a795d6", "#c9b17c")
"""One colour a character."""

_WIDTH_PX = 960
_SHOWN_PX = (860, 620)
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold."""
_FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', sans-serif"


class Sheet:
    """Collects drawing in metres seen from above; `svg` gives the drawing.

    Words and titles may hold anything: they are written as text, and characters that
    XML cannot hold are left out.

    Args:
        view: Left, top, right and bottom in metres (x and z).
    """

    def __init__(self, view: tuple[float, float, float, float]) -> None:
        self.view = view
        self._unit_m = (view[2] - view[0]) / _WIDTH_PX
        self._marks: list[str] = []
        self._labels: list[str] = []
        self._taken: list[tuple[float, float, float, float]] = []

    def px(self, count: float) -> float:
        """Return the metres that `count` pixels of the drawing take."""
        return count * self._unit_m

    def inside(self, point: Vec3) -> Vec3:
        """Return the point moved to inside the sheet, 14 pixels from its edge."""
        left, top, right, bottom = self.view
        pad = self.px(14)
        x = min(max(point[0], left + pad), right - pad)
        return (x, 0.0, min(max(point[2], top + pad), bottom - pad))

    def _xy(self, point: Vec3) -> tuple[float, float]:
        return (
            (point[0] - self.view[0]) / self._unit_m,
            (point[2] - self.view[1]) / self._unit_m,
        )

    def _add(self, tag: str, attributes: str, title: str = "") -> None:
        inner = f"<title>{_text(title)}</title>" if title else ""
        self._marks.append(f"<{tag} {attributes}>{inner}</{tag}>")

    def line(
        self, a: Vec3, b: Vec3, *, stroke: str, width: float, title: str = ""
    ) -> None:
        """Draw a straight line."""
        (x1, y1), (x2, y2) = self._xy(a), self._xy(b)
        self._add(
            "line",
            f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            f'stroke="{stroke}" stroke-width="{width}" stroke-linecap="round"',
            title,
        )

    def path(
        self,
        points: Sequence[Vec3],
        *,
        stroke: str,
        width: float,
        dash: str,
        round_: bool,
    ) -> None:
        """Draw an open line through points."""
        listed = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(self._xy, points))
        cap = ' stroke-linecap="round"' if round_ else ""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._add(
            "polyline",
            f'points="{listed}" fill="none" stroke="{stroke}" '
            f'stroke-width="{width}" stroke-linejoin="round"{cap}{dashes}',
        )

    def polygon(
        self,
        points: Sequence[Vec3],
        *,
        fill: str,
        stroke: str = "none",
        width: float = 1,
        opacity: float = 1,
        title: str = "",
    ) -> None:
        """Draw a closed shape."""
        listed = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(self._xy, points))
        clear = f' fill-opacity="{opacity:g}"' if opacity < 1 else ""
        self._add(
            "polygon",
            f'points="{listed}" fill="{fill}"{clear} stroke="{stroke}" '
            f'stroke-width="{width}" stroke-linejoin="round"',
            title,
        )

    def circle(
        self,
        point: Vec3,
        *,
        px: float,
        fill: str,
        stroke: str,
        width: float,
        title: str = "",
    ) -> None:
        """Draw a circle of `px` pixels radius."""
        x, y = self._xy(point)
        self._add(
            "circle",
            f'cx="{x:.1f}" cy="{y:.1f}" r="{px:.1f}" fill="{fill}" stroke="{stroke}" '
            f'stroke-width="{width}"',
            title,
        )

    def picture(
        self, url: str, place: tuple[float, float, float, float], *, opacity: float = 1
    ) -> None:
        """Lay a picture from left, top to right, bottom in metres.

        Args:
            url: Of its data; it is put into the drawing as it is.
            place: Left, top, right and bottom.
            opacity: 1 hides what is below.
        """
        left, top, right, bottom = place
        (x0, y0), (x1, y1) = self._xy((left, 0, top)), self._xy((right, 0, bottom))
        self._add(
            "image",
            f'x="{x0:.1f}" y="{y0:.1f}" width="{x1 - x0:.1f}" '
            f'height="{y1 - y0:.1f}" preserveAspectRatio="none" '
            f'opacity="{opacity:g}" href="{url}"',
        )

    def head(self, a: Vec3, b: Vec3, *, fill: str, back_m: float) -> None:
        """Draw an arrow head that points from `a` to `b`, `back_m` before `b`."""
        dx, dz = b[0] - a[0], b[2] - a[2]
        length = (dx * dx + dz * dz) ** 0.5
        if length < 1e-6:
            return
        ux, uz = dx / length, dz / length
        x, z = b[0] - ux * back_m, b[2] - uz * back_m
        size, half = self.px(9), self.px(4)
        foot = (x - ux * size, z - uz * size)
        self.polygon(
            [
                (x, 0, z),
                (foot[0] - uz * half, 0, foot[1] + ux * half),
                (foot[0] + uz * half, 0, foot[1] - ux * half),
            ],
            fill=fill,
        )

    def text(
        self, point: Vec3, words: str, *, fill: str, px: float, anchor: str = "start"
    ) -> None:
        """Write words at a place, whatever else is there."""
        x, y = self._xy(point)
        self._labels.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{px:g}" fill="{fill}" '
            f'text-anchor="{anchor}">{_text(words)}</text>'
        )

    def label(
        self, point: Vec3, words: str, *, fill: str, px: float, bold: bool = False
    ) -> None:
        """Write words beside a place, where no other label is."""
        x, y = self._xy(point)
        wide = len(words) * px * 0.62
        spots = [(12, 4), (-12 - wide, 4), (-wide / 2, -12), (-wide / 2, 12 + px)]
        spots += [
            (dx, dy + s * px * 1.2) for s in (1, -1, 2, -2, 3, -3) for dx, dy in spots
        ]
        high = (self.view[3] - self.view[1]) / self._unit_m
        for dx, dy in spots:
            box = (x + dx, y + dy - px, x + dx + wide, y + dy + px * 0.3)
            on_sheet = (
                box[0] > 2 and box[1] > 2 and box[2] < _WIDTH_PX - 2 and box[3] < high
            )
            if on_sheet and not any(_meet(box, other) for other in self._taken):
                break
        else:
            dx, dy = spots[0]
            box = (x + dx, y + dy - px, x + dx + wide, y + dy)
        self._taken.append(box)
        weight = ' font-weight="600"' if bold else ""
        self._labels.append(
            f'<text x="{x + dx:.1f}" y="{y + dy:.1f}" font-size="{px:g}" fill="{fill}"'
            f'{weight} paint-order="stroke" stroke="#1a1c1f" stroke-width="3" '
            f'stroke-linejoin="round">{_text(words)}</text>'
        )

    def svg(self, title: str) -> str:
        """Return the drawing under a title."""
        high = (self.view[3] - self.view[1]) / self._unit_m
        # As large as a cell shows whole; where a page has a place for it, that counts.
        scale = min(_SHOWN_PX[0] / _WIDTH_PX, _SHOWN_PX[1] / high)
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" '
            f'viewBox="0 0 {_WIDTH_PX} {high:.0f}" role="img" '
            f'width="{_WIDTH_PX * scale:.0f}" height="{high * scale:.0f}" '
            f'font-family="{_FONT}"><title>{_text(title)}</title>'
            f'<rect width="{_WIDTH_PX}" height="{high:.0f}" fill="#1a1c1f"/>'
            f"{''.join(self._marks)}{''.join(self._labels)}</svg>"
        )


def _text(words: str) -> str:
    return escape(_NO_XML.sub("", words))


def _meet(
    a: tuple[float, float, float, float], b: tuple[float, float, float, float]
) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
