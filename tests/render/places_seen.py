"""Small scenes on real sets, for the pictures kept as references."""

from previz.direct import dress, light
from previz.model import (
    Angle,
    Blocking,
    Camera,
    CameraPose,
    Character,
    Coverage,
    Mark,
    Posture,
    Rate,
    Scene,
    Setting,
    Shot,
    ShotSize,
    Slugline,
    TimeOfDay,
)
from previz.render import Renderer
from previz.stage import Stage

PEOPLE = (
    Character(id="ann", name="Ann", hair_style="bob", femininity=0.9, manner=3),
    Character(id="bo", name="Bo", height_m=1.84, femininity=0.1, manner=5),
)
PLACES = {
    "kitchen-night": (Setting.INTERIOR, "KITCHEN", TimeOfDay.NIGHT, Posture.SIT),
    "street-day": (Setting.EXTERIOR, "STREET", TimeOfDay.DAY, Posture.STAND),
    "cafe-day": (Setting.INTERIOR, "CAFÉ", TimeOfDay.DAY, Posture.SIT),
}


def scene_of(name):
    """Dress and light a place, with two people on its first spots."""
    setting, place, hour, posture = PLACES[name]
    slugline = Slugline(text=f"{place} - {hour.upper()}", setting=setting, place=place)
    set_ = dress(slugline, seed=7, id="set")
    lights, exposure = light(set_, time_of_day=hour, seed=7)
    spots = [x for x in set_.spots if x.posture is posture and not x.exit]
    if posture is Posture.STAND:
        spots.sort(key=lambda spot: abs(spot.position_m[0]) + abs(spot.position_m[2]))
    return Scene(
        id="scene",
        number="1",
        slugline=slugline,
        time_of_day=hour,
        set=set_,
        lights=lights,
        exposure_ev100=exposure,
        blocking=tuple(
            _held(person, spot) for person, spot in zip(PEOPLE, spots, strict=False)
        ),
        length_frames=24,
        shots=(_shot(set_, spots[:2]),),
    )


def picture_of(scene):
    """Render the middle of the scene's only shot as sRGB code values."""
    stage = Stage(scene, PEOPLE, rate=Rate())
    renderer = Renderer(
        stage, width_px=256, height_px=144, exposure_ev100=scene.exposure_ev100
    )
    return renderer.picture(stage.at(scene.shots[0], 12))


def _held(person, spot):
    return Blocking(
        character=person.id,
        marks=(
            Mark(
                position_m=spot.position_m,
                facing_deg=spot.facing_deg,
                arrive_frame=0,
                leave_frame=24,
                posture=spot.posture,
                spot=spot.name,
            ),
        ),
    )


def _shot(set_, spots):
    x, z = (sum(s.position_m[i] for s in spots) / len(spots) for i in (0, 2))
    width, _, depth = set_.size_m
    away = 0.42 if set_.interior else 0.25
    pose = CameraPose(
        position_m=(away * width, 1.65, away * depth),
        target_m=(x, 0.95, z),
        focal_length_mm=24.0,
    )
    return Shot(
        id="shot",
        slate="1A",
        first_frame=0,
        length_frames=24,
        coverage=Coverage.MASTER,
        size=ShotSize.LS,
        angle=Angle.EYE,
        camera=Camera(poses=(pose,)),
    )
