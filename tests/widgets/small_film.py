"""A film small enough to be played in a test: one room, two people, two shots."""

from dataclasses import dataclass, field

import hand_stage

from previz import model as m

FIRST, SECOND = "shot-1a", "shot-1b"


def small_film():
    """Return the film; Ann walks from the left to the right, Bo stands."""
    scene = hand_stage.the_scene(length_frames=24)
    (shot,) = scene.shots
    ann = m.Blocking(
        character="ann",
        marks=(
            m.Mark(position_m=(-1.2, 0, 0.6), arrive_frame=0, leave_frame=2),
            m.Mark(position_m=(0.2, 0, 0.8), arrive_frame=20, leave_frame=24),
        ),
    )
    bo = m.Blocking(
        character="bo",
        marks=(m.Mark(position_m=(0.7, 0, 0.6), arrive_frame=0, leave_frame=24),),
    )
    still = shot.camera.changed(moves=())
    shots = (
        shot.changed(camera=still, length_frames=14),
        shot.changed(
            id=SECOND, slate="1B", first_frame=14, length_frames=10, camera=still
        ),
    )
    # Of the hand-made pieces those whose kinds the real stage builds.
    room = scene.set.changed(pieces=scene.set.pieces[:4])
    scene = scene.changed(set=room, shots=shots, blocking=(ann, bo))
    return m.Film(
        title="<b>Small</b>", characters=hand_stage.CHARACTERS, scenes=(scene,)
    )


@dataclass
class Page:
    """What pages were told, and a way to ask."""

    desk: object = None
    heard: list = field(default_factory=list)

    def take(self, message, payload):
        """Be told something."""
        self.heard.append((message, payload))

    def ask(self, **fields):
        """Ask as the browser does; return what is told because of it."""
        self.heard.clear()
        self.desk.hear({"v": 1, "page": "tab"} | fields)
        return [message for message, _ in self.heard]

    def edit(self, **fields):
        """Make an edit that stands alone, or a step of a drag."""
        how = {name: fields.pop(name) for name in ("drag", "last") if name in fields}
        return self.ask(kind="edit", edit=fields, **how)

    def kinds(self):
        """Return the kinds of what was told last, in order."""
        return [message.kind for message, _ in self.heard]

    def only(self, kind):
        """Return the one message of a kind that was told, and its payload."""
        (found,) = (pair for pair in self.heard if pair[0].kind == kind)
        return found
