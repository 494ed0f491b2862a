"""A shot for the browser, baked frame by frame so that pictures go on in between."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeAlias

from previz.model import RGB, Character, Light, Scene, Shot
from previz.progress import track
from previz.render.color import light_color
from previz.render.lights import white_balance_of
from previz.stage import FIGURE_OBJECT_BASE, StageState
from previz.widgets.payload import (
    Payload,
    StageLike,
    camera_track,
    figure_steps,
    set_mesh,
    surfaces_of,
    things_of,
)
from previz.widgets.protocol import (
    CameraTrack,
    FigureTrack,
    Line,
    SetMesh,
    StageHeader,
    Surface,
    ThingTrack,
)

__all__ = ["Baked", "Baking", "bake", "bake_steps", "stage_header"]

# Baked in under two seconds, so without a bar.
_QUICK_FRAMES = 240


@dataclass(frozen=True)
class Baked:
    """What of a shot is arrays, and what names them.

    Attributes:
        blocks: The payload in pieces that are the same wherever their content is.
        keys: The name of each block's content.
    """

    blocks: tuple[bytes, ...]
    keys: tuple[str, ...]
    surfaces: tuple[Surface, ...]
    set_mesh: SetMesh
    figures: tuple[FigureTrack, ...]
    things: tuple[ThingTrack, ...]
    camera: CameraTrack

    @property
    def payload_bytes(self) -> int:
        """Size of all blocks."""
        return sum(len(block) for block in self.blocks)


Baking: TypeAlias = Generator[None, None, Baked | None]
"""Steps of some milliseconds that end with a baked shot, or none if it is in vain."""


def bake(stage: StageLike, shot: Shot) -> tuple[StageHeader, bytes]:
    """Return the shot as the stage widget shows it.

    Args:
        stage: The stage of the shot's scene.
        shot: A shot of that scene.

    Returns:
        The header and the payload that its arrays are views into.
    """
    steps = bake_steps(stage, shot)
    try:
        if shot.length_frames > _QUICK_FRAMES:
            label, total = f"Stage {shot.slate}", shot.length_frames
            for _ in track(range(total), label=label, total=total):
                next(steps)
        while True:
            next(steps)
    except StopIteration as done:
        baked: Baked = done.value
    return stage_header(stage, shot, baked), b"".join(baked.blocks)


def bake_steps(stage: StageLike, shot: Shot) -> Generator[None, None, Baked]:
    """Bake a shot in steps of some milliseconds: first one for each frame."""
    states: list[StageState] = []
    for frame in range(shot.length_frames):
        states.append(stage.at(shot, frame))
        yield
    payload = Payload()
    blocks: list[bytes] = []
    keys: list[str] = []

    def close_block() -> None:
        block = payload.take()
        blocks.append(block)
        keys.append(hashlib.blake2b(block, digest_size=16).hexdigest())

    surfaces = surfaces_of(stage.set_geometry.materials)
    mesh = set_mesh(payload, stage)
    close_block()
    figures: list[FigureTrack] = []
    for character, object_id in _cast(stage):
        yield
        made = yield from figure_steps(payload, surfaces, states, character, object_id)
        if made is not None:
            figures.append(made)
            close_block()
    yield
    things = things_of(payload, surfaces, states)
    close_block()
    camera = camera_track(payload, [state.camera for state in states])
    close_block()
    return Baked(
        tuple(blocks), tuple(keys), tuple(surfaces), mesh, tuple(figures), things,
        camera,
    )  # fmt: skip


def stage_header(stage: StageLike, shot: Shot, baked: Baked) -> StageHeader:
    """Return what is said beside a baked shot, of the scene as it is now."""
    names = {character.id: character.name for character in stage.characters}
    scene = stage.scene
    return StageHeader(
        payload_bytes=baked.payload_bytes,
        scene=scene.number,
        slugline=scene.slugline.text,
        interior=scene.set.interior,
        size_m=scene.set.size_m,
        rate=stage.rate,
        shot=shot,
        move=shot.camera.move,
        subjects=tuple(names.get(subject, subject) for subject in shot.subjects),
        lines=_lines(scene, shot, names),
        surfaces=baked.surfaces,
        set_mesh=baked.set_mesh,
        figures=baked.figures,
        things=baked.things,
        camera=baked.camera,
        lights=_lights(scene),
        light_colors=_light_colors(scene),
        exposure_ev100=scene.exposure_ev100,
    )


def _cast(stage: StageLike) -> list[tuple[Character, int]]:
    return [(c, FIGURE_OBJECT_BASE + i) for i, c in enumerate(stage.characters)]


def _lights(scene: Scene) -> tuple[Light, ...]:
    """Return what lights the set; not what only lights the view from its windows."""
    return tuple(light for light in scene.lights if light.role != "backing")


def _light_colors(scene: Scene) -> tuple[RGB, ...]:
    """Return each light's colour at the balance that the renderer sets."""
    balance = white_balance_of(scene)
    colors = (
        light_color(light.color_temperature_k, white_balance_k=balance)
        for light in _lights(scene)
    )
    return tuple((float(r), float(g), float(b)) for r, g, b in colors)


def _lines(scene: Scene, shot: Shot, names: dict[str, str]) -> tuple[Line, ...]:
    end = shot.first_frame + shot.length_frames
    return tuple(
        Line(
            first_frame=beat.start_frame - shot.first_frame,
            length_frames=beat.length_frames,
            name=names.get(beat.character, beat.element.character),
            text=beat.element.text,
        )
        for beat in scene.beats
        if beat.element.kind == "dialogue"
        and beat.start_frame < end
        and beat.start_frame + beat.length_frames > shot.first_frame
    )
