"""Proofs of many shots as one contact sheet: previews above what was promoted."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from previz.errors import FilmFolderError, PrevizError, PromoteError
from previz.folder import FilmFolder, write_atomic
from previz.given import path_given
from previz.queued import FilmQueue
from previz.widgets.fitted import fitted
from previz.widgets.proof_html import Pair, proof_html
from previz.widgets.queue_messages import ProofFrame, QueueCard

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

__all__ = ["ProofSheet", "checked_path"]

_PAPER, _INK, _QUIET, _DARK = "#1a1b1d", "#dcdcdc", "#93969b", "#0c0d0e"
_GOOD, _LOOK = "#3f9b6b", "#d9822b"
_STATES = {
    "queued": "waiting",
    "running": "running",
    "checking": "checking",
    "failed": "failed",
    "cancelled": "cancelled",
}
_PICTURE_PX = 256
_GAP_PX, _PAD_PX, _HEAD_PX, _FOOT_PX = 6, 24, 34, 22
_TITLE_PX = 62
_WIDE_PX, _BETWEEN_PX = 540, 12
"""Of a column in a cell of a notebook, and between three pictures in it."""
_FEW = 3
_ACROSS = 6
"""Frames of a shot beside each other; more stand below those."""
_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}


@dataclass(frozen=True)
class ProofSheet:
    """Some promotions of a film, looked at frame by frame.

    Attributes:
        place: The film's folder.
        takes: Hashes of the takes, in the order of the sheet.
    """

    place: FilmFolder
    takes: Sequence[str]

    def html(self) -> str:
        """Return the sheet as HTML that needs no script and no style sheet.

        It is 4 MB at most, which a notebook keeps well: the more frames there are, the
        smaller its pictures, from 320 pixels wide down to 112, and where that is still
        too much the last shots are missing, which is said. `save` writes every shot,
        with pictures of 256 pixels, however many there are.
        """
        queue = FilmQueue(self.place, self.takes)
        cards = self._cards(queue)

        def drawn(card: QueueCard, pair: Pair, longest_px: int) -> str:
            frames = proof_html(card, pair, longest_px)
            return f'<div style="min-width:0">{_head(card)}{frames}</div>'

        shots, longest_px = fitted(cards, drawn, queue.small_pair)
        wide_px = min(_FEW * longest_px * 9 // 10 + _BETWEEN_PX, _WIDE_PX)
        title, told = self._title(cards)
        more = len(cards) - len(shots)
        return (
            f'<div style="background:{_PAPER};color:{_INK};padding:16px 18px;'
            'font:12px/1.5 system-ui,sans-serif;border-radius:6px">'
            f'<div style="margin-bottom:12px"><b style="font-size:17px">{escape(title)}'
            f'</b> <span style="color:{_QUIET}">{escape(told)}</span></div>'
            '<div style="display:grid;gap:14px 22px;grid-template-columns:'
            f'repeat(auto-fill,minmax(min({wide_px}px,100%),1fr))">{"".join(shots)}'
            f"</div>{_missing(more)}</div>"
        )

    def save(self, path: Path | str) -> Path:
        """Write the sheet as one picture and return its path.

        Args:
            path: Of a .png or .jpg.

        Raises:
            FilmFolderError: If it ends otherwise or cannot be written.
            PromoteError: If no shot was promoted.
        """
        path = checked_path(path)
        raw, kind = io.BytesIO(), _FORMATS[path.suffix.lower()]
        self.picture().save(raw, kind, **({"quality": 92} if kind == "JPEG" else {}))
        write_atomic(path, raw.getvalue())
        return path

    def picture(self) -> Image:
        """Return the sheet as one picture.

        Raises:
            PromoteError: If no shot was promoted.
        """
        from PIL import Image as Images

        queue = FilmQueue(self.place, self.takes)
        cards = self._cards(queue)
        if not cards:
            raise PromoteError(
                "Promotions.sheet must be of promoted shots, got none. Promote some "
                "first: film.promote_all(proof=True)."
            )
        blocks = [_block(card, queue) for card in cards]
        width = max(block.width for block in blocks)
        height = max(block.height for block in blocks)
        columns = max(round(math.sqrt(len(blocks) * height / width)), 1)
        rows = -(-len(blocks) // columns)
        size = (
            columns * (width + _PAD_PX) + _PAD_PX,
            _TITLE_PX + rows * (height + _PAD_PX) + _PAD_PX,
        )
        sheet = Images.new("RGB", size, _PAPER)
        for number, block in enumerate(blocks):
            row, column = divmod(number, columns)
            across = _PAD_PX + column * (width + _PAD_PX)
            sheet.paste(block, (across, _TITLE_PX + row * (height + _PAD_PX)))
        _write_head(sheet, *self._title(cards))
        return sheet

    def _cards(self, queue: FilmQueue) -> list[QueueCard]:
        """Return the cards in the order of the sheet, whole takes by a few frames."""
        known = {card.job: card for card in queue.cards()}
        return [_few(known[take]) for take in self.takes if take in known]

    def _title(self, cards: Sequence[QueueCard]) -> tuple[str, str]:
        try:
            title = self.place.load().title
        except PrevizError:
            title = self.place.path.name
        frames = sum(len(card.proof) for card in cards)
        made = {
            f"{card.backend}, {card.quality}, {card.width_px} × {card.height_px}"
            for card in cards
        }
        told = [_counted(len(cards), "shot"), _counted(frames, "frame"), *sorted(made)]
        return title, " · ".join(told)


def checked_path(path: Path | str) -> Path:
    """Return where a sheet is to be written, if it can be of that kind.

    Raises:
        FilmFolderError: If it ends in neither .png nor .jpg.
    """
    path = path_given(path, "Promotions.sheet.path")
    if path.suffix.lower() not in _FORMATS:
        raise FilmFolderError(
            f"Promotions.sheet.path must end in .png or .jpg, got {path.name!r}. "
            "Write such as 'proofs.jpg'."
        )
    return path


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _few(card: QueueCard) -> QueueCard:
    """Return a card with frames to show, also if nobody asked for a proof."""
    from previz.promote.proof import proof_frames

    if card.proof:
        return card
    frames = proof_frames(_FEW, card.length_frames, slate=card.slate)
    shown = frames or range(card.length_frames)
    return card.changed(proof=tuple(ProofFrame(frame=frame) for frame in shown))


def _missing(shots: int) -> str:
    """Return what is said of shots for which there is no room."""
    if not shots:
        return ""
    return (
        f'<p style="color:{_QUIET};margin:12px 0 0">and '
        f"{_counted(shots, 'more shot')}, too many for a notebook: "
        '.sheet("proofs.jpg") has all of them.</p>'
    )


def _said(card: QueueCard) -> tuple[str, str]:
    """Return what is to be said of a shot at a glance, and in which colour."""
    if card.state in _STATES:
        return _STATES[card.state], _QUIET
    if not card.adherence:
        return ("", _QUIET) if card.state == "proof" else ("whole", _QUIET)
    word = "as directed" if card.verdict == "pass" else "to be looked at"
    word = word if card.state == "proof" else f"whole, {word}"
    return word, _GOOD if card.verdict == "pass" else _LOOK


def _head(card: QueueCard) -> str:
    said, color = _said(card)
    return (
        '<div style="display:flex;gap:8px;align-items:baseline">'
        f'<b style="font-size:15px">{escape(card.slate)}</b>'
        f'<span style="color:{_QUIET};overflow:hidden;white-space:nowrap;'
        f'text-overflow:ellipsis;flex:1">{escape(card.words)}</span>'
        f'<span style="color:{color}">{escape(said)}</span></div>'
    )


def _ink(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color[1:]))


def _write_head(sheet: Image, title: str, told: str) -> None:
    """Write a film's title and what is told of the sheet, as far as there is room."""
    from PIL import ImageDraw as Drawings

    from previz.cut.lettering import clip_text, draw_text

    draw, room = Drawings.Draw(sheet), sheet.width - 2 * _PAD_PX
    title = clip_text(title, px=24, width_px=room, style="bold")
    at = draw_text(draw, (_PAD_PX, 40), title, px=24, fill=_ink(_INK), style="bold")
    told = clip_text(told, px=16, width_px=room - at - 16)
    draw_text(draw, (_PAD_PX + at + 16, 40), told, px=16, fill=_ink(_QUIET))


def _block(card: QueueCard, queue: FilmQueue) -> Image:
    """Return one shot's frames with their previews above them, named."""
    from PIL import Image as Images
    from PIL import ImageDraw as Drawings

    from previz.cut.lettering import clip_text, draw_text, text_width

    tall = max(round(_PICTURE_PX * card.height_px / card.width_px), 1)
    high = 2 * tall + _GAP_PX + _FOOT_PX
    wide = min(len(card.proof), _ACROSS) * (_PICTURE_PX + _GAP_PX) - _GAP_PX
    lines = -(-len(card.proof) // _ACROSS)
    block = Images.new("RGB", (wide, _HEAD_PX + lines * high), _PAPER)
    draw = Drawings.Draw(block)
    at = draw_text(draw, (0, 24), card.slate, px=19, fill=_ink(_INK), style="bold")
    said, color = _said(card)
    draw_text(draw, (wide, 24), said, px=14, fill=_ink(color), right=True)
    room = wide - at - 12 - text_width(said, px=14) - 12
    words = clip_text(card.words, px=14, width_px=room)
    draw_text(draw, (at + 12, 24), words, px=14, fill=_ink(_QUIET))
    for number, frame in enumerate(card.proof):
        line, column = divmod(number, _ACROSS)
        at_px = column * (_PICTURE_PX + _GAP_PX), _HEAD_PX + line * high
        both = queue.small_pair(card.job, frame.frame)
        _paste(block, at_px, tall, both, tagged=number == 0)
        _foot(draw, (at_px[0], at_px[1] + high - 6), frame)
    return block


def _paste(
    block: Image,
    at: tuple[int, int],
    tall: int,
    both: tuple[bytes, bytes] | None,
    *,
    tagged: bool,
) -> None:
    """Put a frame below its preview; dark where there is none yet."""
    from PIL import Image as Images
    from PIL import ImageDraw as Drawings

    draw = Drawings.Draw(block)
    for row, jpeg in enumerate((None, None) if both is None else both[::-1]):
        down = at[1] + row * (tall + _GAP_PX)
        box = (at[0], down, at[0] + _PICTURE_PX - 1, down + tall - 1)
        draw.rectangle(box, fill=_DARK)
        if jpeg is not None:
            picture = Images.open(io.BytesIO(jpeg)).convert("RGB")
            block.paste(picture.resize((_PICTURE_PX, tall)), box[:2])
        if tagged:
            _tag(draw, (at[0], down + tall), ("preview", "promoted")[row])


def _tag(draw: ImageDraw, at: tuple[int, int], name: str) -> None:
    """Say in a picture's lower left corner what it is."""
    from previz.cut.lettering import draw_text, text_width

    left, bottom = at[0] + 6, at[1] - 6
    right = left + text_width(name, px=12) + 10
    draw.rounded_rectangle((left, bottom - 17, right, bottom), 3, fill=_DARK)
    draw_text(draw, (left + 5, bottom - 5), name, px=12, fill=_ink(_INK))


def _foot(draw: ImageDraw, at: tuple[int, int], frame: ProofFrame) -> None:
    """Say below a picture which frame it is, and how far its framing is off."""
    from previz.cut.lettering import draw_text

    number = f"{frame.frame} · " if frame.framing else str(frame.frame)
    done = draw_text(draw, at, number, px=13, fill=_ink(_INK))
    if frame.framing:
        good = _QUIET if frame.good is None else _GOOD if frame.good else _LOOK
        said = f"framing {frame.framing}"
        draw_text(draw, (at[0] + done, at[1]), said, px=13, fill=_ink(good))
