"""A small stage made by hand: a room with two walls, and two people who walk.

    python tests/widgets/hand_stage.py

writes `widgets/src/stage/fixture.json`, which the front end's tests decode: what
Python bakes is what TypeScript reads.
"""

import base64
import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np

from previz import model as m
from previz.stage import (
    FIGURE_OBJECT_BASE,
    MATTERS,
    PROP_OBJECT_BASE,
    CameraState,
    FigureState,
    Geometry,
    Materials,
    StageState,
    ThingState,
    join,
)
from previz.widgets.baking import bake

FIXTURE = Path(__file__).parents[2] / "widgets" / "src" / "stage" / "fixture.json"
COMMAND = "python tests/widgets/hand_stage.py"
POINTS = ((0.0, 1.0, 0.0), (0.6, 1.7, -0.4), (-1.2, 0.2, 0.8))
SIZE_PX = (960, 540)


def box(low, high, color, object_id, *, matter=m.Matter.WOOD, emission=(0, 0, 0)):
    """Return a box with hard edges between two corners in metres."""
    low, high = np.array(low, np.float32), np.array(high, np.float32)
    positions, normals, triangles = [], [], []
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        for side, sign in ((low, -1.0), (high, 1.0)):
            first = len(positions)
            for a, b in ((low, low), (high, low), (high, high), (low, high)):
                corner = np.zeros(3, np.float32)
                corner[axis], corner[u], corner[v] = side[axis], a[u], b[v]
                positions.append(corner)
                normals.append(np.eye(3)[axis] * sign)
            order = (0, 1, 2, 0, 2, 3) if sign > 0 else (0, 2, 1, 0, 3, 2)
            triangles.append(np.array(order).reshape(2, 3) + first)
    faces = np.concatenate(triangles).astype(np.int32)
    return Geometry(
        positions=np.array(positions, np.float32),
        normals=np.array(normals, np.float32),
        surface=np.zeros((24, 2), np.float32),
        triangles=faces,
        triangle_object=np.full(len(faces), object_id, np.int32),
        triangle_material=np.zeros(len(faces), np.int32),
        materials=Materials(
            base_color=np.array([color], np.float32),
            roughness=np.array([0.6], np.float32),
            metalness=np.zeros(1, np.float32),
            matter=np.array([MATTERS.index(matter)], np.uint8),
            emission=np.array([emission], np.float32),
        ),
    )


def _piece(index, kind, position, size):
    return m.SetPiece(id=f"{kind}-{index}", kind=kind, position_m=position, size_m=size)


PIECES = (
    _piece(1, "floor", (0, 0, 0), (6, 0.1, 6)),
    _piece(2, "wall", (0, 0, -3), (6, 2.7, 0.1)),
    _piece(3, "wall", (-3, 0, 0), (0.1, 2.7, 6)),
    _piece(4, "table", (0.9, 0, -0.6), (1.2, 0.75, 0.8)),
    _piece(5, "lamp", (-2.2, 0, -2.2), (0.3, 1.5, 0.3)),
    _piece(6, "glass-door", (2.9, 0, -1), (0.02, 2.0, 1.4)),
)
COLORS = (
    (0.32, 0.25, 0.18),
    (0.62, 0.58, 0.50),
    (0.55, 0.58, 0.60),
    (0.30, 0.16, 0.08),
    (0.9, 0.85, 0.7),
    (0.6, 0.7, 0.7),
)
CHARACTERS = (m.Character(id="ann", name="Ann"), m.Character(id="bo", name="Bo & <b>"))


def the_scene(*, length_frames=48):
    """Return the scene: one pushing shot of the whole of it."""
    camera = m.Camera(
        lens=m.Lens(focal_length_mm=28.0),
        rig=m.Rig(kind=m.RigKind.DOLLY),
        moves=(m.CameraMove(kind=m.Move.PUSH_IN, amount=0.4),),
        poses=(m.CameraPose(position_m=(1.6, 1.55, 4.2), target_m=(0, 1.1, 0)),),
    )
    shot = m.Shot(
        id="shot-1a",
        slate="1A",
        first_frame=0,
        length_frames=length_frames,
        coverage=m.Coverage.TWO_SHOT,
        size=m.ShotSize.MS,
        subjects=("ann", "bo"),
        camera=camera,
    )
    speech = m.Element(
        kind=m.ElementKind.DIALOGUE, text="You came back <i>early</i>.", character="ANN"
    )
    return m.Scene(
        id="scene-1",
        number="1",
        slugline=m.Slugline(text="INT. ROOM - NIGHT"),
        set=m.Set(
            id="room",
            name="Room",
            template="room",
            interior=True,
            size_m=(6, 2.7, 6),
            pieces=PIECES,
        ),
        lights=(
            m.Light(
                id="key",
                kind=m.LightKind.AREA,
                position_m=(1.8, 2.5, 1.6),
                aim_m=(0, 1, 0),
                intensity=420.0,
                color_temperature_k=3200.0,
            ),
            m.Light(id="sky", kind=m.LightKind.SKY, intensity=300.0),
        ),
        exposure_ev100=5.0,
        beats=(
            m.Beat(
                id="b1",
                element=speech,
                start_frame=6,
                length_frames=20,
                character="ann",
            ),
        ),
        length_frames=length_frames,
        shots=(shot,),
    )


def look_at(position, target):
    """Return world_from_camera of a camera that looks at a point."""
    back = np.array(position, float) - target
    back /= np.linalg.norm(back)
    right = np.cross((0, 1, 0), back)
    right /= np.linalg.norm(right)
    transform = np.eye(4)
    transform[:3, 0], transform[:3, 1] = right, np.cross(back, right)
    transform[:3, 2], transform[:3, 3] = back, position
    return transform


class HandStage:
    """A stage whose Bo enters at frame 10 and whose Ann walks to and fro."""

    def __init__(self, *, length_frames=48):
        self.scene = the_scene(length_frames=length_frames)
        self.characters = CHARACTERS
        self.rate = m.Rate()
        self.set_geometry = join([self._piece(i) for i in range(len(PIECES))])

    def _piece(self, index):
        piece = PIECES[index]
        x, y, z = piece.position_m
        w, h, d = piece.size_m
        low, high = (x - w / 2, y, z - d / 2), (x + w / 2, y + h, z + d / 2)
        if piece.kind == "floor":
            low, high = (low[0], -h, low[2]), (high[0], 0.0, high[2])
        matter = m.Matter.GLASS if "glass" in piece.kind else m.Matter.WOOD
        glow = (900.0, 700.0, 400.0) if piece.kind == "lamp" else (0, 0, 0)
        return box(low, high, COLORS[index], index + 1, matter=matter, emission=glow)

    def at(self, shot, frame):
        """Say what is where at a frame of the shot."""
        present = [0, 1] if frame >= 10 else [0]
        figures = tuple(
            FigureState(
                character=CHARACTERS[i].id,
                object_id=FIGURE_OBJECT_BASE + i,
                world_from_bone=np.eye(4)[None],
                speaking=False,
            )
            for i in present
        )
        things = self._things(frame)
        geometry = join(
            [self._person(i, frame) for i in present]
            + [self._cup(thing.world_from_thing) for thing in things]
        )
        camera = self.camera(shot, frame)
        return StageState(
            frame=frame,
            scene_frame=shot.first_frame + frame,
            camera=camera,
            camera_before=camera,
            figures=figures,
            moving=geometry,
            moving_before=geometry.positions,
            lights=self.scene.lights,
            things=things,
        )

    def _things(self, frame):
        """A cup from frame 4 to 9, sliding and turning."""
        if not 4 <= frame < 10:
            return ()
        place = np.eye(4)
        c, s = math.cos(frame / 5), math.sin(frame / 5)
        place[:3, :3] = [[c, 0, s], [0, 1, 0], [-s, 0, c]]
        place[:3, 3] = (0.1 * frame, 0.75, 0.2)
        return (ThingState("cup", PROP_OBJECT_BASE, place),)

    def _cup(self, place):
        cup = box(
            (-0.04, 0, -0.04), (0.04, 0.08, 0.04), (0.6, 0.6, 0.55), PROP_OBJECT_BASE
        )
        turn, at = place[:3, :3], place[:3, 3]
        return replace(
            cup,
            positions=(cup.positions @ turn.T + at).astype(np.float32),
            normals=(cup.normals @ turn.T).astype(np.float32),
        )

    def _person(self, index, frame):
        x = -0.7 + 0.6 * math.sin(frame / 9) if index == 0 else 0.5 + 0.01 * frame
        z = 0.3 if index == 0 else -0.2
        number = FIGURE_OBJECT_BASE + index
        top = ((0.10, 0.14, 0.30), (0.35, 0.08, 0.06))[index]
        return join(
            [
                box(
                    (x - 0.2, 0, z - 0.12),
                    (x + 0.2, 0.85, z + 0.12),
                    (0.05, 0.05, 0.06),
                    number,
                ),
                box(
                    (x - 0.24, 0.85, z - 0.14), (x + 0.24, 1.42, z + 0.14), top, number
                ),
                box(
                    (x - 0.1, 1.46, z - 0.1),
                    (x + 0.1, 1.72, z + 0.1),
                    (0.5, 0.31, 0.22),
                    number,
                ),
            ]
        )

    def camera(self, shot, frame):
        """Push in by a metre over the shot, from 28 to 32 mm."""
        share = frame / max(shot.length_frames - 1, 1)
        return CameraState(
            world_from_camera=look_at(
                (1.6 - 0.3 * share, 1.55, 4.2 - share), (0, 1.1, 0)
            ),
            sensor=shot.camera.sensor,
            focal_length_mm=28.0 + 4.0 * share,
            squeeze=shot.camera.lens.squeeze,
            t_stop=2.8,
            focus_distance_m=4.0 - share,
        )


def fixture():
    """Return what TypeScript must read, with the stage's own projections."""
    stage = HandStage(length_frames=12)
    shot = stage.scene.shots[0]
    header, payload = bake(stage, shot)
    frame = 7
    pixels, depth = stage.at(shot, frame).camera.project(
        np.array(POINTS), width_px=SIZE_PX[0], height_px=SIZE_PX[1]
    )
    ann = stage.at(shot, 11).moving
    own = ann.positions[np.unique(ann.triangles[ann.triangle_object == 1000])]
    return {
        "header": json.loads(header.model_dump_json()),
        "payload": base64.b64encode(payload).decode(),
        "projection": {
            "frame": frame,
            "size_px": SIZE_PX,
            "points": POINTS,
            "pixels": np.round(pixels, 6).tolist(),
            "depth": np.round(depth, 6).tolist(),
        },
        "ann_at_11": {
            "low": own.min(axis=0).tolist(),
            "high": own.max(axis=0).tolist(),
        },
    }


def main():
    """Write the fixture."""
    FIXTURE.write_text(json.dumps(fixture()) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
