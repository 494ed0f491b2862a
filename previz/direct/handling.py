"""What hands do: each kind of event that is played with them.

Each act has one frame that counts, the contact, and people are where they must be by
then: at the table, in front of whoever is given something. What the text calls "it" is
what was handled last; what somebody hands over or lays down without having picked it
up, they have held since they came.
"""

from __future__ import annotations

from previz.direct.actions import Event
from previz.direct.hands import (
    bring,
    done,
    free_hands,
    held_by,
    into_hand,
    meant,
    step_to,
    touched,
    use,
)
from previz.direct.lexicon import Kind
from previz.direct.passing import carry, hand_over, offer, put_down, take
from previz.direct.things import Thing
from previz.direct.throwing import drop, throw
from previz.direct.touching import (
    embrace,
    knock,
    open_or_shut,
    push,
    shake_hands,
    touch,
)
from previz.direct.troupe import Actor, Troupe
from previz.direct.walking import named_place
from previz.model import ActKind

__all__ = ["HANDLED", "handle"]

_DRUNK_FROM = {"wine": "glass", "whisky": "glass", "whiskey": "glass", "water": "glass"}
_POURED_FROM = {"tea": "pot", "coffee": "pot", "water": "jug", "milk": "jug"}
_GESTURES: dict[Kind, tuple[ActKind, float]] = {
    Kind.NOD: (ActKind.NOD, 0.6),
    Kind.SHAKE_HEAD: (ActKind.SHAKE_HEAD, 0.9),
    Kind.SHRUG: (ActKind.SHRUG, 0.5),
    Kind.WAVE: (ActKind.WAVE, 1.0),
    Kind.DESPAIR: (ActKind.HEAD_IN_HANDS, 2.0),
}


def handle(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Let somebody do with the hands what an event says; return when it is done."""
    return HANDLED[event.kind](troupe, actor, event, frame)


def _drink(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    nouns = (event.object.of, event.object.thing, *event.object.place)
    wanted = next((n for n in nouns if n and n not in ("sip", "gulp", "swig")), "cup")
    frame = _have(troupe, actor, _vessel(wanted, event), event, frame)
    thing = next(iter(actor.hands.values()), None)
    contact = frame + troupe.rate.frames(0.8)
    _use(troupe, actor, ActKind.DRINK, thing, contact, seconds=0.8)
    return done(troupe, contact, 1.4)


def _use(
    troupe: Troupe,
    actor: Actor,
    kind: ActKind,
    thing: Thing | None,
    frame: int,
    *,
    seconds: float,
) -> None:
    """Let the hand that holds a thing do with it what an act is."""
    target = thing.id if thing is not None else ""
    hand = actor.hand_with(thing)
    troupe.act(actor, kind, frame, target=target, hand=hand, seconds=seconds)


def _vessel(noun: str, event: Event) -> str:
    if event.object.of:
        return event.object.thing or "cup"
    return _DRUNK_FROM.get(noun, noun)


def _have(troupe: Troupe, actor: Actor, noun: str, event: Event, frame: int) -> int:
    """See that somebody holds a thing; return when they do."""
    if held_by(actor, noun) is not None:
        return frame
    known = troupe.things.known(noun) or troupe.things.found(noun)
    near = troupe.things.any_surface(actor.position, within_m=0.9)
    if known is None and near is not None:
        place = troupe.things.on_top(near, actor.position)
        known = troupe.things.made(noun, place)
    if known is None or known.holder:
        bring(troupe, actor, noun, frame)
        return frame
    frame = step_to(troupe, actor, known.place, event, frame)
    frame = free_hands(troupe, actor, known, frame)
    contact = touched(troupe, frame)
    hand = into_hand(troupe, actor, known, contact)
    troupe.act(actor, ActKind.TAKE, contact, target=known.id, hand=hand, seconds=0.2)
    return done(troupe, contact, 0.3)


def _read(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    noun = meant(troupe, event) or next(iter(event.object.place), "") or "letter"
    frame = _have(troupe, actor, noun, event, frame)
    thing = held_by(actor, noun)
    contact = touched(troupe, frame)
    troupe.act(
        actor,
        ActKind.READ,
        contact,
        target=thing.id if thing is not None else "",
        seconds=2.5,
    )
    if thing is not None:
        troupe.look(actor.id, thing.id, contact)
    return done(troupe, contact, 1.6)


def _phone(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    known = troupe.things.known("phone") or troupe.things.found("phone")
    noun = "phone"
    if held_by(actor, "receiver") is not None:
        noun = "receiver"
    elif known is not None and known.piece.kind == "phone":
        noun, frame = "receiver", _lift(troupe, actor, known, event, frame)
    elif known is not None and not known.holder:
        frame = _have(troupe, actor, "phone", event, frame)
    elif held_by(actor, "phone") is None:
        contact = touched(troupe, frame)
        bring(troupe, actor, "phone", frame, since=contact)
        frame = contact
    contact = frame + troupe.rate.frames(0.6)
    thing = held_by(actor, noun)
    _use(troupe, actor, ActKind.PHONE, thing, contact, seconds=4.0)
    return done(troupe, contact, 0.8)


def _lift(troupe: Troupe, actor: Actor, phone: Thing, event: Event, frame: int) -> int:
    """Take the handset off a telephone; return when it is in the hand."""
    frame = step_to(troupe, actor, phone.place, event, frame)
    contact = touched(troupe, frame)
    handset = troupe.things.lifted(phone, contact)
    if handset is None:
        return contact
    hand = into_hand(troupe, actor, handset, contact)
    troupe.act(actor, ActKind.TAKE, contact, target=phone.id, hand=hand, seconds=0.2)
    return done(troupe, contact, 0.3)


def _pour(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Take what it is in, tilt it over a glass if one is there, put it back."""
    poured = event.object.of or event.object.thing
    noun = _POURED_FROM.get(poured, "bottle")
    frame = _have(troupe, actor, noun, event, frame)
    bottle = held_by(actor, noun)
    into = event.object.thing if event.object.of else "glass"
    glass = troupe.things.known(into) or troupe.things.known("cup")
    if glass is None and bottle is not None:
        table = troupe.things.any_surface(actor.position, within_m=1.2)
        if table is not None:
            place = troupe.things.on_top(table, actor.position, beside=None)
            glass = troupe.things.made(into, place)
    contact = touched(troupe, frame)
    hand = actor.hand_with(bottle)
    troupe.act(
        actor,
        ActKind.REACH,
        contact,
        target=glass.id if glass is not None else "",
        hand=hand,
        seconds=1.4,
    )
    end = done(troupe, contact, 1.6)
    if bottle is None or not bottle.holds:
        return end
    back = Event(Kind.PUT_DOWN, (actor.id,), pace_m_s=event.pace_m_s)
    troupe.things.last = bottle
    return put_down(troupe, actor, back, end)


def _point(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    target = troupe.present(event.target)
    name, place = named_place(troupe, event)
    if target is not None:
        name, place = target.id, target.position
    held = held_by(actor, event.object.thing) if event.object.thing else None
    noun = event.object.thing
    if held is None and noun and event.object.places:
        held = bring(troupe, actor, noun, frame)
    if place is not None:
        frame = troupe.face(actor, place, frame)
    contact = touched(troupe, frame)
    hand = actor.hand_with(held)
    troupe.act(actor, ActKind.POINT, contact, target=name, hand=hand, seconds=1.0)
    if name:
        troupe.look(actor.id, name, frame)
    return done(troupe, contact, 1.0)


def _gesture(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    kind, seconds = _GESTURES[event.kind]
    target = troupe.present(event.target)
    if target is not None:
        frame = troupe.face(actor, target.position, frame)
        troupe.look(actor.id, target.id, frame)
    contact = frame + troupe.rate.frames(0.4)
    to = target.id if target is not None else ""
    troupe.act(actor, kind, contact, target=to, seconds=seconds)
    return max(done(troupe, contact, 0.6), frame + troupe.seconds(event.kind))


HANDLED = {
    Kind.PICK_UP: take,
    Kind.PUT_DOWN: put_down,
    Kind.HAND_OVER: hand_over,
    Kind.OFFER: offer,
    Kind.CARRY: carry,
    Kind.HANDLE: use,
    Kind.DROP: drop,
    Kind.THROW: throw,
    Kind.POUR: _pour,
    Kind.DRINK: _drink,
    Kind.READ: _read,
    Kind.PHONE: _phone,
    Kind.OPEN: open_or_shut,
    Kind.CLOSE: open_or_shut,
    Kind.KNOCK: knock,
    Kind.PUSH: push,
    Kind.POINT: _point,
    Kind.TOUCH: touch,
    Kind.EMBRACE: embrace,
    Kind.SHAKE_HANDS: shake_hands,
    **dict.fromkeys(_GESTURES, _gesture),
}
"""How each kind of event is played."""
