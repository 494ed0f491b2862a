"""Proofs: a few finished frames of a take, and the rest whenever it is wanted."""

import json
import shutil
import sqlite3
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PIL import Image

from previz.errors import FilmFolderError, ModelError, PromoteError
from previz.film import Film
from previz.promote.backends import add_backend
from previz.promote.current import promoted_takes
from previz.promote.ledger import Ledger
from previz.promote.plan import Chunk, Forecast, Plan
from previz.promote.proof import proof_frames, rest_plan
from previz.queued import FilmQueue
from previz.widgets.fitted import fitted

CARDS = {"backend": "cards", "size": (32, 18)}


@pytest.fixture
def made():
    """The numbers of all frames that were made, by whomever."""
    return []


@pytest.fixture
def film(short_film, tmp_path, cards, made):
    class Counted(cards):
        def frame(self, task, number):
            made.append(number)
            return super().frame(task, number)

    add_backend("cards", Counted)
    film = Film(short_film(), generator="plain")
    film.save(tmp_path / "film")
    yield film
    add_backend("cards", cards)


def numbers(take):
    return [*take.frames.paths()]


@pytest.mark.parametrize(
    ("proof", "length", "frames"),
    [
        (True, 36, (0, 18, 35)),
        (True, 39, (0, 19, 38)),
        (5, 9, (0, 2, 4, 6, 8)),
        (2, 9, (0, 8)),
        (1, 9, (4,)),
        ((18, 0, -1), 36, (0, 18, 35)),
        (range(0, 9, 4), 9, (0, 4, 8)),
        (True, 3, ()),
        (7, 5, ()),
        (False, 36, ()),
    ],
)
def test_a_proof_is_of_first_middle_and_last_or_of_what_is_named(proof, length, frames):
    assert proof_frames(proof, length, slate="2B") == frames


@pytest.mark.parametrize("wrong", [0, -1, (), (0, 36), (1.5,), (True,), "first", 2.0])
def test_what_names_no_frames_of_the_shot_is_refused(wrong):
    with pytest.raises(ModelError, match=r"frames 0 to 35 of 2B, got .* proof=True"):
        proof_frames(wrong, 36, slate="2B")


def test_a_proof_makes_its_frames_and_the_promotion_the_rest(film, quick, made):
    proof = film["1B"].promote(**CARDS, proof=True, engine=quick)
    assert (proof.state, made, numbers(proof)) == ("proof", [0, 3, 6], [0, 3, 6])
    assert (proof.job.made_frames, proof.taken) == (3, None)
    kept = {path: path.stat().st_mtime_ns for path in proof.frames.paths().values()}
    whole = film["1B"].promote(**CARDS, engine=quick)
    assert (whole.hash, whole.state) == (proof.hash, "done")
    assert made == [0, 3, 6, 1, 2, 4, 5]
    told = {
        path.name: path.stat().st_mtime_ns for path in whole.frames.paths().values()
    }
    assert {path.name: at for path, at in kept.items()}.items() <= told.items()
    assert whole.taken.damage() == ""


def test_a_larger_proof_adds_frames_and_the_same_one_makes_nothing(film, quick, made):
    take = film["1B"].promote(**CARDS, proof=True, engine=quick)
    again = film["1B"].promote(**CARDS, proof=(0, 6), engine=quick)
    assert (made, again.job.attempts) == ([0, 3, 6], 1)
    wider = film["1B"].promote(**CARDS, proof=(2, -1), engine=quick)
    assert (wider.hash, wider.state, made) == (take.hash, "proof", [0, 3, 6, 2])
    assert wider.job.proof == (0, 2, 3, 6)


def test_a_frame_of_a_proof_that_is_gone_is_made_again(film, quick, made):
    take = film["1B"].promote(**CARDS, proof=True, engine=quick)
    take.frames.paths()[3].unlink()
    assert film["1B"].promote(**CARDS, proof=True, engine=quick).state == "proof"
    assert made == [0, 3, 6, 3]


def test_a_proof_of_a_whole_take_is_that_take(film, quick, made):
    whole = film["1B"].promote(**CARDS, engine=quick)
    proof = film["1B"].promote(**CARDS, proof=2, engine=quick)
    assert (proof.hash, proof.state, proof.job.proof) == (whole.hash, "done", ())
    assert len(made) == 7


def test_a_proof_that_asks_for_the_last_missing_frames_makes_the_take_whole(
    film, quick, made
):
    film["1B"].promote(**CARDS, proof=(0, 1, 2, 4, 5), engine=quick)
    take = film["1B"].promote(**CARDS, proof=True, engine=quick)
    assert (take.state, made) == ("done", [0, 1, 2, 4, 5, 3, 6])
    assert take.job.proof == ()


def test_a_whole_promotion_widens_a_proof_that_waits_and_is_not_narrowed(film, made):
    class Nobody:
        name = "nobody"

        def start(self, folder, job):
            pass

    one = film["1B"].promote(**CARDS, proof=True, engine=Nobody())
    assert one.job.proof == (0, 3, 6)
    assert film["1B"].promote(**CARDS, engine=Nobody()).job.proof == ()
    assert film["1B"].promote(**CARDS, proof=True, engine=Nobody()).job.proof == ()
    one.cancel()
    assert film["1B"].promote(**CARDS, proof=2, engine=Nobody()).job.proof == (0, 6)
    assert made == []


@pytest.mark.parametrize(
    ("first", "then", "ends"),
    [
        ({"proof": True}, {}, "done"),
        ({"proof": True}, {"proof": (1,)}, "proof"),
        ({}, {"proof": True}, "done"),
    ],
    ids=["whole", "wider", "not narrower"],
)
def test_what_is_asked_while_it_is_made_widens_it(
    film, quick, cards, made, first, then, ends
):
    class Asked(cards):
        def frame(self, task, number):
            if not made:
                film["1B"].promote(**CARDS, **then, engine=quick)
            made.append(number)
            return super().frame(task, number)

    add_backend("cards", Asked)
    take = film["1B"].promote(**CARDS, **first, engine=quick)
    assert take.state == ends
    asked = range(7) if ends == "done" else (0, 1, 3, 6)
    assert sorted(made) == numbers(take) == [*asked]


def test_a_proof_of_all_shots_is_in_no_cut_until_they_are_whole(film, quick, made):
    whole = film["1C"].promote(**CARDS, engine=quick)
    count = len(made)
    proofs = film.promote_all(**CARDS, proof=2, engine=quick)
    states = {job.slate: (job.state, job.made_frames) for job in proofs.jobs()}
    assert states.pop("1C") == ("done", whole.job.length_frames)
    assert {*states.values()} == {("proof", 2)}
    assert len(made) == count + 8
    shown = promoted_takes(film.value, proofs.place)
    assert {taken.hash for taken in shown.values()} == {whole.hash}


def test_a_backend_that_makes_frames_in_one_go_is_refused_before_anything(film, cards):
    class Clips(cards):
        def plan(self, order, *, length_frames, **told):
            plan = super().plan(order, length_frames=length_frames, **told)
            return replace(plan, chunks=(Chunk(0, length_frames),))

    add_backend("cards", Clips)
    for refused in (film["1B"].promote, film["1B"].promotion_plan, film.promote_all):
        with pytest.raises(PromoteError, match="one by one, got 'cards', which makes"):
            refused(**CARDS, proof=True)
    assert len(film.promotions) == 0


def test_a_plan_of_a_proof_counts_its_frames_alone(film, cards):
    class Dear(cards):
        def plan(self, order, **told):
            plan = super().plan(order, **told)
            return replace(plan, forecast=Forecast(seconds=70.0, cost_usd=1.4))

    add_backend("cards", Dear)
    plan = film["1B"].promotion_plan(**CARDS, proof=True)
    assert plan.forecast == Forecast(seconds=30.0, cost_usd=0.6)
    assert [chunk.first_frame for chunk in plan.chunks] == [0, 3, 6]
    assert "3 of 7" in repr(plan)
    assert "3 of 7" in plan._repr_html_()


def test_a_budget_holds_for_a_proof_and_for_what_widens_it(film, cards, quick):
    class Dear(cards):
        def plan(self, order, **told):
            plan = super().plan(order, **told)
            return replace(plan, forecast=Forecast(cost_usd=7.0))

    add_backend("cards", Dear)
    take = film.promote_all(["1B"], budget=3.5, proof=True, **CARDS, engine=quick)
    assert (take[0].state, take[0].frozen.order.budget_usd) == ("proof", 3.5)
    left = film.promote_all(["1B"], budget=3.5, **CARDS, engine=quick)
    assert left.left_out == ("1B",)
    # Three of its seven frames are there: the other four are what it costs.
    assert left.limits["1B"].needs == "4 of 7 frames would cost $4.00"
    whole = film.promote_all(["1B"], budget=9.0, **CARDS, engine=quick)
    assert (whole[0].state, whole[0].frozen.order.budget_usd) == ("done", 6.0)


def test_what_a_proof_has_cost_is_within_the_budget_of_the_whole_take(
    film, cards, quick
):
    allowed = []

    class Dear(cards):
        def plan(self, order, **told):
            plan = super().plan(order, **told)
            forecast = Forecast(cost_usd=7.0, seconds=4200.0)
            return replace(plan, forecast=forecast)

        def frames(self, task):
            allowed.append(task.budget_usd)
            task.spent(7.0)
            yield from super().frames(task)

    add_backend("cards", Dear)
    film.promote_all(["1B"], budget=3.5, proof=(0, 6), **CARDS, engine=quick)
    hours = film.promote_all(["1B"], hours=0.8, **CARDS, engine=quick)
    assert (
        hours.limits["1B"].needs
        == "5 of 7 frames would cost $5.00 and take about 50 min"
    )
    rest = film.promote_all(["1B"], budget=5.5, hours=0.9, **CARDS, engine=quick)
    assert (rest[0].state, allowed) == ("done", [3.0, 12.5])


def test_of_a_take_in_chunks_those_with_a_missing_frame_are_still_to_be_paid():
    chunks = (Chunk(0, 10, 0, 13), Chunk(9, 10, 1, 13), Chunk(18, 10, 1, 13))
    plan = Plan("grey", (32, 18), (32, 18), 28, chunks, forecast=Forecast(30.0, 8, 6.0))
    rest = rest_plan(plan, range(10))
    assert rest.chunks == chunks[1:]
    assert rest.forecast == Forecast(20.0, 8, 4.0)
    assert rest_plan(plan, range(9)) == plan
    assert rest_plan(plan, range(28)).forecast == Forecast(0.0, 8, 0.0)


def test_each_frame_of_a_proof_shows_below_its_preview(film, quick):
    take = film["1B"].promote(**CARDS, proof=True, engine=quick)
    html = take._repr_html_()
    assert html.count("data:image/jpeg") == 6
    assert "3 of 3 frames · proof of 7" in html
    assert html.index("preview") < html.index("promoted")
    stills = sorted(
        path.name for path in (take.frames.folder.parent / "stills").iterdir()
    )
    assert stills[:2] == ["000000.jpg", "000000.preview.jpg"]
    data, _ = take._repr_mimebundle_()
    assert data == {"text/html": html, "text/plain": repr(take)}
    whole = film["1B"].promote(**CARDS, engine=quick)
    assert not (whole.taken.folder / "stills").exists()


def test_proofs_of_a_film_are_one_sheet_in_the_order_of_the_cut(film, quick, tmp_path):
    film["1C"].promote(**CARDS, engine="inline")
    proofs = film.promote_all(**CARDS, proof=2, engine=quick)
    html = proofs._repr_html_()
    heads = [html.index(f">{slate}</b>") for slate in ("1A", "1B", "1C", "2A", "2B")]
    assert heads == sorted(heads)
    assert "The Last Reel" in html
    assert "5 shots · 11 frames · cards, standard, 32 × 18" in html
    assert html.count("data:image/jpeg") == 22
    assert proofs._repr_mimebundle_()[0]["text/html"] == html
    with Image.open(proofs.sheet(tmp_path / "proofs.png")) as sheet:
        tones = np.asarray(sheet.convert("L"))
    made = np.asarray(proofs[0].frame(0).convert("L"))[9, 20]
    assert (np.abs(tones.astype(int) - made) < 4).sum() > 256 * 100
    with pytest.raises(
        FilmFolderError, match=r"must end in \.png or \.jpg, got 'a\.pdf'"
    ):
        proofs.sheet(tmp_path / "a.pdf")


def test_a_long_proof_goes_on_below_itself(film, quick, tmp_path, monkeypatch):
    monkeypatch.setattr("previz.proofsheet._ACROSS", 2)
    proofs = film.promote_all(["1B"], **CARDS, proof=5, engine=quick)
    with Image.open(proofs.sheet(tmp_path / "five.png")) as sheet:
        assert sheet.width == 2 * 256 + 6 + 2 * 24
        assert sheet.height > 6 * 144


def test_a_narrow_sheet_says_what_there_is_room_for(film, quick, tmp_path):
    proofs = film.promote_all(["1B"], **CARDS, proof=1, engine=quick)
    assert "1 shot · 1 frame · cards" in proofs._repr_html_()
    with Image.open(proofs.sheet(tmp_path / "one.png")) as sheet:
        assert sheet.width == 256 + 2 * 24
        margin = np.asarray(sheet.convert("L"))[:50, -20:]
    assert margin.max() == margin.min()


def test_a_sheet_that_is_too_large_for_a_cell_says_so_and_is_whole_in_its_file(
    film, quick, tmp_path, monkeypatch
):
    proofs = film.promote_all(**CARDS, proof=2, engine=quick)
    whole = proofs._repr_html_()
    assert "more shot" not in whole
    part = partial(fitted, most_bytes=len(whole) // 2)
    monkeypatch.setattr("previz.proofsheet.fitted", part)
    html = proofs._repr_html_()
    assert len(html) < len(whole)
    left = sum(f">{slate}</b>" not in html for slate in ("1A", "1B", "1C", "2A", "2B"))
    assert left
    assert f"and {left} more shot" in html
    assert 'proofs.jpg") has all of them' in html
    with Image.open(proofs.sheet(tmp_path / "all.png")) as sheet:
        assert sheet.width * sheet.height > 5 * (2 * 256) * (2 * 144)


def test_what_a_budget_leaves_out_of_proofs_is_said_in_the_cell(film, cards, quick):
    class Dear(cards):
        def plan(self, order, **told):
            plan = super().plan(order, **told)
            return replace(plan, forecast=Forecast(cost_usd=7.0))

    add_backend("cards", Dear)
    none = film.promote_all(["1B", "1C"], budget=0.5, proof=1, **CARDS, engine=quick)
    data, _ = none._repr_mimebundle_()
    assert "Left out by the budget" in data["text/html"]
    for needed in ("1 of 7 frames would cost $1.00", "1 of 6 frames would cost $1.17"):
        assert needed in data["text/html"]
    assert "Nothing is promoted" not in data["text/html"]
    one = film.promote_all(["1B", "1C"], budget=1.6, proof=1, **CARDS, engine=quick)
    assert one.left_out == ("1C",)
    assert "$0.10 was left" in one._repr_mimebundle_()[0]["text/html"]


def test_no_promotions_make_no_sheet_and_no_ledger(film, tmp_path):
    with pytest.raises(PromoteError, match=r"Promotions\.sheet must be of .* got none"):
        film.promotions.sheet(tmp_path / "none.png")
    assert not (tmp_path / "none.png").exists()
    assert not film.promotions.place.ledger.exists()


def test_proofs_that_are_not_all_made_show_the_queue(film, quick):
    class Nobody:
        name = "nobody"

        def start(self, folder, job):
            pass

    proofs = film.promote_all(**CARDS, proof=True, engine=Nobody())
    assert "Waiting" in proofs._repr_html_()
    assert "0 of 3 frames · proof of 7" in proofs._repr_html_()


def test_a_budget_holds_for_what_widens_a_proof_while_it_is_made(film, cards, quick):
    left_out = []

    class Dear(cards):
        def plan(self, order, **told):
            plan = super().plan(order, **told)
            return replace(plan, forecast=Forecast(cost_usd=7.0))

        def frame(self, task, number):
            if not left_out:
                for budget in (6.0, 9.0):
                    more = film.promote_all(
                        ["1B"], budget=budget, **CARDS, engine=quick
                    )
                    left_out.append(more.left_out)
            return super().frame(task, number)

    add_backend("cards", Dear)
    (take,) = film.promote_all(["1B"], budget=3.0, proof=True, **CARDS, engine=quick)
    assert left_out == [("1B",), ()]
    assert (take.state, take.frozen.order.budget_usd) == ("done", 9.0)


def test_figures_of_a_proof_are_called_so_while_more_is_made(film, cards, quick):
    seen = []

    def told():
        (card,) = FilmQueue(film.promotions.place).cards()
        return card.state, card.figures_of, [row.value for row in card.adherence]

    class Watched(cards):
        def frame(self, task, number):
            seen.append(told())
            return super().frame(task, number)

    film["1B"].promote(**CARDS, proof=(0, 6), engine=quick)
    measured = {"verdict": "pass", "adherence": {"framing": "0.1 %"}}
    framing = [{"frame": frame, "value": "0.1 %", "good": True} for frame in (0, 6)]
    with sqlite3.connect(film.promotions.place.ledger) as db:
        db.execute(
            "UPDATE jobs SET came = ?", (json.dumps(measured | {"framing": framing}),)
        )
    db.close()
    assert told() == ("proof", "", ["0.1 %"])
    add_backend("cards", Watched)
    film["1B"].promote(**CARDS, engine=quick)
    assert {*map(str, seen)} == {str(("running", "its proof, frames 0, 6", ["0.1 %"]))}
    assert told() == ("done", "", [])


def test_a_take_that_is_lost_shows_no_figures_of_it_while_it_is_made_again(
    film, cards, quick
):
    take = film["1B"].promote(**CARDS, engine=quick)
    assert FilmQueue(take.place).cards()[0].files
    shutil.rmtree(take.taken.folder)
    seen = []

    class Watched(cards):
        def frame(self, task, number):
            seen.extend(FilmQueue(take.place).cards())
            return super().frame(task, number)

    add_backend("cards", Watched)
    film["1B"].promote(**CARDS, engine=quick)
    assert len(seen) == 7
    assert not any(card.verdict or card.files for card in seen)


def test_a_ledger_from_before_proofs_is_brought_up(film, quick):
    take = film["1A"].promote(**CARDS, engine=quick)
    with sqlite3.connect(take.place.ledger) as db:
        db.execute("ALTER TABLE jobs DROP COLUMN asked")
        db.execute("PRAGMA user_version = 1")
    db.close()
    with Ledger(take.place.ledger) as ledger:
        assert ledger.job(take.hash).proof == ()
    assert film["1B"].promote(**CARDS, proof=True, engine=quick).state == "proof"
