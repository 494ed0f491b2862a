"""From where in a set somebody can be seen: in the air, on a plan and in a section."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from previz.errors import ModelError, UnknownNameError
from previz.inspection.drawing import (
    legend_html,
    plan_sheet,
    section_sheet,
    sheets_html,
)
from previz.inspection.grid import Grid, grid_of, in_solids
from previz.inspection.inspected import AbstractInspected
from previz.inspection.palette import VIRIDIS
from previz.model import Film, Scene, Vec3
from previz.render.field import shares_in_sight, tree_of
from previz.report.plan_cameras import draw_cameras
from previz.stage import MATTERS, Geometry, Stage, join

__all__ = ["SightVolume", "sight_volume"]

_TARGETS = 40
LENS_M = 1.5
"""Where the plan is cut: a lens on a tripod."""

_Look = Callable[[NDArray[np.float64]], NDArray[np.float64]]


class SightVolume(AbstractInspected):
    """Which share of somebody's body is seen from each place of a set, 0 to 1.

    Args:
        scene: The scene, with its shots.
        film: Its film.
        character: Id of who is looked at.
        at_frame: When, in frames of the scene.
        grid: From where it is looked.
        look: Returns shares at points, shape (n, 3) → (n,).
        body: Who is looked at.
        around: The set and what moves in it.

    Attributes:
        grid: As given.
        share: At the grid's points, shape `grid.shape`; NaN in walls and furniture.
    """

    def __init__(
        self,
        scene: Scene,
        film: Film,
        *,
        character: str,
        at_frame: int,
        grid: Grid,
        look: _Look,
        body: Geometry,
        around: Geometry,
    ) -> None:
        self._scene, self._film, self._look = scene, film, look
        self._name = film.find_character(character).name
        self._at_frame, self._body, self._around = at_frame, body, around
        self.grid = grid
        self.share = self._seen(grid).reshape(grid.shape)

    def at(self, place_m: Vec3) -> float:
        """Return which share of the body is seen from one place of the world."""
        return float(self._look(np.array([place_m], np.float64))[0])

    def picture_html(self) -> str:
        """Return a plan at lens height and a section, with the cameras, as HTML."""
        level = min(LENS_M, float(self.grid.high_m[1]) * 0.8)
        plan = self.grid.flat(1, level)
        middle = self._body.positions.mean(axis=0, dtype=np.float64)
        cut = self.grid.flat(2, float(middle[2]))
        sheet = plan_sheet(self._scene, plan, self._seen(plan), VIRIDIS, lines=2)
        draw_cameras(sheet, shots=self._scene.shots)
        at = (float(middle[0]), 0.0, float(middle[2]))
        sheet.circle(at, px=7, fill="#e8a33d", stroke="#1a1c1f", width=2)
        sheet.label(at, self._name, fill="#fff", px=13, bold=True)
        side = section_sheet(
            cut, self._seen(cut), VIRIDIS, lines=2, cut=[self._around, self._body]
        )
        caption = (
            f"How much of {self._name} is seen at frame {self._at_frame} of the scene: "
            f"plan {level:g} m above the floor with the cameras, section at z = "
            f"{middle[2]:.1f} m. The line is half of the body."
        )
        drawn = {"Plan of what is seen": sheet, "Section of what is seen": side}
        return sheets_html(drawn, self.legend_html(), caption)

    def legend_html(self) -> str:
        """Return what the colours say."""
        ticks = [(0.0, "hidden"), (0.5, "half"), (1.0, "all seen")]
        return legend_html(VIRIDIS, ticks)

    def _seen(self, grid: Grid) -> NDArray[np.float64]:
        points = grid.points
        return np.where(in_solids(self._scene, points), np.nan, self._look(points))

    def widget(self) -> Any:
        """Return it to turn and look into; needs ipyvolume."""
        from previz.inspection.turning import volume_widget

        return volume_widget(
            self.grid,
            np.nan_to_num(self.share),
            VIRIDIS,
            legend=self.legend_html(),
            geometry=self._around,
            body=self._body,
        )


def sight_volume(
    stage: Stage, scene: Scene, film: Film, *, character: str, at_frame: int | None
) -> SightVolume:
    """Look at somebody from everywhere: past the set, things and the other people.

    Args:
        stage: The scene's stage.
        scene: The scene, with its shots.
        film: Its film.
        character: Id of who is looked at; empty for who comes first in the blocking.
        at_frame: When, in frames of the scene; None for the middle of their stay.

    Raises:
        UnknownNameError: If nobody of that id plays in the scene.
        ModelError: If nobody does, or they are not there at that frame.
    """
    character, frame = _chosen(scene, character, at_frame)
    moving, names = stage.moving_at(frame)
    own = moving.triangle_object == names.index(character)
    body, others = _only(moving, own), _only(moving, ~own)
    around = join([stage.set_geometry, others])
    row = around.materials.matter[around.triangle_material]
    tree = tree_of(around, row != _GLASS)
    targets = _spread(body.positions[np.unique(body.triangles)].astype(np.float64))

    def look(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return shares_in_sight(tree, points, targets)

    return SightVolume(
        scene,
        film,
        character=character,
        at_frame=frame,
        grid=grid_of(scene),
        look=look,
        body=body,
        around=around,
    )


def _chosen(scene: Scene, character: str, at_frame: int | None) -> tuple[str, int]:
    """Return who is looked at and when."""
    blocked = {blocking.character: blocking for blocking in scene.blocking}
    if not blocked:
        raise ModelError(
            f"Scene.blocking must have somebody to be seen, got nobody in "
            f"{scene.number}. Block a character first."
        )
    character = character or next(iter(blocked))
    if character not in blocked:
        raise UnknownNameError("Scene.inspect_visibility.character", character, blocked)
    stay = blocked[character]
    last = (stay.exit_frame or scene.length_frames) - 1
    frame = (stay.enter_frame + last) // 2 if at_frame is None else at_frame
    if not stay.enter_frame <= frame <= last:
        raise ModelError(
            f"Scene.at_frame must be {stay.enter_frame} to {last} frames, when "
            f"{character} is there, got {frame}. Pass another frame."
        )
    return character, frame


_GLASS = next(i for i, matter in enumerate(MATTERS) if matter.value == "glass")


def _only(geometry: Geometry, chosen: NDArray[np.bool_]) -> Geometry:
    """Return the chosen triangles of a geometry, with the vertices they use."""
    used, triangles = np.unique(geometry.triangles[chosen], return_inverse=True)
    return Geometry(
        positions=geometry.positions[used],
        normals=geometry.normals[used],
        surface=geometry.surface[used],
        triangles=triangles.reshape(-1, 3).astype(np.int32),
        triangle_object=geometry.triangle_object[chosen],
        triangle_material=geometry.triangle_material[chosen],
        materials=geometry.materials,
    )


def _spread(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points that lie far from each other, shape (k, 3), the lowest first.

    Each next one is the farthest from all before it (Gonzalez 1985), so hands and feet
    count beside the trunk.
    """
    chosen = [int(points[:, 1].argmin())]
    away = np.full(len(points), np.inf)
    while len(chosen) < min(_TARGETS, len(points)):
        away = np.minimum(away, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
        chosen.append(int(away.argmax()))
    return points[chosen]
