"""The studio without its comm: what pages ask is done, what changed is told to all."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from previz.direct.alternatives import STYLES
from previz.errors import ModelError, PrevizError
from previz.model import Film, Scene, Shot
from previz.session import Change, Session
from previz.stage import Picture
from previz.widgets.cards import film_card, scene_card
from previz.widgets.covers import Covers
from previz.widgets.losses import Losses
from previz.widgets.messages import (
    AskCoverage,
    AskFitting,
    AskPicture,
    AskReference,
    AskShelf,
    Bye,
    Cancel,
    CoverageSent,
    DropPicture,
    EditAsked,
    FilmSent,
    FromPage,
    Hello,
    HistoryEntry,
    HistorySent,
    OpenShot,
    Painted,
    Pick,
    QueueAsked,
    QueueTold,
    Redo,
    Refused,
    SceneSent,
    Snapshot,
    ToPage,
    Undo,
)
from previz.widgets.monitor import Monitor
from previz.widgets.playing import Playing, StagedScene, same_bodies
from previz.widgets.queue_desk import QueueDesk
from previz.widgets.queue_messages import ToQueuePage
from previz.widgets.reading import read_message
from previz.widgets.references import pin_up, read_dropped, reference_sent
from previz.widgets.shelf import shelf_sent
from previz.widgets.slices import Slices
from previz.widgets.tracks import figures_sent, place_sent, stage_sent, tracks_sent

__all__ = ["Desk"]

_Part = Literal["tracks", "place", "figures"]

_PAGES = 4
"""So many pages are told of the shot they have open, those heard of last; a page that
was reloaded counts as another one. One of which no more was thought, and that asks for
a picture after all, is told again."""
_STAGE_S = 0.1
"""How long a stage is worked on while a page paints a picture at rest: the page waits
for it, and would have it last if the light of its picture came first."""


class Desk:
    """One widget's ear and mouth; several desks over one film stay in step.

    It listens to the film as long as a page is open that has said something: a cell
    that is run again leaves its old widget behind, which nobody closes.

    Args:
        session: The film being directed.
        send: Takes a message to all pages, and the bytes beside it.
        playing: Its scenes, which other desks may share.
        queue: Its promotions; None where nothing can be promoted.
    """

    def __init__(
        self,
        session: Session,
        send: Callable[[ToPage, bytes], None],
        *,
        playing: Playing,
        queue: QueueDesk | None = None,
    ) -> None:
        self._session, self._send = session, send
        self._queue = queue
        self._playing = playing
        self._monitor = Monitor(playing)
        self._covers = Covers(session)
        self._losses = Losses(session)
        self._open: OrderedDict[str, str] = OrderedDict()
        self._unbaked: set[str] = set()
        self._untold: dict[str, set[_Part]] = {}
        self._pictured = False
        self._trouble = ""
        self._dragging = ""
        self._has: dict[str, set[str]] = {}
        self._slices = Slices(session.held, self._tell_failed)
        self._pages: set[str] = set()
        self._given_up: set[str] = set()
        self._stop: Callable[[], None] | None = None
        self._closed = False

    def close(self) -> None:
        """Hear of no more changes."""
        self._closed = True
        self._rest()

    def get_ready(self, shot: str) -> None:
        """Use the time until the first page is there: loops are loaded, a set built.

        Args:
            shot: Id of the shot that pages open on; empty for the first.
        """
        self._slices.start("first", self._first_steps(shot), pause=True, spare=True)

    def hear(self, content: object, buffers: Sequence[Any] = ()) -> None:
        """Do what a page asks, or tell it why not; the film is then as before.

        Args:
            content: The JSON of its message, which is not trusted.
            buffers: What came beside it: the file of a picture that is dropped in.
        """
        page, kind = _name(content, "page"), _name(content, "kind")
        try:
            if buffers and (kind != "drop_picture" or len(buffers) > 1):
                raise ModelError(
                    f"Message.buffers must be none, got {len(buffers)}. Send pictures "
                    "and meshes from a cell, such as film.import_mesh(...)."
                )
            message = read_message(content)
            # A large picture takes a second, in which cells and slices go on.
            dropped = (
                read_dropped(buffers) if isinstance(message, DropPicture) else None
            )
            # Kernels may hear pages on another thread than the one cells run on.
            with self._session.held():
                if not isinstance(message, Bye):
                    self._arrive(message.page)
                self._do(message, dropped)
                self._tell_trouble()
        except PrevizError as error:
            text = error.plain or str(error)
            self._send(Refused(page=page, asked=kind, text=text), b"")
            self._end(content)
        except Exception as error:
            # A page that waits must hear of our own mistakes too.
            text = f"previz failed at {kind}: {error!r:.200}. Please report it."
            self._send(Refused(page=page, asked=kind, text=text), b"")
            self._end(content)
            raise

    def _arrive(self, page: str) -> None:
        """Count a page as open; with the first, begin to listen."""
        self._pages.add(page)
        if page in self._open:
            self._open.move_to_end(page)
        if self._stop is None and not self._closed:
            self._stop = self._session.listen(self._changed)

    def _leave(self, page: str) -> None:
        """Forget a page and end its drag as it is; with the last, listen no more."""
        self._pages.discard(page)
        self._open.pop(page, None)
        self._given_up.discard(page)
        self._has.pop(page, None)
        self._monitor.forget(page)
        if page and page == self._dragging:
            self._dragging = ""
            self._session.rest()
            self._tell_what_waits()
        if not self._pages:
            self._rest()

    def _rest(self) -> None:
        if self._stop is not None:
            self._stop()
        self._stop = None
        self._open.clear()
        self._untold.clear()
        self._unbaked.clear()
        self._slices.clear()

    def _do(self, message: FromPage, dropped: Picture | None) -> None:
        session = self._session
        match message:
            case Hello():
                self._monitor.forget(message.page)
                # A page that was closed in mid-drag says no more; one that greets
                # again since a picture is long in coming goes on with its own.
                if message.page != self._dragging:
                    session.rest()
                    self._tell_what_waits()
                self._tell_film()
                self._tell_history()
            case Bye():
                self._leave(message.page)
            case EditAsked():
                goes_on = message.drag and not message.last
                self._dragging = message.page if goes_on else ""
                self._pictured = message.pictured
                try:
                    session.apply(message.edit, drag=message.drag, last=message.last)
                finally:
                    self._pictured = False
            case Cancel():
                session.cancel(message.drag)
            case Undo():
                session.undo()
            case Redo():
                session.redo()
            case OpenShot():
                self._open_shot(message)
            case QueueAsked():
                self._ask_queue(message)
            case DropPicture():
                assert dropped is not None
                pin_up(session, message, dropped)
            case _:
                self._look(message)

    def _look(
        self,
        message: AskPicture
        | AskCoverage
        | AskFitting
        | AskReference
        | AskShelf
        | Painted
        | Pick
        | Snapshot,
    ) -> None:
        """Answer what changes nothing."""
        film, revision = self._session.value, self._session.revision
        made: tuple[ToPage, bytes] | None
        asked = message if isinstance(message, AskPicture) else None
        match message:
            case AskPicture():
                made = self._picture(message)
                if message.page in self._given_up and not message.board:
                    self._open_shot(OpenShot(page=message.page, shot=message.shot))
            case AskCoverage():
                made = self._coverage(message), b""
            case Painted():
                asked = self._monitor.painted(message.page, message.number)
                made = None if asked is None else self._picture(asked)
            case Pick():
                made = self._monitor.pick(film, message), b""
            case Snapshot():
                made = self._monitor.snapshot(film, message)
            case AskShelf():
                made = shelf_sent()
            case AskFitting():
                made = self._playing.fittings.answer(film, message, revision=revision)
            case AskReference():
                made = reference_sent(self._session.assets, message)
        if made is not None:
            self._send(*made)
            if asked is not None:
                self._tell_what_waits()
                if asked.then_frame is not None:
                    self._make_ahead(asked.page)
                elif not self._session.dragging:
                    self._slices.work(asked.shot, for_s=_STAGE_S)

    def _ask_queue(self, message: QueueAsked) -> None:
        """Have a question about promotions answered on the page that asked."""

        def say(told: ToQueuePage, pictures: Sequence[bytes]) -> None:
            sizes = tuple(map(len, pictures))
            sent = QueueTold(page=message.page, told=told, sizes_bytes=sizes)
            self._send(sent, b"".join(pictures))

        if self._queue is not None:
            self._queue.answer(message.asked, say)

    def _picture(self, asked: AskPicture) -> tuple[ToPage, bytes] | None:
        film = self._covers.film(asked.coverage)
        return self._monitor.ask(film, asked, revision=self._session.revision)

    def _first_steps(self, shot: str) -> Iterator[None]:
        """Make what the first page will ask for, as long as the film stays as it is."""
        film = self._session.value
        shots = [one for _, one in film.shots]
        first = next((one for one in shots if one.id == shot or not shot), None)
        for _ in self._monitor.warm(film, first) if first is not None else ():
            yield
            if self._session.value is not film:
                return

    def _make_ahead(self, page: str) -> None:
        """Make what a page said it will ask for, while it paints what it was sent."""

        def steps() -> Iterator[None]:
            session = self._session
            self._monitor.make_ahead(session.value, page, revision=session.revision)
            yield

        self._slices.start("ahead", steps(), first=True, pause=True)

    def _coverage(self, asked: AskCoverage) -> CoverageSent:
        other = self._covers.film(asked.coverage)
        scene = other.find_scene(asked.coverage.scene)
        return CoverageSent(
            page=asked.page,
            revision=self._session.revision,
            style=asked.coverage.style,
            words=STYLES[asked.coverage.style].words,
            scene=scene_card(other, scene),
        )

    def _open_shot(self, message: OpenShot) -> None:
        scene, shot = self._session.value.find_shot(message.shot)
        self._open[message.page] = shot.id
        self._open.move_to_end(message.page)
        while len(self._open) > _PAGES:
            self._given_up.add(self._open.popitem(last=False)[0])
        self._given_up.discard(message.page)
        self._has[message.page] = set(message.has)
        self._has = {page: self._has[page] for page in self._open}
        staged = self._staged(scene)
        revision = self._session.revision
        self._send(*tracks_sent(staged, shot, revision=revision))
        self._send(place_sent(staged, revision=revision), b"")
        self._slices.start(shot.id, self._stage_steps(shot.id))

    def _end(self, content: object) -> None:
        """End a drag whose last edit was refused as it is, of which nobody is told."""
        drag = _name(content, "drag")
        if not drag or _name(content, "kind") != "edit" or not _is_last(content):
            return
        with self._session.held():
            self._session.finish(drag)
            self._tell_what_waits()
            self._tell_history()

    def _changed(self, change: Change) -> None:
        """Tell all pages what is another than before."""
        before, film = change.before, change.value
        self._playing.follow(film, settled=not change.open)
        self._tell_lists(before, film)
        was = {shot.id: (scene, shot) for scene, shot in before.shots}
        now = {shot.id: (scene, shot) for scene, shot in film.shots}
        recast = not same_bodies(before.characters, film.characters)
        for name in dict.fromkeys(self._open.values()):
            if name not in now:
                self._forget(name)
            elif now[name] != was.get(name) or recast:
                self._note_shot(was.get(name), now[name], change, recast=recast)
        if not self._pictured:
            self._tell_what_waits()
        if not change.open:
            self._tell_history()
        if self._losses.noted(change):
            self._slices.start("lost", self._losses_steps(), pause=True)

    def _losses_steps(self) -> Iterator[None]:
        for told in self._losses.steps():
            if told is not None:
                self._send(told, b"")
            yield

    def _tell_film(self) -> None:
        film = self._session.value
        card = film_card(film, generator=self._playing.label)
        self._send(FilmSent(revision=self._session.revision, film=card), b"")

    def _tell_lists(self, before: Film, film: Film) -> None:
        """Tell the scenes whose card is another, or the film where more is."""
        if film is before:
            return
        if _frame_of(before) != _frame_of(film):
            self._tell_film()
            return
        for old, new in zip(before.scenes, film.scenes, strict=True):
            if old is new:
                continue
            card = scene_card(film, new)
            if card != scene_card(before, old):
                self._send(SceneSent(revision=self._session.revision, scene=card), b"")

    def _tell_history(self) -> None:
        entries = tuple(
            HistoryEntry(words=step.words) for step in self._session.history
        )
        self._send(
            HistorySent(
                revision=self._session.revision,
                entries=entries,
                at=self._session.at,
            ),
            b"",
        )

    def _tell_trouble(self) -> None:
        """Tell all pages once where the film can no longer be saved."""
        before, self._trouble = self._trouble, self._session.trouble
        if self._trouble not in ("", before):
            self._send(Refused(page="", asked="", text=self._trouble), b"")

    def _note_shot(
        self,
        before: tuple[Scene, Shot] | None,
        now: tuple[Scene, Shot],
        change: Change,
        *,
        recast: bool,
    ) -> None:
        """Note what of an open shot an edit of it, its scene or the cast changed."""
        scene, shot = now
        acted = recast or before is None or _acted(before[0]) != _acted(scene)
        untold = self._untold.setdefault(shot.id, set())
        if acted or before is None or before[1] != shot:
            untold.add("tracks")
        if acted or before is None or before[0].lights != scene.lights:
            untold.add("place")
        if acted or before is None or _span(before[1]) != _span(shot):
            self._unbaked.add(shot.id)
        if acted and not recast and change.open:
            untold.add("figures")

    def _tell_figures(self, staged: StagedScene, shot: Shot) -> None:
        """Tell where people are at the frames that pages show of a shot."""
        shown = {self._monitor.shown(page) for page in self._open}
        for name, frame in sorted(pair for pair in shown if pair is not None):
            if name == shot.id and frame < shot.length_frames:
                state = staged.at(shot, frame)
                self._send(*figures_sent(state, shot, revision=self._session.revision))

    def _tell_what_waits(self) -> None:
        """Tell what changed of open shots, and once no drag goes on their stage."""
        film, revision = self._session.value, self._session.revision
        baking = self._unbaked if not self._session.dragging else set()
        waiting = (self._untold.keys() | baking) & set(self._open.values())
        for scene, shot in film.shots if waiting else ():
            if shot.id not in waiting:
                continue
            staged, parts = self._staged(scene), self._untold.get(shot.id, set())
            if "tracks" in parts:
                self._send(*tracks_sent(staged, shot, revision=revision))
            if "place" in parts:
                self._send(place_sent(staged, revision=revision), b"")
            if "figures" in parts and self._session.dragging:
                self._tell_figures(staged, shot)
            if shot.id in baking:
                self._slices.start(shot.id, self._stage_steps(shot.id))
        self._untold.clear()
        baking.clear()

    def _stage_steps(self, name: str) -> Iterator[None]:
        """Bake an open shot, and send what those who have it open lack of it."""
        scene, shot = self._session.value.find_shot(name)
        baked = yield from self._playing.scene(self._session.value, scene).baked(shot)
        pages = [page for page, opened in self._open.items() if opened == name]
        if baked is None or not pages:
            return
        # Its light and its words may have changed meanwhile.
        scene, shot = self._session.value.find_shot(name)
        known = set.intersection(*(self._has[page] for page in pages))
        revision = self._session.revision
        sent = stage_sent(
            self._staged(scene), shot, baked, known=known, revision=revision
        )
        self._send(*sent)
        for has in self._has.values():
            has.update(block.key for block in sent[0].blocks if block.sent)

    def _tell_failed(self, error: Exception) -> None:
        text = str(error)
        if not isinstance(error, PrevizError):
            text = f"previz failed at a stage: {error!r:.200}. Please report it."
        self._send(Refused(page="", asked="open_shot", text=text), b"")

    def _forget(self, shot: str) -> None:
        self._slices.stop(shot)
        for page in [page for page, name in self._open.items() if name == shot]:
            del self._open[page]

    def _staged(self, scene: Scene) -> StagedScene:
        return self._playing.scene(self._session.value, scene).staged


def _name(content: object, field: str) -> str:
    """Return a word of a message that may be broken, to name it in the refusal."""
    value = content.get(field) if isinstance(content, dict) else ""
    return value[:80] if isinstance(value, str) else ""


def _is_last(content: object) -> bool:
    return isinstance(content, dict) and bool(content.get("last", True))


def _frame_of(film: Film) -> tuple[object, ...]:
    """Return what is on the film's card besides the scenes' own."""
    scenes = tuple((scene.id, scene.length_frames) for scene in film.scenes)
    return film.title, film.rate, film.medium, film.characters, scenes


def _acted(scene: Scene) -> tuple[object, ...]:
    """Return what decides where people and things are."""
    return (
        scene.set, scene.blocking, scene.props, scene.swings, scene.beats,
        scene.length_frames,
    )  # fmt: skip


def _span(shot: Shot) -> tuple[int, int]:
    return shot.first_frame, shot.length_frames
