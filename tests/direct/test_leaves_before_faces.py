"""An open door's leaf does not stand before who passes for long."""

from previz.camera.framing import Body, View
from previz.direct.floor import Floor
from previz.direct.screen import Screen
from previz.direct.sight import Sight
from previz.model import Matter, Sensor, Set, SetPiece
from previz.stage import build_set
from previz.stage.pieces import build_piece

ROOM = Set(
    id="room", name="Room", template="kitchen", interior=True, size_m=(6.0, 2.8, 6.0),
    pieces=(SetPiece(id="floor", kind="floor", size_m=(6.0, 0.1, 6.0)),),
)  # fmt: skip
LEAF = SetPiece(
    id="leaf", kind="box", position_m=(0.0, 0.0, 1.0), size_m=(0.9, 2.1, 0.05),
    matter=Matter.WOOD,
)  # fmt: skip
FAR = LEAF.changed(position_m=(2.4, 0.0, 1.0))


def person():
    heights = (1.6, 1.72, 1.5, 1.38, 1.05, 0.92, 0.5, 0.0)
    return Body("ann", *((0.0, y, 0.0) for y in heights), 0.0, (0.0, 0.0, 1.0))


def cost(*leaves):
    """Return what leaves cost that stand at frames 0, 1 … before a camera at +z."""
    sight = Sight(
        Floor(ROOM),
        lambda who, frame: person(),
        ("ann",),
        screen=Screen(build_set(ROOM)),
        moving=lambda frame: (build_piece(leaves[frame], object_id=0), ("leaf", "ann")),
    )
    view = View((0.0, 1.5, 2.8), 180.0, 0.0, 32.0, Sensor())
    views = [(view, frame) for frame in range(len(leaves))]
    return sight.leaf_cost(views, subjects=("ann",))


def test_a_leaf_before_somebody_costs_by_how_long_it_stands_there():
    always, half, never = cost(LEAF, LEAF), cost(LEAF, FAR), cost(FAR, FAR)
    assert never == 0.0
    assert always > 10.0
    assert half == always / 2
