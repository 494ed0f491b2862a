"""Hands: what is in them, how it gets there, and coming within reach."""

from __future__ import annotations

from typing import Literal

from previz.direct.actions import Event
from previz.direct.doors import way_of
from previz.direct.floor import apart_m, bearing_deg, step
from previz.direct.lexicon import Kind, word_set
from previz.direct.objects import alike, single
from previz.direct.things import Thing
from previz.direct.troupe import Actor, Troupe
from previz.direct.walking import named_place
from previz.model import ActKind, Posture, Spot, Vec3

__all__ = [
    "GROUND_WORDS",
    "before_the_eyes",
    "bring",
    "done",
    "free_hands",
    "held_by",
    "held_to",
    "into_hand",
    "lying",
    "meant",
    "out_of_hand",
    "reach_out",
    "step_to",
    "touched",
    "use",
]

_REACH_M = 0.95
_STANDS_OFF_M = 0.5
_READY_S = 0.55
"""From standing still to the touch."""
_AFTER_S = 0.5
_WHOLES = {
    "tape": ("can", "box", "parcel", "package", "envelope"),
    "string": ("parcel", "package", "box"),
    "wrapper": ("parcel", "package", "present"),
    "lid": ("can", "box", "jar", "pot"),
    "cork": ("bottle",),
}
"""What a part is taken to be on, the first that the scene knows."""
_BLADES = ("point", "blade", "tip", "edge")
_ON_TOP = ("lid",)
_HANGS = ("chain", "padlock")
_HANGS_M = 0.95
_DOOR_WITHIN_M, _BEFORE_M = 2.5, 0.17
_LIGHTS = word_set("light window lamp sun sunlight daylight bulb glass")
_ON_GLASS = word_set("steam condensation frost mist fog glass pane raindrops")
"""What is on a window's glass, and the glass."""
GROUND_WORDS = word_set("floor ground dirt sand snow grass street pavement")
_PRONOUNS = ("", "it", "them", "one", "this", "that", "both")


def bring(
    troupe: Troupe,
    actor: Actor,
    noun: str,
    frame: int,
    *,
    since: int | None = None,
    by_elbow: bool = False,
    both: bool = False,
) -> Thing | None:
    """Let somebody have a thing in hand, from when they came on or from `frame`.

    Args:
        troupe: The people of the scene.
        actor: Who has it.
        noun: What it is called.
        frame: Now.
        since: From when on; since they came if None.
        by_elbow: Whether it lies on the table that one sits at, if one does.
        both: Whether both hands are put to it.

    Returns:
        The thing; None for a noun that is nothing that hands hold.
    """
    held = held_by(actor, noun)
    if held is not None:
        return held
    known = troupe.things.known(noun)
    if known is not None and not known.holder and known.holds:
        return None
    table = troupe.things.any_surface(actor.position, within_m=0.7)
    if by_elbow and table is not None and actor.posture is Posture.SIT:
        place = troupe.things.on_top(table, actor.position)
        return troupe.things.made(noun, place)
    begin = actor.enter if since is None else since
    thing = known or troupe.things.made(noun, actor.position, since=begin)
    if thing is None:
        return None
    into_hand(troupe, actor, thing, begin, both=both)
    return thing


def held_by(actor: Actor, noun: str) -> Thing | None:
    """Return what somebody holds under a name, or anything for "it"; else None."""
    for thing in actor.hands.values():
        if noun in _PRONOUNS or alike(thing.noun, noun):
            return thing
    return None


def into_hand(
    troupe: Troupe, actor: Actor, thing: Thing, frame: int, *, both: bool = False
) -> str:
    """Put a thing into a free hand; with none free, the older thing is laid down."""
    hand = "both" if both else _hand_for(actor, thing)
    for old in _in_the_way(actor, thing):
        out_of_hand(actor, old)
        laid = max(frame, max(old.holds, default=0) + 1)
        place = _laid_at(troupe, actor)
        troupe.things.lay(old, place, laid, yaw_deg=actor.facing_deg + 180.0)
    for other in troupe.actors.values():
        for busy, owned in list(other.hands.items()):
            if owned is thing:
                del other.hands[busy]
    actor.hands[hand] = thing
    thing.until = None
    troupe.things.hold(thing, actor.id, frame, hand)
    return hand


def free_hands(troupe: Troupe, actor: Actor, thing: Thing | None, frame: int) -> int:
    """Lay down what is in the hands that a thing will need; return when that is done.

    It goes on the nearest surface within reach, or on the floor, and stays there.
    """
    last = troupe.things.last
    for old in _in_the_way(actor, thing) if thing is not None else ():
        place = _laid_at(troupe, actor)
        contact = touched(troupe, frame)
        hand = out_of_hand(actor, old)
        troupe.things.lay(old, place, contact, yaw_deg=actor.facing_deg + 180.0)
        troupe.act(actor, ActKind.PUT_DOWN, contact, target=old.id, hand=hand)
        frame = done(troupe, contact, 0.3)
    # What "it" means is what one is about to take, not what made room for it.
    troupe.things.last = last
    return frame


def _hand_for(actor: Actor, thing: Thing) -> Literal["left", "right", "both"]:
    if thing.needs_both_hands:
        return "both"
    left, right = actor.hands.get("left"), actor.hands.get("right")
    if left is not None and right is not None:
        return "left" if left.touched <= right.touched else "right"
    return "left" if right is not None or "both" in actor.hands else "right"


def _in_the_way(actor: Actor, thing: Thing) -> list[Thing]:
    """Return what a thing's hand holds already; two hands on one thing free one."""
    hand = _hand_for(actor, thing)
    clash = ("left", "right", "both") if hand == "both" else (hand, "both")
    return [t for h in clash if (t := actor.hands.get(h)) and t is not thing]


def _laid_at(troupe: Troupe, actor: Actor) -> Vec3:
    """Return where somebody lays a thing without taking a step."""
    piece = troupe.things.any_surface(actor.position, within_m=_REACH_M)
    if piece is not None:
        return troupe.things.on_top(piece, actor.position)
    return troupe.floor.near(
        actor.position,
        troupe.taken(actor.id),
        distance_m=0.45,
        facing_deg=actor.facing_deg,
        line_of_sight=False,
    )


def out_of_hand(actor: Actor, thing: Thing) -> str:
    """Take a thing out of the hand that has it, and return which that was."""
    hand = actor.hand_with(thing)
    actor.hands.pop(hand, None)
    return hand


def lying(troupe: Troupe, actor: Actor, event: Event, noun: str) -> Thing | None:
    """Return the thing where it lies: known, on the set, or laid where it must be."""
    if not noun:
        return None
    things = troupe.things
    known = things.known(noun) or things.found(noun)
    if known is not None:
        return known
    words = event.object.place
    if set(words) & GROUND_WORDS:
        place = troupe.floor.near(
            actor.position, troupe.taken(), distance_m=0.7, line_of_sight=False
        )
        return things.made(noun, place)
    if single(noun) in _ON_TOP:
        return _on_its_whole(troupe, actor, event, noun)
    if single(noun) in _HANGS:
        return things.made(noun, _hung(troupe, actor))
    piece = things.surface(words, actor.position)
    piece = piece or things.any_surface(actor.position, within_m=5.0)
    if piece is not None:
        return things.made(noun, things.on_top(piece, actor.position))
    place = troupe.floor.near(
        actor.position,
        troupe.taken(),
        distance_m=0.9,
        facing_deg=actor.facing_deg,
        line_of_sight=False,
    )
    return things.made(noun, place)


def _hung(troupe: Troupe, actor: Actor) -> Vec3:
    """Return where a chain hangs: on the door that is near, else on what is ahead."""
    ways = [way_of(troupe.floor.set_, s) for s in troupe.floor.exits]
    doors = [w for w in ways if w is not None and w.part]
    near = min(doors, key=lambda w: apart_m(w.middle, actor.position), default=None)
    if near is not None and apart_m(near.middle, actor.position) < _DOOR_WITHIN_M:
        x, _, z = step(near.middle, bearing_deg(near.middle, near.inside), _BEFORE_M)
        return (x, _HANGS_M, z)
    wall = troupe.floor.reach_m(actor.position, actor.facing_deg)
    off = min(max(wall - 0.06, 0.3), 0.9)
    x, _, z = step(actor.position, actor.facing_deg, off)
    return (x, _HANGS_M, z)


def _on_its_whole(
    troupe: Troupe, actor: Actor, event: Event, noun: str
) -> Thing | None:
    """Return a lid on what it shuts, which is laid there if nobody has seen it yet."""
    whole = lying(troupe, actor, event, whole_of(troupe, noun))
    if whole is None:
        return None
    lid = troupe.things.made(noun, whole.place)
    if lid is not None:
        x, y, z = whole.place
        high = y + whole.piece.size_m[1] - 0.75 * lid.piece.size_m[1]
        lid.place = (x, round(high, 3), z)
        lid.piece = lid.piece.changed(position_m=lid.place)
    return lid


def whole_of(troupe: Troupe, noun: str) -> str:
    """Return what a part is one of: the tape's can, the box's lid."""
    wholes = _WHOLES.get(single(noun), ())
    seen = [w for w in wholes if troupe.things.known(w) is not None]
    seen += [w for w in wholes if w in troupe.earlier]
    return next(iter((*seen, *wholes)), "")


def meant(troupe: Troupe, event: Event) -> str:
    """Return the noun an event means; what was handled last for "it"."""
    noun = event.object.thing
    if noun in _PRONOUNS:
        last = troupe.things.last
        return last.noun if last is not None else ""
    if noun in _BLADES and event.object.place:
        noun = event.object.place[0]
    part = single(noun) in _WHOLES and single(noun) not in _ON_TOP
    known = troupe.things.known(noun) or troupe.things.found(noun) if part else None
    return whole_of(troupe, noun) if part and known is None else noun


def step_to(troupe: Troupe, actor: Actor, place: Vec3, event: Event, frame: int) -> int:
    """Come within reach of a place, turned to it; return when that is so."""
    far = apart_m(actor.position, place)
    if far <= (_REACH_M if actor.posture is not Posture.STAND else _REACH_M - 0.2):
        return troupe.face(actor, place, frame)
    goal = troupe.floor.near(
        (place[0], 0.0, place[2]),
        troupe.taken(actor.id),
        distance_m=_STANDS_OFF_M,
        facing_deg=bearing_deg(place, actor.position),
        line_of_sight=False,
    )
    return troupe.go(
        actor,
        goal,
        frame,
        pace_m_s=event.pace_m_s,
        facing_deg=bearing_deg(goal, place),
    )


def touched(troupe: Troupe, frame: int) -> int:
    """Return when a hand that gets ready at `frame` touches."""
    return frame + troupe.rate.frames(_READY_S)


def done(troupe: Troupe, contact: int, seconds: float = _AFTER_S) -> int:
    """Return when a hand has come back after its contact."""
    return contact + troupe.rate.frames(seconds)


def reach_out(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Put a hand to what is named where there is no thing to be held."""
    target = troupe.present(event.target)
    name, place = named_place(troupe, event)
    window = _window(troupe, actor) if event.object.thing in _ON_GLASS else None
    if window is not None:
        return _on_glass(troupe, actor, window, event, frame)
    if target is not None:
        name, place = target.id, target.position
    if place is not None and apart_m(place, actor.position) > 0.3:
        frame = step_to(troupe, actor, place, event, frame)
    if not name and event.kind is not Kind.HANDLE:
        return frame + troupe.seconds(event.kind)
    contact = touched(troupe, frame)
    troupe.act(actor, ActKind.REACH, contact, target=name, seconds=0.6)
    return done(troupe, contact, 0.8)


def _on_glass(
    troupe: Troupe, actor: Actor, window: Spot, event: Event, frame: int
) -> int:
    """Put a flat hand to the glass of a window, from before it."""
    place = window.position_m
    if apart_m(place, actor.position) > _REACH_M:
        frame = step_to(troupe, actor, place, event, frame)
    ahead = step(place, window.facing_deg, _STANDS_OFF_M)
    frame = troupe.face(actor, ahead, frame)
    contact = touched(troupe, frame)
    troupe.act(actor, ActKind.TOUCH, contact, target=window.name, seconds=1.0)
    return done(troupe, contact, 1.2)


def use(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Handle a thing one has or gets: fold it, light it, wind it."""
    noun = meant(troupe, event)
    thing = held_by(actor, noun) if noun else None
    if thing is None and noun:
        lies = troupe.things.known(noun)
        if lies is None and noun != event.object.thing:
            lies = lying(troupe, actor, event, noun)
        if lies is not None and not lies.holder:
            frame = step_to(troupe, actor, lies.place, event, frame)
            contact = touched(troupe, frame)
            troupe.act(actor, ActKind.REACH, contact, target=lies.id, seconds=1.0)
            return done(troupe, contact, 1.2)
    if thing is None:
        return reach_out(troupe, actor, event, frame)
    troupe.look(actor.id, thing.id, frame)
    if event.verb not in ("turn", "tilt", "unfold", "examine", "inspect"):
        return frame + troupe.seconds(event.kind)
    return before_the_eyes(
        troupe, actor, thing, frame, against=held_to(troupe, actor, event)
    )


def held_to(troupe: Troupe, actor: Actor, event: Event) -> str:
    """Return the window or lamp that something is held up to, or empty."""
    words = event.object.after("to", "against", "toward", "towards")
    spot = troupe.floor.spot_for(words)
    if spot is not None:
        return spot.name
    if not set(words) & _LIGHTS:
        return ""
    window = _window(troupe, actor)
    return window.name if window is not None else ""


def _window(troupe: Troupe, actor: Actor) -> Spot | None:
    """Return the spot of the window that is nearest to somebody."""
    return min(
        (s for s in troupe.floor.set_.spots if "window" in s.words),
        key=lambda s: apart_m(s.position_m, actor.position),
        default=None,
    )


def before_the_eyes(
    troupe: Troupe, actor: Actor, thing: Thing, frame: int, *, against: str = ""
) -> int:
    """Hold a thing up and look at it; return when it has been seen.

    Args:
        troupe: The people of the scene.
        actor: Who holds it.
        thing: What is held.
        frame: Now.
        against: The window or the lamp that it is held up to, if any.
    """
    hand = actor.hand_with(thing)
    contact = touched(troupe, frame)
    known = troupe.things.known(against) if against else None
    to = against if against and known is None else thing.id
    troupe.act(actor, ActKind.READ, contact, target=to, hand=hand, seconds=1.8)
    troupe.look(actor.id, thing.id, frame)
    return done(troupe, contact, 1.6)
