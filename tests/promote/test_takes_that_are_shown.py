"""Which of several takes of a shot is shown in its cut."""

from previz import promotion
from previz.promote.current import promoted_takes
from previz.promote.finishing import Finished, film_take
from previz.promote.work import work
from previz.promotion import Promotion


def test_a_take_that_failed_its_shot_does_not_displace_one_that_passed(shop):
    def judged(frozen, footage, store, part):
        film_take(frozen, footage, store, part)
        return Finished("retry" if frozen.order.seed else "pass")

    first = shop.queue()
    assert work(shop.place.path, first, finisher=judged) == "done"
    other = shop.queue(seed=5, quality="final")
    assert work(shop.place.path, other, finisher=judged) == "review"
    (shown,) = promoted_takes(shop.film, shop.place).values()
    assert shown.hash == first


def test_a_take_that_failed_its_shot_is_shown_where_there_is_no_other(shop):
    def judged(frozen, footage, store, part):
        film_take(frozen, footage, store, part)
        return Finished("retry")

    work(shop.place.path, shop.queue(), finisher=judged)
    (shown,) = promoted_takes(shop.film, shop.place).values()
    assert shown.frozen.order.seed == 2


def test_a_large_take_is_not_kept_in_the_notebook(shop, monkeypatch):
    take = Promotion(shop.place.path, shop.queue())
    work(shop.place.path, take.hash, finisher=film_take)
    assert "<video" in take._repr_html_()
    monkeypatch.setattr(promotion, "_MOST_BYTES", 100)
    html = take._repr_html_()
    assert "<video" not in html
    assert f"promoted/{take.hash}/video.mp4" in html
    assert "image/jpeg" in html
