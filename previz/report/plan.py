"""A scene from above, as a drawing: set, marks and paths, cameras, axis, lights.

One metre is 100 units; x to the right, z down, so the drawing is what a camera above
the set sees with its foot towards +z.
"""

from __future__ import annotations

import math
from itertools import pairwise

from previz.model import (
    Blocking,
    Film,
    Light,
    LightKind,
    Posture,
    Prop,
    Rate,
    Scene,
    Shot,
    Vec3,
)
from previz.report.plan_cameras import draw_cameras
from previz.report.plan_set import draw_set
from previz.report.sheet import INKS, Sheet

__all__ = ["plan_svg"]

_PAIR = 2


def plan_svg(scene: Scene, film: Film, *, shot: Shot | None = None) -> str:
    """Return the plan of a scene as one SVG element, without styles or scripts.

    Args:
        scene: The scene.
        film: Its film, for the characters' names.
        shot: Whose camera and looks are drawn; all cameras, and what everybody looks
            at longest, if None.
    """
    sheet = Sheet(_view(scene))
    draw_set(sheet, scene.set)
    for light in scene.lights:
        _light(sheet, light)
    _axis(sheet, scene)
    draw_cameras(sheet, shots=scene.shots if shot is None else (shot,))
    for prop in scene.props:
        _prop(sheet, prop)
    for index, blocking in enumerate(scene.blocking):
        _sightline(sheet, scene, blocking, INKS[index % len(INKS)], shot)
    names = {character.id: character.name for character in film.characters}
    for index, blocking in enumerate(scene.blocking):
        name = names.get(blocking.character, blocking.character)
        _people(sheet, blocking, name, INKS[index % len(INKS)], rate=film.rate)
    _scale_bar(sheet)
    return sheet.svg(f"Plan of scene {scene.number}: {scene.slugline.text}")


def _view(scene: Scene) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom in metres."""
    points = [mark.position_m for b in scene.blocking for mark in b.marks]
    points += [via for b in scene.blocking for mark in b.marks for via in mark.via]
    points += [p.position_m for s in scene.shots for p in s.camera.poses]
    half_x, half_z = scene.set.size_m[0] / 2, scene.set.size_m[2] / 2
    if scene.set.interior or not points:
        points += [(-half_x, 0.0, -half_z), (half_x, 0.0, half_z)]
    pad = 0.9 if scene.set.interior else 3.0
    left, right = min(p[0] for p in points) - pad, max(p[0] for p in points) + pad
    top, bottom = min(p[2] for p in points) - pad, max(p[2] for p in points) + pad
    wide, high = max(right - left, 6.0), max(bottom - top, 4.0)
    high = max(high, wide * 0.45)
    wide = max(wide, high * 1.1)
    x, z = (left + right) / 2, (top + bottom) / 2
    return x - wide / 2, z - high / 2, x + wide / 2, z + high / 2


def _people(
    sheet: Sheet, blocking: Blocking, name: str, ink: str, *, rate: Rate
) -> None:
    marks = blocking.marks
    for before, after in pairwise(marks):
        path = [before.position_m, *after.via, after.position_m]
        if math.dist(path[0], path[-1]) > 0.15:
            sheet.path(path, stroke=ink, width=1.6, dash="1 4", round_=True)
            sheet.head(path[-2], path[-1], fill=ink, back_m=sheet.px(11))
    for index, mark in enumerate(marks):
        if any(math.dist(mark.position_m, m.position_m) < 0.15 for m in marks[:index]):
            continue
        x, _, z = mark.position_m
        turn = math.radians(mark.facing_deg)
        nose = (
            x + math.sin(turn) * sheet.px(14),
            0.0,
            z + math.cos(turn) * sheet.px(14),
        )
        sheet.line((x, 0, z), nose, stroke=ink, width=2)
        sheet.circle(
            (x, 0, z),
            px=6 if index == 0 else 4.2,
            fill=ink if index == 0 else "#1a1c1f",
            stroke=ink,
            width=1.6,
        )
    sheet.label(marks[0].position_m, name, fill=ink, px=12, bold=True)
    for before, mark in pairwise(marks):
        if math.dist(before.position_m, mark.position_m) > 0.3:
            told = f"{rate.seconds(mark.arrive_frame):.0f} s"
            if mark.posture is not Posture.STAND:
                told = f"{told} {mark.posture}"
            sheet.label(mark.position_m, told, fill=ink, px=10)


def _prop(sheet: Sheet, prop: Prop) -> None:
    """Draw where a thing lies first and where it is left, as diamonds.

    A shard only where it is left, small and without a name.
    """
    places = [key.position_m for key in prop.keys[-1:]]
    shard = prop.piece.kind.endswith("-shard")
    if not shard and not any(hold.frame <= prop.from_frame for hold in prop.holds):
        places.insert(0, prop.piece.position_m)
    for x, _, z in places:
        r = sheet.px(2 if shard else 4)
        corners: list[Vec3] = [
            (x - r, 0, z), (x, 0, z - r), (x + r, 0, z), (x, 0, z + r)
        ]  # fmt: skip
        sheet.polygon(corners, fill="#e3c57a", title=prop.id)
    if places and not shard:
        sheet.label(places[-1], prop.id, fill="#e3c57a", px=10)


def _sightline(
    sheet: Sheet, scene: Scene, blocking: Blocking, ink: str, shot: Shot | None
) -> None:
    """Draw from somebody to what they look at: longest, or in a shot's middle."""
    ends = [*(g.frame for g in blocking.gazes[1:]), scene.length_frames]
    if shot is None:
        spans = [
            (end - gaze.frame, -gaze.frame, gaze)
            for gaze, end in zip(blocking.gazes, ends, strict=False)
            if gaze.target
        ]
        gaze = max(spans, key=lambda s: s[:2])[2] if spans else None
        frame = gaze.frame if gaze is not None else 0
    else:
        frame = shot.first_frame + shot.length_frames // 2
        before = [g for g in blocking.gazes if g.frame <= frame]
        gaze = before[-1] if before else None
    seen = _seen(scene, gaze.target, frame) if gaze is not None else None
    start = _place(blocking, frame)
    if seen is None or math.dist(start, seen) < 0.3:
        return
    far = math.dist(start[::2], seen[::2]) or 1.0
    share = min(0.5, sheet.px(16) / far)
    line = [
        tuple(a + (b - a) * s for a, b in zip(start, seen, strict=True))
        for s in (share, 1 - share)
    ]
    (ax, _, az), (bx, _, bz) = line
    sheet.path(
        [(ax, 0.0, az), (bx, 0.0, bz)], stroke=ink, width=0.9, dash="2 2", round_=False
    )


def _seen(scene: Scene, target: str, frame: int) -> Vec3 | None:
    """Return where what somebody looks at is."""
    for blocking in scene.blocking:
        if blocking.character == target:
            return _place(blocking, frame)
    for spot in scene.set.spots:
        if spot.name == target:
            return spot.position_m
    pieces = (*scene.set.pieces, *(prop.piece for prop in scene.props))
    return next((p.position_m for p in pieces if p.id == target), None)


def _light(sheet: Sheet, light: Light) -> None:
    if light.kind in (LightKind.SKY, LightKind.SUN):
        if light.kind is LightKind.SUN:
            _sun(sheet, light)
        return
    x, _, z = sheet.inside(light.position_m)
    title = f"{light.role}, {light.intensity:g} cd, {light.color_temperature_k:g} K"
    ink = _warmth(light.color_temperature_k)
    if light.kind is LightKind.AREA:
        dx, dz = light.aim_m[0] - x, light.aim_m[2] - z
        length = math.hypot(dx, dz)
        if length > 0.2:
            ux, uz = dx / length, dz / length
            half = max(light.width_m / 2, sheet.px(6))
            ends = (
                (x - uz * half, 0.0, z + ux * half),
                (x + uz * half, 0.0, z - ux * half),
            )
            sheet.line(*ends, stroke=ink, width=3, title=title)
            for share in (-0.7, 0.0, 0.7):
                start = (x - uz * half * share, 0.0, z + ux * half * share)
                reach = sheet.px(13)
                end = (start[0] + ux * reach, 0.0, start[2] + uz * reach)
                sheet.line(start, end, stroke=ink, width=1)
            return
    sheet.circle((x, 0, z), px=5, fill="none", stroke=ink, width=1.4, title=title)
    for angle in range(0, 360, 45):
        ux, uz = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        near, far = sheet.px(7), sheet.px(10)
        sheet.line(
            (x + ux * near, 0, z + uz * near),
            (x + ux * far, 0, z + uz * far),
            stroke=ink,
            width=1,
        )


def _sun(sheet: Sheet, light: Light) -> None:
    """Draw the way the sun or the moon shines, in a corner of the sheet."""
    dx = light.aim_m[0] - light.position_m[0]
    dz = light.aim_m[2] - light.position_m[2]
    length = math.hypot(dx, dz)
    if length < 1e-6:
        return
    ux, uz = dx / length, dz / length
    _, top, right, _ = sheet.view
    x, z = right - sheet.px(56), top + sheet.px(56)
    ink = "#e3c57a"
    end = (x + ux * sheet.px(34), 0.0, z + uz * sheet.px(34))
    sheet.circle((x, 0, z), px=8, fill="none", stroke=ink, width=1.6, title="sun")
    sheet.path([(x, 0, z), end], stroke=ink, width=1.6, dash="", round_=False)
    sheet.head((x, 0, z), end, fill=ink, back_m=0)


def _axis(sheet: Sheet, scene: Scene) -> None:
    """Draw the line of action between the two who say most."""
    said: dict[str, int] = {}
    for beat in scene.beats:
        if beat.element.character and beat.character:
            said[beat.character] = said.get(beat.character, 0) + beat.length_frames
    ranked = sorted(said, key=lambda name: -said[name])[:_PAIR]
    middle = [
        b.start_frame + b.length_frames // 2
        for b in scene.beats
        if b.character in ranked
    ]
    places = [
        _place(blocking, middle[len(middle) // 2])
        for blocking in scene.blocking
        if blocking.character in ranked and middle
    ]
    if len(places) < _PAIR or math.dist(places[0], places[1]) < 0.3:
        return
    (ax, _, az), (bx, _, bz) = places[:2]
    length = math.hypot(bx - ax, bz - az)
    ux, uz = (bx - ax) / length, (bz - az) / length
    reach = 1.6
    start, end = (
        (ax - ux * reach, 0.0, az - uz * reach),
        (bx + ux * reach, 0.0, bz + uz * reach),
    )
    sheet.path([start, end], stroke="#c9604f", width=1.2, dash="10 4 2 4", round_=False)
    sheet.label(end, "180°", fill="#c9604f", px=10)


def _place(blocking: Blocking, frame: int) -> Vec3:
    at = blocking.marks[0]
    for mark in blocking.marks:
        if mark.arrive_frame <= frame:
            at = mark
    return at.position_m


def _scale_bar(sheet: Sheet) -> None:
    left, _, _, bottom = sheet.view
    x, z = left + sheet.px(20), bottom - sheet.px(18)
    sheet.line((x, 0, z), (x + 1, 0, z), stroke="#a7a9ac", width=1.4)
    for end in (x, x + 1):
        sheet.line(
            (end, 0, z - sheet.px(4)),
            (end, 0, z + sheet.px(4)),
            stroke="#a7a9ac",
            width=1.4,
        )
    sheet.text((x + 1 + sheet.px(8), 0, z + sheet.px(4)), "1 m", fill="#a7a9ac", px=11)


def _warmth(kelvin: float) -> str:
    return "#e6b566" if kelvin < 4200 else "#e8e2d2" if kelvin < 5800 else "#9fc0e0"
