"""How property tests search, a short film made by hand, and tiny pipelines."""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from previz.model import (
    Angle,
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
    Matter,
    Move,
    Opening,
    Rate,
    Rig,
    RigKind,
    Scene,
    Set,
    SetPiece,
    Setting,
    Shot,
    ShotSize,
    Slugline,
    Spot,
    TimeOfDay,
    TimingKey,
)

# Tiny tensors: several threads would wait for each other most of the time.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ["HF_HUB_OFFLINE"] = "1"

settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "fuzz", settings.get_profile("steady"), derandomize=False, print_blob=True
)
_LONGER = 10


def pytest_configure(config):
    """Try the same examples on every run, unless a profile is asked for."""
    if config.getoption("--hypothesis-profile") is None:
        settings.load_profile("steady")
        # Hypothesis tries numbers that it reads in whatever modules are loaded; with
        # them the examples would depend on the other tests of the run.
        providers.is_local_module_file = lambda _path: False


def pytest_collection_modifyitems(items):
    """Search longer with the profile `fuzz`, also where a test says how long."""
    if settings.get_current_profile_name() != "fuzz":
        return
    for test in {getattr(item, "function", None) for item in items}:
        own = getattr(test, "_hypothesis_internal_use_settings", None)
        if own is not None:
            test._hypothesis_internal_use_settings = settings(
                own, max_examples=_LONGER * own.max_examples
            )


@pytest.fixture(scope="session")
def saved(tmp_path_factory):
    """Return the folder of a tiny pipeline, saved once a run: `saved("vace")`."""
    made = {}

    def folder(name):
        if name not in made:
            import tiny_pipelines

            place = tmp_path_factory.mktemp(name)
            made[name] = getattr(tiny_pipelines, f"save_{name}")(place)
        return made[name]

    return folder


@pytest.fixture(scope="session")
def path_tracer():
    """One process that traces for all tests, by the variant that compiles nothing."""
    from previz.trace import Tracer

    made = Tracer("scalar_rgb")
    yield made
    made.close()


LINES = ("Did you lock the booth?", "I never locked it in thirty years.")


def _camera(move, *, length, lens_mm=35.0):
    near = CameraPose(
        position_m=(0.0, 1.5, 4.0), target_m=(0.0, 1.4, 0.0), focal_length_mm=lens_mm
    )
    if move is Move.STATIC:
        return Camera(poses=(near,))
    far = near.changed(position_m=(0.4, 1.5, 2.6))
    timing = (TimingKey(frame=0, travel=0.0), TimingKey(frame=length - 1, travel=1.0))
    return Camera(rig=Rig(kind=RigKind.DOLLY), poses=(near, far), timing=timing)


def _set(number):
    wall = {"kind": "wall", "matter": Matter.PLASTER}
    return Set(
        id=f"set-{number}",
        name="Kitchen",
        template="kitchen",
        interior=True,
        size_m=(5.0, 2.7, 4.0),
        pieces=(
            SetPiece(
                id="wall-n",
                position_m=(0, 0, -2),
                size_m=(5, 2.7, 0.1),
                openings=(Opening(kind="door", x_m=1.2, width_m=0.9, height_m=2.05),),
                **wall,
            ),
            SetPiece(
                id="wall-w",
                position_m=(-2.5, 0, 0),
                yaw_deg=90,
                size_m=(4, 2.7, 0.1),
                openings=(
                    Opening(kind="window", x_m=0, y_m=0.9, width_m=1.4, height_m=1.2),
                ),
                **wall,
            ),
            SetPiece(id="table", kind="table", size_m=(1.4, 0.75, 0.8)),
        ),
        spots=(Spot(name="door", position_m=(1.2, 0, -1.5), exit=True),),
    )


def _scene(number, lengths, moves, *, people, speech):
    beats, shots, at = [], [], 0
    for index, length in enumerate(lengths):
        speaks = index % 2 == 1
        beats.append(
            Beat(
                id=f"s{number}-b{index}",
                element=Element(
                    kind=ElementKind.DIALOGUE if speaks else ElementKind.ACTION,
                    text=speech[index % len(speech)]
                    if speaks
                    else "Ann crosses to the table.",
                    line=10 * number + index,
                    character="ANN" if speaks else "",
                ),
                start_frame=at,
                length_frames=length,
                character="ann" if speaks else "",
            )
        )
        shots.append(
            Shot(
                id=f"s{number}-{index}",
                slate=f"{number}{'ABCDEFGH'[index]}",
                first_frame=at,
                length_frames=length,
                coverage=Coverage.MASTER if index == 0 else Coverage.SINGLE,
                size=ShotSize.LS if index == 0 else ShotSize.MCU,
                angle=Angle.EYE,
                subjects=(people[index % len(people)].id,),
                beats=(beats[-1].id,),
                camera=_camera(moves[index % len(moves)], length=length),
            )
        )
        at += length
    blocking = tuple(
        Blocking(
            character=person.id,
            marks=(
                Mark(position_m=(i - 1.5, 0, 0.5), arrive_frame=0, leave_frame=2),
                Mark(
                    position_m=(i - 0.5, 0, 0.9),
                    arrive_frame=max(3, at - 2),
                    leave_frame=max(3, at),
                ),
            ),
        )
        for i, person in enumerate(people)
    )
    return Scene(
        id=f"scene-{number}",
        number=str(number),
        slugline=Slugline(
            text=f"INT. KITCHEN {number} - NIGHT",
            setting=Setting.INTERIOR,
            place="KITCHEN",
            time="NIGHT",
        ),
        time_of_day=TimeOfDay.NIGHT,
        set=_set(number),
        lights=(
            Light(
                id="key",
                kind=LightKind.AREA,
                position_m=(1, 2.5, 1),
                intensity=300.0,
            ),
            Light(id="bulb", kind=LightKind.POINT, role="practical", intensity=60.0),
        ),
        beats=tuple(beats),
        blocking=blocking,
        length_frames=at,
        shots=tuple(shots),
    )


@pytest.fixture(scope="session")
def short_film():
    """Build a film: `short_film(lengths=((5, 7), (4,)), rate="24", ...)`."""

    def build(
        *,
        lengths=((5, 7, 6), (4, 9)),
        rate="24",
        moves=(Move.STATIC, Move.PUSH_IN),
        names=("Ann", "Bo"),
        speech=LINES,
        title="The Last Reel",
        author="A. Writer",
    ):
        people = tuple(
            Character(id=f"p{i}" if i else "ann", name=name)
            for i, name in enumerate(names)
        )
        return Film(
            title=title,
            author=author,
            rate=Rate.of(rate),
            characters=people,
            scenes=tuple(
                _scene(i + 1, scene, moves, people=people, speech=speech)
                for i, scene in enumerate(lengths)
            ),
        )

    return build


@pytest.fixture
def edit_scene():
    """Change a scene of a film: `edit_scene(film, 0, lights=())`."""

    def edit(film, index, **fields):
        scenes = list(film.scenes)
        scenes[index] = scenes[index].changed(**fields)
        return film.changed(scenes=tuple(scenes))

    return edit
