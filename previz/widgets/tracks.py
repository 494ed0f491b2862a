"""What of an open shot follows every edit: its camera, its place, its people."""

from __future__ import annotations

from collections.abc import Collection

from previz.camera import camera_at
from previz.camera.path import key_shares, path_length_m
from previz.camera.timing import travel_over
from previz.edits import key_frames
from previz.model import Shot
from previz.stage import StageState
from previz.widgets.baking import Baked, stage_header
from previz.widgets.messages import (
    FiguresSent,
    PlaceSent,
    StageBlock,
    StageSent,
    TracksSent,
    Walk,
)
from previz.widgets.payload import Payload, camera_track, figures_at
from previz.widgets.playing import StagedScene

__all__ = ["figures_sent", "place_sent", "stage_sent", "tracks_sent"]

_WALK_STEP_FRAMES = 6


def tracks_sent(
    staged: StagedScene, shot: Shot, *, revision: int
) -> tuple[TracksSent, bytes]:
    """Return a shot with its camera at every frame, and the payload of its arrays.

    Raises:
        PrevizError: If a move asks for what the lens has not.
    """
    payload = Payload()
    where = staged.stage.where(shot)
    cameras = [
        camera_at(
            shot.camera,
            length_frames=shot.length_frames,
            frame=frame,
            rate=staged.rate,
            where=where,
            exposure_ev100=staged.scene.exposure_ev100,
        )
        for frame in range(shot.length_frames)
    ]
    camera = camera_track(payload, cameras)
    travel = travel_over(shot.camera.timing, length_frames=shot.length_frames)
    sent = TracksSent(
        revision=revision,
        shot=shot,
        camera=camera,
        key_frames=key_frames(shot.camera, length_frames=shot.length_frames),
        key_shares=tuple(float(share) for share in key_shares(shot.camera)),
        travel=payload.add(travel, "float64"),
        path_m=path_length_m(shot.camera),
        payload_bytes=payload.size,
    )
    return sent, payload.whole()


def place_sent(staged: StagedScene, *, revision: int) -> PlaceSent:
    """Return a scene's set, lights and blocking, and the ways of its people."""
    scene, stage = staged.scene, staged.stage
    walks = tuple(
        Walk(
            character=blocking.character,
            first_frame=first,
            step_frames=_WALK_STEP_FRAMES,
            points_m=tuple(
                _rounded(stage.floor_at(blocking.character, frame))
                for frame in range(first, last, _WALK_STEP_FRAMES)
            ),
        )
        for blocking in scene.blocking
        for first, last in [
            (
                blocking.enter_frame,
                min(blocking.exit_frame or scene.length_frames, scene.length_frames),
            )
        ]
    )
    return PlaceSent(
        revision=revision,
        scene=scene.id,
        set=scene.set,
        lights=scene.lights,
        blocking=scene.blocking,
        props=scene.props,
        swings=scene.swings,
        walks=walks,
    )


def stage_sent(
    staged: StagedScene,
    shot: Shot,
    baked: Baked,
    *,
    known: Collection[str],
    revision: int,
) -> tuple[StageSent, bytes]:
    """Return a shot as the stage shows it, and what pages lack of its payload.

    Args:
        staged: The shot's scene.
        shot: The shot.
        baked: Its arrays.
        known: Keys of the blocks that need not be sent.
        revision: The film's.
    """
    blocks = tuple(
        StageBlock(key=key, size_bytes=len(block), sent=key not in known)
        for key, block in zip(baked.keys, baked.blocks, strict=True)
    )
    sent = StageSent(
        revision=revision,
        shot=shot.id,
        header=stage_header(staged, shot, baked),
        blocks=blocks,
    )
    lacking = zip(blocks, baked.blocks, strict=True)
    return sent, b"".join(block for told, block in lacking if told.sent)


def figures_sent(
    state: StageState, shot: Shot, *, revision: int
) -> tuple[FiguresSent, bytes]:
    """Return the people at one frame, and the payload of their skins."""
    payload = Payload()
    sent = FiguresSent(
        revision=revision,
        shot=shot.id,
        frame=state.frame,
        figures=figures_at(payload, state),
    )
    return sent, payload.whole()


def _rounded(place: tuple[float, ...]) -> tuple[float, float, float]:
    x, y, z = (round(float(value), 3) for value in place)
    return x, y, z
