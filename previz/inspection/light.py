"""Illuminance over a set: in the air, on a plan and in a section."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.inspection.drawing import (
    legend_html,
    plan_sheet,
    section_sheet,
    sheets_html,
)
from previz.inspection.grid import Grid, grid_of, in_solids
from previz.inspection.inspected import AbstractInspected
from previz.inspection.palette import INFERNO
from previz.model import Film, LightKind, Scene, Vec3
from previz.render import Renderer
from previz.report.sheet import INKS
from previz.stage import Geometry, Stage

__all__ = ["LightVolume", "light_volume"]

_LUX_AT_EV0 = 2.5
"""ISO 2720 with C = 250."""
_MOST_STOPS, _NEAR_M = 10, 0.25
FACE_M = 1.6
"""Where the plan is cut: the face of somebody who stands."""

_Meter = Callable[[NDArray[np.float64]], NDArray[np.float64]]


class LightVolume(AbstractInspected):
    """How much light there is everywhere in a set, in lux.

    Args:
        scene: The scene.
        film: Its film, for the names of its people.
        grid: Where the light is measured.
        meter: Reads lux at points, shape (n, 3) → (n,).
        geometry: The set, which sections cut.
        facing: Where the meter points; None where it is turned to read most.
        level_m: Height of the plan that stands for it where nothing can turn.

    Attributes:
        grid: As given.
        lux: At the grid's points, shape `grid.shape`; NaN in walls and furniture.
    """

    def __init__(
        self,
        scene: Scene,
        film: Film,
        *,
        grid: Grid,
        meter: _Meter,
        geometry: Geometry,
        facing: Vec3 | None = None,
        level_m: float = FACE_M,
    ) -> None:
        self._scene, self._film, self._meter = scene, film, meter
        self._geometry, self._level_m = geometry, level_m
        self._facing = facing
        self.grid = grid
        self.lux = self._measured(grid).reshape(grid.shape)

    def at(self, place_m: Vec3) -> float:
        """Return what the meter reads at one place of the world, in lux."""
        return float(self._meter(np.array([place_m], np.float64))[0])

    @property
    def stops(self) -> tuple[int, int]:
        """The exposure values at ISO 100 between which nearly all of it lies."""
        levels = _ev(self.lux[self.lux > 0])
        if not len(levels):
            return 0, 1
        low, high = np.percentile(levels, [1, 99.7])
        top = int(np.ceil(high))
        return max(int(np.floor(low)), top - _MOST_STOPS), top

    def picture_html(self) -> str:
        """Return a plan at face height and a section, in stops, as HTML."""
        low, high = self.stops
        names = {c.id: c.name for c in self._film.characters}
        plan = self.grid.flat(1, min(self._level_m, float(self.grid.high_m[1]) * 0.8))
        through = self._through()
        cut = self.grid.flat(2, through)
        sheet = plan_sheet(
            self._scene, plan, self._share(plan), INFERNO, lines=high - low
        )
        for light in self._scene.lights:
            if light.kind in (LightKind.POINT, LightKind.AREA):
                at = sheet.inside(light.position_m)
                title = f"{light.role}, {light.intensity:g} cd"
                sheet.circle(
                    at, px=4, fill="none", stroke="#fff", width=1.4, title=title
                )
        for index, blocking in enumerate(self._scene.blocking):
            x, y, z = blocking.marks[0].position_m
            lux = self.at((x, y + self._level_m, z))
            ink = INKS[index % len(INKS)]
            name = names.get(blocking.character, blocking.character)
            sheet.circle((x, 0, z), px=5, fill=ink, stroke="#1a1c1f", width=1.5)
            sheet.label((x, 0, z), f"{name} {_round(lux)} lx", fill="#fff", px=13)
        side = section_sheet(
            cut, self._share(cut), INFERNO, lines=high - low, cut=[self._geometry]
        )
        turned = "is turned to where it reads most"
        if self._facing is not None:
            turned = "faces " + ", ".join(f"{part:g}" for part in self._facing)
        caption = (
            f"Light on a meter that {turned}: plan "
            f"{self._level_m:g} m above the floor, section at z = {through:.1f} m. "
            "Lines are a stop apart."
        )
        drawn = {"Plan of the light": sheet, "Section of the light": side}
        return sheets_html(drawn, self.legend_html(), caption)

    def legend_html(self) -> str:
        """Return what the colours say, in lux and exposure values."""
        low, high = self.stops
        ticks = [
            ((ev - low) / (high - low), f"{_round(_LUX_AT_EV0 * 2.0**ev)} lx")
            for ev in range(low, high + 1, max(round((high - low) / 6), 1))
        ]
        return legend_html(INFERNO, ticks)

    def _through(self) -> float:
        """Return where the section goes: through whoever stands first."""
        blocking = self._scene.blocking
        z = blocking[0].marks[0].position_m[2] if blocking else 0.0
        return float(np.clip(z, self.grid.low_m[2], self.grid.high_m[2]))

    def _measured(self, grid: Grid) -> NDArray[np.float64]:
        points = grid.points
        return np.where(in_solids(self._scene, points), np.nan, self._meter(points))

    def _share(self, grid: Grid) -> NDArray[np.float64]:
        """Return lux at a grid's points as shares of the stops, shape (n,)."""
        low, high = self.stops
        return np.asarray(
            np.clip((_ev(self._measured(grid)) - low) / (high - low), 0, 1)
        )

    def widget(self) -> Any:
        """Return it to turn and look into; needs ipyvolume."""
        from previz.inspection.turning import volume_widget

        low, high = self.stops
        share = np.clip((_ev(self.lux) - low) / (high - low), 0, 1)
        return volume_widget(
            self.grid,
            np.nan_to_num(share),
            INFERNO,
            legend=self.legend_html(),
            geometry=self._geometry,
        )


def light_volume(
    scene: Scene, film: Film, renderer: Renderer, *, stage: Stage, facing: Vec3 | None
) -> LightVolume:
    """Measure the light that stands still in a scene, nobody there.

    Args:
        scene: The scene.
        film: Its film.
        renderer: Of the scene; its baked light is read.
        stage: The scene's stage.
        facing: Where the meter points; None turns it to where it reads most.

    Raises:
        PrevizError: If `facing` has no direction.
    """

    def meter(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return renderer.lux_at(points, facing=facing)

    return LightVolume(
        scene,
        film,
        grid=grid_of(scene),
        meter=meter,
        geometry=stage.set_geometry,
        facing=facing,
    )


def _ev(lux: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.log2(np.maximum(lux, 1e-6) / _LUX_AT_EV0))


def _round(lux: float) -> str:
    """Return lux as one says it: two figures."""
    if lux < 1:
        return f"{lux:.1g}"
    digits = max(int(np.floor(np.log10(lux))) - 1, 0)
    return f"{round(lux / 10**digits) * 10**digits:,}"
