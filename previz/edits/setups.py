"""The edit that puts a camera where one stands: a new setup from a frame on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from previz.edits.cut import SplitShot
from previz.edits.edit import AbstractEdit, Frame, Name, place_words, with_shot
from previz.model import Camera, CameraPose, Film, Rig, Shot, Vec3
from previz.stage import NO_ASSETS, Assets

__all__ = ["AddCamera"]

Millimetres = Annotated[float, Field(ge=1, le=2000, examples=[35.0])]


class AddCamera(AbstractEdit):
    """Set up a camera on sticks and cut to it from a frame of a shot on.

    From the first frame of the shot on, it takes the place of the shot's own camera.
    """

    kind: Literal["add_camera"] = "add_camera"
    shot: Name
    at_frame: Frame = 0
    position_m: Vec3
    target_m: Vec3
    focal_length_mm: Millimetres = 35.0

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the setup in the cut."""
        _, shot = film.find_shot(self.shot)
        if self.at_frame:
            cut = SplitShot(shot=shot.id, at_frame=self.at_frame)
            film = cut.apply(film, assets=assets)
            shot = _after(film, shot)
        return with_shot(film, shot.changed(camera=self._set_up(shot.camera)))

    def words(self, film: Film) -> str:
        """Say what the new setup is."""
        scene, shot = film.find_shot(self.shot)
        where = place_words(scene, self.position_m, lead="from")
        what = f"{self.focal_length_mm:g} mm {where}"
        if not self.at_frame:
            return f"{shot.slate}: {what}"
        return f"{shot.slate}: cut at frame {self.at_frame} to {what}"

    def _set_up(self, camera: Camera) -> Camera:
        away = (a - b for a, b in zip(self.target_m, self.position_m, strict=True))
        far_m = max(sum(side * side for side in away) ** 0.5, 0.3)
        pose = CameraPose(
            position_m=self.position_m,
            target_m=self.target_m,
            focal_length_mm=self.focal_length_mm,
            focus_distance_m=round(far_m, 3),
        )
        focal = self.focal_length_mm
        lens = camera.lens.changed(
            name=f"{focal:g} mm", focal_length_mm=focal, longest_mm=None
        )
        return camera.changed(
            lens=lens, rig=Rig(), poses=(pose,), timing=(), moves=(), aim=None,
            focus=(), tracks=(),
        )  # fmt: skip


def _after(film: Film, shot: Shot) -> Shot:
    scene, _ = film.find_shot(shot.id)
    at = next(i for i, one in enumerate(scene.shots) if one.id == shot.id)
    return scene.shots[at + 1]
