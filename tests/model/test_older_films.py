"""A film that an older version wrote opens with nothing said of its shots yet."""

import json

from sixty import sixty_shots

from previz.folder import FilmFolder
from previz.model import SCHEMA_VERSION, film_from_json


def test_a_folder_from_before_notes_and_status_opens(tmp_path):
    film = sixty_shots()
    raw = json.loads(film.to_json())
    raw["schema_version"] = 3
    for scene in raw["scenes"]:
        for shot in scene["shots"]:
            del shot["notes"], shot["status"]
    text = json.dumps(raw)
    assert film_from_json(text) == film
    (tmp_path / "film.json").write_text(text)
    opened = FilmFolder(tmp_path).load()
    assert opened.schema_version == SCHEMA_VERSION
    assert {shot.status for _, shot in opened.shots} == {"open"}
    assert all(shot.notes == () for _, shot in opened.shots)
