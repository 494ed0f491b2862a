"""Pictures that somebody is to look like: dropped into a page, and shown there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from previz.assets import (
    MOST_PICTURE_BYTES,
    asset_name,
    palette_of,
    read_picture,
)
from previz.edits import AddReference
from previz.errors import AssetError, UnknownNameError
from previz.session import Session
from previz.stage import NO_ASSETS, Assets, Picture
from previz.widgets.messages import (
    AskReference,
    ColorShare,
    DropPicture,
    ReferenceSent,
)

__all__ = ["pin_up", "pin_up_file", "read_dropped", "reference_sent"]


def read_dropped(buffers: Sequence[Any]) -> Picture:
    """Read the file that came beside a message of a page, which is not trusted.

    Raises:
        AssetError: If there is none, or it is no picture that is taken.
    """
    size = memoryview(buffers[0]).nbytes if buffers else 0
    if size > MOST_PICTURE_BYTES:
        raise AssetError(
            f"Reference.picture must be <= {MOST_PICTURE_BYTES >> 20} MB, got "
            f"{size / 2**20:.0f} MB. Drop in a smaller copy."
        )
    return read_picture(bytes(buffers[0]) if buffers else b"")


def pin_up_file(session: Session, character: str, data: bytes, *, name: str) -> None:
    """Pin up the picture of a file for a character.

    Args:
        session: The film.
        character: Their id.
        data: What is in the file.
        name: Of the file.

    Raises:
        AssetError: If it is no picture that is taken.
        UnknownNameError: If the film has no such character.
        ModelError: If so many are pinned up already.
    """
    picture = read_picture(data)
    with session.held():
        pin_up(session, DropPicture(character=character, name=name[:120]), picture)


def pin_up(session: Session, asked: DropPicture, picture: Picture) -> None:
    """Keep a picture with the film and pin it up for a character: one entry.

    Raises:
        UnknownNameError: If the film has no such character.
        ModelError: If so many are pinned up already.
    """
    before = session.value
    before.find_character(asked.character)
    name = asset_name(picture)
    had = session.assets or NO_ASSETS
    session.assets = had.with_asset(name, picture)
    try:
        session.apply(
            AddReference(character=asked.character, picture=name, name=asked.name)
        )
    except Exception:
        # An error in a listener leaves it pinned up all the same.
        if session.value is before:
            session.assets = had
        raise


def reference_sent(
    assets: Assets | None, asked: AskReference
) -> tuple[ReferenceSent, bytes]:
    """Return a picture of the film with its colours, and its JPEG.

    Raises:
        UnknownNameError: If the film's assets have no such picture.
    """
    kept = assets or NO_ASSETS
    picture = kept.picture(asked.picture)
    if picture is None:
        known = [name for name in kept if kept.picture(name) is not None]
        raise UnknownNameError("Reference.picture", asked.picture, known)
    palette = tuple(
        ColorShare(color=swatch.color, share=round(swatch.share, 4))
        for swatch in palette_of(picture)
    )
    return ReferenceSent(picture=asked.picture, palette=palette), picture.data
