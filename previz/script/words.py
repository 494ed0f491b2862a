"""The words that headings and title pages are written in, in several languages."""

from __future__ import annotations

__all__ = ["INSIDE", "OUTSIDE", "REMARKS", "TIMES", "TIME_COMPANIONS", "TIME_PHRASES"]


def _listed(words: str, *, by: str | None = None) -> tuple[str, ...]:
    return tuple(words.split(by))


INSIDE = _listed(
    "INT INTERIOR INTÉRIEUR INTERIEUR INNEN INTERNO INTERNA ИНТ 内景 室内 屋内"
)

OUTSIDE = _listed(
    "EXT EST EXTERIOR EXTÉRIEUR EXTERIEUR AUSSEN AUßEN AUẞEN ESTERNO EXTERNA НАТ ЭКСТ "
    "外景 室外 屋外"
)

TIMES: dict[str, str] = {
    word: plain
    for plain, words in {
        "DAY": "DAY DAYTIME DAYLIGHT NOON MIDDAY TAG TAGS MITTAG JOUR MIDI DÍA DIA "
        "GIORNO ДЕНЬ 日 昼 白天 日内 中午 낮",
        "NIGHT": "NIGHT NIGHTTIME MIDNIGHT NACHT NACHTS NUIT MINUIT NOCHE NOITE NOTTE "
        "НОЧЬ 夜 深夜 夜晚 晚上 밤",
        "DAWN": "DAWN SUNRISE SUNUP PREDAWN DAYBREAK AUBE AMANECER ALBA "
        "MORGENDÄMMERUNG РАССВЕТ 夜明け 明け方 黎明 清晨 새벽",
        "DUSK": "DUSK SUNSET SUNDOWN TWILIGHT DÄMMERUNG ABENDDÄMMERUNG CRÉPUSCULE "
        "ATARDECER TRAMONTO ЗАКАТ 夕 夕方 夕暮れ 黄昏 傍晚",
        "MORNING": "MORNING MORGEN MORGENS MATIN MAÑANA MANHÃ MATTINA УТРО 朝 早朝 "
        "早晨 上午 아침",
        "AFTERNOON": "AFTERNOON NACHMITTAG APRÈS-MIDI TARDE POMERIGGIO 午後 下午 오후",
        "EVENING": "EVENING ABEND ABENDS SOIR SOIRÉE SERA ВЕЧЕР 晩 저녁",
        "CONTINUOUS": "CONTINUOUS CONT CONTINUING CONTINUA FORTLAUFEND CONTINU",
        "LATER": "LATER SPÄTER DESPUÉS",
        "SAME": "SAME SIMULTANEOUS",
    }.items()
    for word in _listed(words)
}
"""Words that name a time of day, each with its plain English word."""

TIME_PHRASES = {
    "MAGIC HOUR": "DUSK",
    "GOLDEN HOUR": "DUSK",
    "BLUE HOUR": "DUSK",
    "FIRST LIGHT": "DAWN",
    "LAST LIGHT": "DUSK",
    "MOMENTS AFTER": "LATER",
    "MOMENTS BEFORE": "SAME",
    "EARLIER": "SAME",
    "MOMENTS EARLIER": "SAME",
}
"""Times that no one of their words names."""

TIME_COMPANIONS = frozenset(
    _listed(
        "THE A NEXT THAT THIS EARLY LATE MID MOMENT MOMENTS MINUTE MINUTES HOUR HOURS "
        "DAYS WEEK WEEKS MONTH MONTHS YEAR YEARS FEW SEVERAL SOME OF TIME ACTION "
        "BEFORE AFTER PRE POST FOLLOWING PREVIOUS PRESENT ONE TWO THREE FOUR FIVE SIX "
        "TEN TWENTY AM PM EARLIER AT IN AND TO HIGH DEAD BROAD RIGHT JUST"
    )
)
"""Words that may stand beside a time: LATER THAT SAME NIGHT."""

REMARKS = frozenset(
    _listed(
        "FLASHBACK FLASHBACKS FLASHFORWARD DREAM NIGHTMARE FANTASY INTERCUT "
        "ESTABLISHING MONTAGE STOCK RAIN SNOW STORM RÜCKBLENDE 回想"
    )
)
"""Words that may follow a time and are no part of the place."""

TITLE_KEYS = _listed("title titel titre título titolo タイトル 标题")
"""Keys of a title page that name the film, lower case."""

AUTHOR_KEYS = _listed(
    "author,authors,writer,writers,written by,autor,auteur,autore,作者", by=","
)
"""Keys of a title page that name who wrote it, lower case."""

OTHER_KEYS = _listed(
    "credit,source,notes,date,draft date,draft,contact,copyright,revision,version,"
    "format,based on",
    by=",",
)
"""Other keys by which a title page is known, lower case."""
