"""A film of sixty shots made by hand, as long as a short film's."""

from previz.model import (
    Beat,
    Blocking,
    Camera,
    CameraPose,
    Character,
    Coverage,
    Element,
    ElementKind,
    Film,
    Light,
    LightKind,
    Mark,
    Posture,
    Scene,
    Set,
    SetPiece,
    Shot,
    ShotSize,
    Slugline,
    Spot,
)

LETTERS = ("", *"ABCDEFGHJKLMNPQRSTU")
LONG = 96


def kitchen(number):
    return Set(
        id=f"set-{number}",
        name="Kitchen",
        template="kitchen",
        interior=True,
        size_m=(6.0, 2.7, 5.0),
        pieces=(
            SetPiece(id="table", kind="table", size_m=(1.4, 0.75, 0.8)),
            SetPiece(
                id="cup",
                kind="cup",
                position_m=(0.3, 0.75, 0.1),
                size_m=(0.08, 0.1, 0.08),
            ),
            SetPiece(
                id="chair",
                kind="chair",
                position_m=(0.0, 0.0, 0.7),
                yaw_deg=180.0,
                size_m=(0.45, 0.9, 0.45),
            ),
        ),
        spots=(
            Spot(name="window", words=("window",), position_m=(-2.0, 0.0, -1.5)),
            Spot(
                name="chair",
                words=("chair",),
                position_m=(0.0, 0.0, 0.7),
                facing_deg=180.0,
                posture=Posture.SIT,
            ),
        ),
    )


def shot(number, place):
    poses = [CameraPose(position_m=(2.0, 1.5, 2.0), target_m=(-1.0, 1.2, -1.0))]
    if place % 2:
        poses.append(poses[0].changed(position_m=(1.0, 1.5, 1.5)))
    slate = f"{number}{LETTERS[place]}"
    return Shot(
        id=f"scene{number}-{LETTERS[place].lower() or '0'}",
        slate=slate,
        first_frame=place * LONG,
        length_frames=LONG,
        coverage=Coverage.SINGLE,
        size=ShotSize.MS,
        subjects=("ann",),
        beats=(f"beat{number}-{place}",),
        camera=Camera(poses=tuple(poses)),
    )


def scene(number):
    long = LONG * len(LETTERS)
    ann = (
        Mark(position_m=(-2.0, 0.0, -1.5), arrive_frame=0, leave_frame=60),
        Mark(position_m=(2.0, 0.0, -1.2), arrive_frame=200, leave_frame=400),
        Mark(position_m=(1.5, 0.0, 1.5), arrive_frame=520, leave_frame=long),
    )
    bob = (Mark(position_m=(-1.5, 0.0, 1.6), arrive_frame=0, leave_frame=long),)
    return Scene(
        id=f"scene{number}",
        number=str(number),
        slugline=Slugline(text="INT. KITCHEN - DAY", place="KITCHEN"),
        set=kitchen(number),
        lights=(Light(id="key", kind=LightKind.AREA, intensity=400.0),),
        blocking=(
            Blocking(character="ann", marks=ann),
            Blocking(character="bob", marks=bob),
        ),
        beats=tuple(
            Beat(
                id=f"beat{number}-{i}",
                element=Element(kind=ElementKind.ACTION, text="Ann waits."),
                start_frame=i * LONG,
                length_frames=LONG,
            )
            for i in range(len(LETTERS))
        ),
        length_frames=long,
        shots=tuple(shot(number, place) for place in range(len(LETTERS))),
    )


def sixty_shots():
    return Film(
        title="Sixty",
        characters=(Character(id="ann", name="ANN"), Character(id="bob", name="BOB")),
        scenes=tuple(scene(number) for number in (1, 2, 3)),
    )
