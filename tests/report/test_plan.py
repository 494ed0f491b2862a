import re
from xml.etree import ElementTree

import pytest

from previz.model import Move, PlaceKey, Prop
from previz.report import plan_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(scene, film):
    return ElementTree.fromstring(plan_svg(scene, film))


def words(root):
    return [node.text for node in root.iter(f"{SVG}text")]


def test_the_plan_names_people_and_setups(short_film):
    film = short_film(moves=(Move.STATIC, Move.PUSH_IN))
    said = words(drawn(film.scenes[0], film))
    assert {"Ann", "Bo", "1A, 1C", "1B", "table", "1 m"} <= set(said)


def test_a_wall_is_open_at_its_door(short_film, edit_scene):
    film = short_film()
    with_door = plan_svg(film.scenes[0], film).count("<polygon")
    pieces = tuple(p.changed(openings=()) for p in film.scenes[0].set.pieces)
    shut = edit_scene(film, 0, set=film.scenes[0].set.changed(pieces=pieces))
    assert plan_svg(shut.scenes[0], shut).count("<polygon") < with_door


def test_the_axis_joins_the_two_who_speak(short_film, edit_scene):
    film = short_film()
    assert "180°" not in words(drawn(film.scenes[0], film))
    beats = list(film.scenes[0].beats)
    reply = beats[1].element.changed(character="BO")
    beats[2] = beats[2].changed(element=reply, character="p1")
    film = edit_scene(film, 0, beats=tuple(beats))
    assert "180°" in words(drawn(film.scenes[0], film))


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "a\"b'&", "\x00\x08bell", "日本"]
)
def test_names_are_text_whatever_they_hold(short_film, edit_scene, name):
    film = short_film(names=(name, "Bo"))
    scene = film.scenes[0]
    pieces = scene.set.pieces
    spot = scene.set.spots[0].changed(name=name)
    film = edit_scene(
        film,
        0,
        slugline=scene.slugline.changed(text=name),
        set=scene.set.changed(
            pieces=(*pieces[:-1], pieces[-1].changed(kind=name)), spots=(spot,)
        ),
        shots=tuple(
            shot.changed(slate=f"{name}{shot.slate}", subjects=())
            for shot in scene.shots
        ),
    )
    root = drawn(film.scenes[0], film)
    assert not list(root.iter(f"{SVG}script"))
    kept = re.sub(r"[\x00-\x08]", "", name)
    titles = [node.text for node in root.iter(f"{SVG}title")]
    assert kept in words(root)
    assert kept in titles, "the piece"
    assert any(t.startswith(f"{kept}1A") and " mm" in t for t in titles)
    assert f"Plan of scene 1: {kept}" in titles


def test_everything_lies_on_the_sheet(short_film):
    film = short_film(moves=tuple(Move))
    root = drawn(film.scenes[0], film)
    _, _, wide, high = map(float, root.get("viewBox").split())
    shown = float(root.get("width")), float(root.get("height"))
    assert shown[0] <= 860
    assert shown[1] <= 620
    assert shown[0] / shown[1] == pytest.approx(wide / high, rel=0.01)
    for circle in root.iter(f"{SVG}circle"):
        assert 0 < float(circle.get("cx")) < wide
        assert 0 < float(circle.get("cy")) < high
    for text in root.iter(f"{SVG}text"):
        assert 0 < float(text.get("x")) < wide
        assert 0 < float(text.get("y")) <= high


def test_labels_do_not_cover_each_other(short_film):
    film = short_film(lengths=((3,) * 8,), moves=tuple(Move)[:8], names=tuple("ABCDEF"))
    boxes = []
    for text in drawn(film.scenes[0], film).iter(f"{SVG}text"):
        if text.get("paint-order"):
            x, y, px = (float(text.get(k)) for k in ("x", "y", "font-size"))
            boxes.append((x, y - px, x + len(text.text) * px * 0.62, y))
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_a_plan_tells_when_marks_are_reached_and_where_props_are_left(short_film):
    film = short_film()
    scene = film.scenes[0]
    ann = scene.blocking[0]
    first = ann.marks[0].changed(arrive_frame=0, leave_frame=1)
    x, y, z = first.position_m
    there = first.changed(
        position_m=(x + 1.0, y, z), arrive_frame=24, leave_frame=48, via=()
    )
    piece = scene.set.pieces[-1].changed(id="letter")
    prop = Prop(piece=piece, keys=(PlaceKey(frame=9, position_m=(0.2, 0.7, 0.2)),))
    changed = scene.changed(
        blocking=(ann.changed(marks=(first, there)), *scene.blocking[1:]),
        props=(prop,),
    )
    said = words(drawn(changed, film))
    assert {"1 s", "letter"} <= set(said)


def test_a_shots_plan_shows_its_camera_only(short_film):
    film = short_film(moves=(Move.STATIC, Move.PUSH_IN))
    scene = film.scenes[0]
    root = ElementTree.fromstring(plan_svg(scene, film, shot=scene.shots[1]))
    assert "1B" in words(root)
    assert "1A, 1C" not in words(root)
