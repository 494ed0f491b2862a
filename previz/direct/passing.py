"""Things that change hands or place: taken, given, offered, laid down."""

from __future__ import annotations

from previz.direct import boards
from previz.direct.actions import Event
from previz.direct.floor import apart_m
from previz.direct.hands import (
    GROUND_WORDS,
    before_the_eyes,
    bring,
    done,
    free_hands,
    held_by,
    held_to,
    into_hand,
    lying,
    meant,
    out_of_hand,
    reach_out,
    step_to,
    touched,
    use,
)
from previz.direct.lexicon import Kind, word_set
from previz.direct.things import Thing
from previz.direct.touching import touch
from previz.direct.troupe import Actor, Troupe
from previz.direct.walking import walk_up
from previz.model import ActKind, Posture, SetPiece, Vec3

__all__ = ["carry", "hand_over", "offer", "put_down", "take"]

_KEPT_IN = {"film": ("can", "reel"), "strip": ("can", "reel"), "ring": ("box",)}
_BINS = word_set("bin bins trash rubbish wastebasket dustbin")
_PRONOUNS = ("", "it", "them", "one", "this", "that", "both")
_ON_THE_BODY = word_set(
    "pocket coat bag purse handbag jacket belt holster sleeve satchel briefcase boot "
    "backpack saddlebag pouch bodice apron waistcoat wallet"
)


def take(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Take a thing from where it lies, from a pocket, or from somebody."""
    noun = meant(troupe, event)
    held = held_by(actor, noun)
    if held is not None and noun:
        return use(troupe, actor, event, frame)
    giver = troupe.present(event.target)
    if giver is not None and noun and giver is not actor:
        return _take_from(troupe, actor, giver, event, noun, frame)
    pocket = event.object.source and set(event.object.place) & _ON_THE_BODY
    hidden = event.object.source and not event.object.place
    if noun and (pocket or hidden) and troupe.things.known(noun) is None:
        contact = touched(troupe, frame)
        thing = troupe.things.made(noun, actor.position, since=contact)
        if thing is None:
            return reach_out(troupe, actor, event, frame)
        hand = into_hand(troupe, actor, thing, contact)
        troupe.act(actor, ActKind.TAKE, contact, target=thing.id, hand=hand)
        return done(troupe, contact)
    thing = lying(troupe, actor, event, noun)
    if thing is None:
        return reach_out(troupe, actor, event, frame)
    if thing.holder and thing.holder != actor.id:
        other = troupe.present(thing.holder)
        if other is not None:
            return _take_from(troupe, actor, other, event, noun, frame)
    frame = step_to(troupe, actor, thing.place, event, frame)
    frame = free_hands(troupe, actor, thing, frame)
    contact = touched(troupe, frame)
    hand = into_hand(troupe, actor, thing, contact)
    troupe.act(actor, ActKind.TAKE, contact, target=thing.id, hand=hand)
    return done(troupe, contact)


def _take_from(
    troupe: Troupe, actor: Actor, giver: Actor, event: Event, noun: str, frame: int
) -> int:
    """Take a thing out of somebody's hands."""
    thing = held_by(giver, noun) or bring(troupe, giver, noun, frame)
    if thing is None:
        return touch(troupe, actor, event, frame)
    return _pass(troupe, giver, actor, thing, event, frame, comes=actor)


def hand_over(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Walk up to somebody and give them a thing that one has or fetches."""
    noun = meant(troupe, event)
    receiver = troupe.present(event.target)
    if receiver is None or not noun:
        return use(troupe, actor, event, frame)
    thing, frame = _fetched(troupe, actor, noun, event, frame)
    if thing is None:
        return reach_out(troupe, actor, event, frame)
    return _pass(troupe, actor, receiver, thing, event, frame, comes=actor)


def _pass(
    troupe: Troupe,
    giver: Actor,
    receiver: Actor,
    thing: Thing,
    event: Event,
    frame: int,
    *,
    comes: Actor,
) -> int:
    """Let a thing go from hand to hand at one frame."""
    other = receiver if comes is giver else giver
    near = Event(Kind.HAND_OVER, (comes.id,), other.id, pace_m_s=event.pace_m_s)
    ready = walk_up(troupe, comes, other, near, frame)
    if other.posture is Posture.STAND and other.arrived <= ready:
        # Whoever waits has turned to who comes by the time they are there.
        turns = troupe.seconds(Kind.TURN)
        ready = max(
            ready,
            troupe.face(other, comes.position, max(ready - turns, other.arrived)),
        )
    troupe.look(other.id, comes.id, max(frame, ready - troupe.rate.frames(1.2)))
    ready = free_hands(troupe, receiver, thing, ready)
    contact = touched(troupe, ready)
    hand = out_of_hand(giver, thing)
    takes = into_hand(troupe, receiver, thing, contact)
    troupe.act(
        giver, ActKind.HAND_OVER, contact, target=receiver.id, hand=hand, seconds=0.15
    )
    troupe.act(
        receiver, ActKind.RECEIVE, contact, target=giver.id, hand=takes, seconds=0.15
    )
    return done(troupe, contact, 0.7)


def offer(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Hold something out; nobody has to take it."""
    thing = bring(troupe, actor, meant(troupe, event), frame)
    target = troupe.present(event.target)
    if target is None:
        near = [p for p in troupe.here if p != actor.id]
        near.sort(key=lambda p: apart_m(troupe.actors[p].position, actor.position))
        target = troupe.present(near[0]) if near else None
    if target is not None:
        frame = walk_up(troupe, actor, target, event, frame)
    contact = touched(troupe, frame)
    hand = actor.hand_with(thing)
    troupe.act(
        actor,
        ActKind.HAND_OVER if target is not None else ActKind.REACH,
        contact,
        target=target.id if target is not None else "",
        hand=hand,
        seconds=1.5,
    )
    if target is not None and thing is not None:
        troupe.look(target.id, thing.id, contact)
    return done(troupe, contact, 1.0)


def _fetched(
    troupe: Troupe, actor: Actor, noun: str, event: Event, frame: int
) -> tuple[Thing | None, int]:
    """Return what somebody has of a noun, from where it lies or from nowhere."""
    thing = held_by(actor, noun)
    if thing is not None:
        return thing, frame
    lies = troupe.things.known(noun)
    if lies is None or lies.holder:
        return bring(troupe, actor, noun, frame), frame
    frame = take(troupe, actor, event, frame)
    return held_by(actor, noun), frame


def put_down(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Lay a thing down where the text says, or where one can near by."""
    noun = meant(troupe, event)
    words = event.object.place
    receiver = troupe.present(event.target)
    thing = held_by(actor, noun)
    if thing is None and event.object.thing in _PRONOUNS:
        thing = held_by(actor, "it")
    if thing is None and noun:
        thing, frame = _fetched(troupe, actor, noun, event, frame)
    if thing is None:
        return reach_out(troupe, actor, event, frame)
    if receiver is not None and set(words) & {"hand", "hands", "arms", "palm"}:
        return _pass(troupe, actor, receiver, thing, event, frame, comes=actor)
    if set(words) & _ON_THE_BODY and max(thing.piece.size_m) < 0.45:
        return _put_away(troupe, actor, thing, frame)
    board = boards.board_named(troupe, words)
    if board is not None:
        return boards.put_up(troupe, actor, thing, board, event, frame)
    if set(words) & _BINS:
        return _into_bin(troupe, actor, thing, event, frame)
    place = _resting_place(troupe, actor, event)
    frame = step_to(troupe, actor, place, event, frame)
    contact = touched(troupe, frame)
    hand = out_of_hand(actor, thing)
    troupe.things.lay(thing, place, contact, yaw_deg=actor.facing_deg + 180.0)
    troupe.act(actor, ActKind.PUT_DOWN, contact, target=thing.id, hand=hand)
    return done(troupe, contact)


def _out_of(
    troupe: Troupe, actor: Actor, box: Thing, noun: str, event: Event, frame: int
) -> int:
    """Take a thing out of what it is kept in; nobody has seen it before."""
    frame = step_to(troupe, actor, box.place, event, frame)
    thing = troupe.things.made(noun, box.place)
    if thing is None:
        return frame
    frame = free_hands(troupe, actor, thing, frame)
    contact = touched(troupe, frame)
    thing.since = contact
    hand = into_hand(troupe, actor, thing, contact)
    troupe.act(actor, ActKind.TAKE, contact, target=thing.id, hand=hand)
    return done(troupe, contact)


def _into_bin(
    troupe: Troupe, actor: Actor, thing: Thing, event: Event, frame: int
) -> int:
    """Let a thing fall into a bin, which stands near by if the set has none."""
    near = [p for p in troupe.floor.set_.pieces if p.kind in ("bin", "dumpster")]
    bin_ = min(near, key=lambda p: apart_m(p.position_m, actor.position), default=None)
    if bin_ is None:
        known = troupe.things.known("bin") or troupe.things.made(
            "bin",
            troupe.floor.near(
                actor.position, troupe.taken(), distance_m=0.7, line_of_sight=False
            ),
        )
        assert known is not None
        bin_ = known.piece
    x, y, z = bin_.position_m
    frame = step_to(troupe, actor, (x, y, z), event, frame)
    contact = touched(troupe, frame)
    hand = out_of_hand(actor, thing)
    top = y + bin_.size_m[1]
    falls = troupe.rate.frames(0.3)
    for step, height in ((0, top + 0.2), (falls, y + 0.1)):
        troupe.things.lay(thing, (x, height, z), contact + step)
    thing.until = contact + falls + 1
    troupe.act(actor, ActKind.PUT_DOWN, contact, target=thing.id, hand=hand)
    return done(troupe, contact)


def _put_away(troupe: Troupe, actor: Actor, thing: Thing, frame: int) -> int:
    contact = touched(troupe, frame)
    hand = out_of_hand(actor, thing)
    thing.until, thing.holder = contact, ""
    troupe.act(actor, ActKind.PUT_DOWN, contact, hand=hand)
    return done(troupe, contact)


def _resting_place(troupe: Troupe, actor: Actor, event: Event) -> Vec3:
    """Return where a thing is laid: on what is named, beside it, or near by."""
    things, words = troupe.things, event.object.place
    if set(words) & GROUND_WORDS:
        return _before(troupe, actor)
    last = things.last
    if last is not None and not last.holder and words[:1] in (("top",), ("it",)):
        x, y, z = last.place
        return (x, y + last.piece.size_m[1], z)
    for word in words:
        by = things.known(word) or things.found(word)
        if by is not None and not by.holder:
            piece = _under(troupe, by.place)
            if piece is None:
                x, y, z = by.place
                return (x + 0.3, y, z)
            return things.on_top(piece, actor.position, beside=by)
    piece = things.surface((*words, *event.words), actor.position)
    within = 1.3 if actor.posture is not Posture.STAND else 3.0
    piece = piece or things.any_surface(actor.position, within_m=within)
    piece = piece or (
        things.any_surface(actor.position, within_m=8.0) if words else None
    )
    if piece is None:
        return _before(troupe, actor)
    return things.on_top(piece, actor.position)


def _under(troupe: Troupe, place: Vec3) -> SetPiece | None:
    """Return the piece that something lies on."""
    near = [
        p
        for p in troupe.floor.set_.pieces
        if (top := troupe.things.top_m(p)) is not None
        and abs(top - place[1]) < 0.06
        and apart_m(p.position_m, place) < max(p.size_m[0], p.size_m[2])
    ]
    return min(near, key=lambda p: apart_m(p.position_m, place), default=None)


def _before(troupe: Troupe, actor: Actor) -> Vec3:
    """Return a place on the floor before somebody's feet."""
    return troupe.floor.near(
        actor.position,
        troupe.taken(actor.id),
        distance_m=0.5,
        facing_deg=actor.facing_deg,
        line_of_sight=False,
    )


def carry(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Have a thing in hand from now on, picked up first if it lies about."""
    noun = meant(troupe, event)
    if noun and held_by(actor, noun) is None:
        lies = troupe.things.known(noun)
        if lies is not None and (lies.holder or lies.holds):
            return take(troupe, actor, event, frame)
        holder = next(
            filter(None, map(troupe.things.known, _KEPT_IN.get(noun, ()))), None
        )
        if lies is None and holder is not None:
            frame = _out_of(troupe, actor, holder, noun, event, frame)
        if bring(troupe, actor, noun, frame) is None:
            return frame + troupe.seconds(event.kind)
    thing = held_by(actor, noun) if noun else None
    if thing is None or "up" not in event.text.lower().split():
        return frame + troupe.seconds(event.kind)
    against = held_to(troupe, actor, event)
    spot = next((s for s in troupe.floor.set_.spots if s.name == against), None)
    if spot is not None:
        frame = troupe.face(actor, spot.position_m, frame)
    return before_the_eyes(troupe, actor, thing, frame, against=against)
