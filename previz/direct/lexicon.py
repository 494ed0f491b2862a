"""What the rules know of English: verbs, people, pronouns, times of day.

Plain tables, so that a rule reads as data. Another language finds nothing here and
degrades to no event: its sentences are still timed and still covered.
"""

from __future__ import annotations

from enum import StrEnum

from previz.model import TimeOfDay

__all__ = [
    "ABSENCES",
    "AGE_WORDS",
    "BEDS",
    "COLLECTIVES",
    "CROWDS",
    "DETERMINERS",
    "EMOTIONS",
    "FEMALE",
    "FEMALE_NAMES",
    "GROUND",
    "IRREGULAR",
    "MALE",
    "MALE_NAMES",
    "NEGATIONS",
    "NOT_PEOPLE",
    "NUMBERS",
    "PACES_M_S",
    "PACE_WORDS",
    "PERSON_NOUNS",
    "RESTING",
    "RUNNING",
    "SEATS",
    "STATIVE",
    "TIMES",
    "VERBS",
    "Kind",
    "word_set",
]


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


class Kind(StrEnum):
    """What happens in a sentence of action."""

    ENTER = "enter"
    EXIT = "exit"
    CROSS = "cross"
    APPROACH = "approach"
    FOLLOW = "follow"
    SIT = "sit"
    STAND = "stand"
    LEAN = "lean"
    CROUCH = "crouch"
    LIE = "lie"
    TURN = "turn"
    LOOK = "look"
    PICK_UP = "pick up"
    PUT_DOWN = "put down"
    HAND_OVER = "hand over"
    OFFER = "offer"
    CARRY = "carry"
    HANDLE = "handle"
    DROP = "drop"
    THROW = "throw"
    POUR = "pour"
    DRINK = "drink"
    READ = "read"
    PHONE = "phone"
    OPEN = "open"
    CLOSE = "close"
    KNOCK = "knock"
    PUSH = "push"
    POINT = "point"
    TOUCH = "touch"
    SHAKE_HANDS = "shake hands"
    WAVE = "wave"
    NOD = "nod"
    SHAKE_HEAD = "shake head"
    SHRUG = "shrug"
    DESPAIR = "despair"
    GATHER = "gather"
    LINE_UP = "line up"
    FEEL = "feel"
    EMBRACE = "embrace"
    STOP = "stop"
    REVEAL = "reveal"
    INSERT = "insert"
    SHINE = "shine"
    MOVE = "move"


_VERB_LISTS: dict[Kind, str] = {
    Kind.ENTER: "enter arrive appear emerge burst barge",
    Kind.EXIT: "exit leave depart flee vanish disappear",
    Kind.CROSS: "cross return retreat back wander",
    Kind.APPROACH: "approach join confront",
    Kind.FOLLOW: "follow trail chase pursue",
    Kind.SIT: "sit seat perch settle slump",
    Kind.STAND: "stand rise get",
    Kind.LEAN: "lean",
    Kind.CROUCH: "crouch kneel squat duck hide cower",
    Kind.LIE: "lie collapse",
    Kind.TURN: "turn spin pivot whirl",
    Kind.LOOK: "look watch stare gaze glance eye study regard peer glare see notice "
    "face examine inspect",
    Kind.PICK_UP: "pick grab take lift snatch grasp seize fetch retrieve collect steal "
    "scoop draw produce pocket unhook",
    Kind.PUT_DOWN: "put set place lay lower slap replace plant dump deposit slam slide",
    Kind.HAND_OVER: "hand give pass",
    Kind.OFFER: "offer extend show",
    Kind.CARRY: "hold carry clutch drag cradle clasp lug hoist haul wheel grip balance",
    Kind.HANDLE: "light fold unfold pull reach wipe cut shake wind load polish "
    "stir tear cock aim fish count tilt unwrap fill rip deal",
    Kind.DROP: "drop let release",
    Kind.THROW: "throw toss hurl fling chuck lob pitch",
    Kind.POUR: "pour",
    Kind.DRINK: "drink sip gulp swig swallow",
    Kind.READ: "read",
    Kind.PHONE: "answer phone dial",
    Kind.OPEN: "open unlock",
    Kind.CLOSE: "close shut lock",
    Kind.KNOCK: "knock rap",
    Kind.PUSH: "push shove",
    Kind.POINT: "point gesture",
    Kind.TOUCH: "touch pat stroke caress squeeze nudge tap poke",
    Kind.WAVE: "wave",
    Kind.NOD: "nod",
    Kind.SHRUG: "shrug",
    Kind.DESPAIR: "bury",
    Kind.GATHER: "gather huddle cluster assemble",
    Kind.LINE_UP: "line",
    Kind.FEEL: "smile grin frown laugh cry weep sob scowl wince sigh blush beam smirk "
    "giggle chuckle sneer tremble shudder grimace sulk gasp flinch brighten",
    Kind.EMBRACE: "embrace hug kiss",
    Kind.STOP: "stop freeze halt pause hesitate wait",
    Kind.REVEAL: "reveal",
    Kind.MOVE: "walk go come move head step stride hurry rush run sprint dash race "
    "creep sneak shuffle stroll march limp stagger stumble drift slip climb tiptoe "
    "storm pad amble bolt jog",
}

VERBS: dict[str, Kind] = {
    verb: kind for kind, verbs in _VERB_LISTS.items() for verb in verbs.split()
}
"""Kind of event by the verb's plain form."""

RESTING = word_set(
    "asleep sleep doze nap snooze slumber tied bound strapped handcuffed chained "
    "curled sprawled stretched tucked propped hunched"
)
"""Words for being at rest in or on something that says whether one sits or lies."""

VERBS |= dict.fromkeys(sorted(RESTING), Kind.LIE)

GROUND = word_set("floor ground grass rug carpet sand snow dirt pavement mud earth")
"""What people lie on where no bed is meant."""

BEDS = GROUND | word_set("bed mattress cot bunk hammock gurney stretcher pillow")
SEATS = word_set(
    "chair armchair seat bench stool sofa couch settee recliner rocker desk table "
    "wheel pew throne step steps booth bar counter log"
)
"""What people at rest in or on or at something sit on."""

RUNNING = word_set("run sprint dash race bolt flee chase rush hurry burst jog")
"""Verbs of people in haste."""

PACES_M_S: dict[str, float] = {
    "creep": 0.6, "sneak": 0.6, "tiptoe": 0.6, "shuffle": 0.7, "limp": 0.8,
    "stagger": 0.8, "drift": 0.8, "stumble": 0.9, "stroll": 0.9, "amble": 0.9,
    "wander": 0.9, "pad": 1.0, "drag": 0.9, "march": 1.5, "stride": 1.6, "storm": 1.9,
    "barge": 2.0, "hurry": 2.0, "rush": 2.3, "burst": 2.6, "jog": 2.6, "run": 3.2,
    "chase": 3.2, "pursue": 3.2, "flee": 3.6, "bolt": 4.0, "dash": 3.8, "race": 4.0,
    "sprint": 5.0,
}  # fmt: skip
"""Metres a second by how one goes; all else walks at 1.3 (Bohannon 1997)."""

PACE_WORDS: dict[str, float] = {
    "slowly": 0.65, "wearily": 0.65, "carefully": 0.7, "gingerly": 0.6,
    "quickly": 1.45, "briskly": 1.35, "swiftly": 1.45, "hurriedly": 1.5,
}  # fmt: skip
"""What an adverb makes of a pace."""

EMOTIONS: dict[str, tuple[str, float]] = {
    word: (emotion, strength)
    for emotion, strength, words in (
        (
            "joy",
            0.5,
            "smile smiling amused pleased wry wryly content "
            "brighten cheerful cheerfully warmly politely",
        ),
        (
            "joy",
            0.8,
            "grin grinning laugh laughing beam beaming happy happily delighted "
            "giggle chuckle joyful joyfully gleeful gleefully ecstatic elated merrily",
        ),
        (
            "sadness",
            0.6,
            "sad sadly sigh mournful mournfully gloomy sorrowful wistful "
            "wistfully hurt heartbroken sulk dejected forlorn",
        ),
        (
            "sadness",
            0.95,
            "cry crying weep weeping sob sobbing tears tearful tearfully "
            "grieving distraught devastated",
        ),
        (
            "anger",
            0.55,
            "frown frowning irritated annoyed testily coldly sharply "
            "sternly indignant indignantly bitterly",
        ),
        (
            "anger",
            0.9,
            "angry angrily furious furiously enraged scowl scowling glare "
            "glaring livid seething outraged snarling yelling shouting screaming",
        ),
        (
            "fear",
            0.65,
            "afraid scared frightened nervous nervously tremble trembling "
            "shudder flinch timidly anxiously",
        ),
        ("fear", 0.95, "terrified horrified petrified panicked panicking"),
        ("surprise", 0.7, "surprised startled puzzled incredulous gasp"),
        ("surprise", 0.95, "astonished amazed shocked stunned thunderstruck aghast"),
        ("disgust", 0.7, "disgusted revolted appalled grimace queasy"),
        (
            "contempt",
            0.6,
            "smirk smirking sneer sneering scornful scornfully sarcastic "
            "sarcastically dryly disdainful contemptuous smug smugly",
        ),
        (
            "worry",
            0.6,
            "worried anxious concerned uneasy uneasily troubled doubtful "
            "tense worriedly embarrassed blush",
        ),
        (
            "determination",
            0.7,
            "determined resolute resolutely firmly grimly defiant "
            "defiantly steely decisively",
        ),
        (
            "tenderness",
            0.6,
            "tenderly lovingly fondly softly gently kindly tender affectionately",
        ),
        ("pain", 0.8, "wince wincing pained agony agonised agonized groaning groan"),
        (
            "fatigue",
            0.65,
            "weary wearily tired tiredly exhausted sleepy sleepily drained "
            "yawning drowsy",
        ),
    )
    for word in words.split()
}
"""Emotion and strength by a word of action or of a parenthetical."""

IRREGULAR: dict[str, str] = {
    "sat": "sit", "stood": "stand", "rose": "rise", "risen": "rise", "lay": "lie",
    "lies": "lie", "lying": "lie", "lain": "lie", "knelt": "kneel", "came": "come",
    "went": "go", "goes": "go", "gone": "go", "ran": "run", "left": "leave",
    "took": "take", "saw": "see", "seen": "see", "froze": "freeze",
    "fled": "flee", "leant": "lean", "crept": "creep", "strode": "stride",
    "slept": "sleep", "gave": "give", "threw": "throw", "held": "hold",
    "drank": "drink", "drew": "draw", "wept": "weep", "laid": "lay", "shook": "shake",
    "tore": "tear", "stole": "steal", "flung": "fling",
}  # fmt: skip

STATIVE = frozenset({Kind.SIT, Kind.STAND, Kind.LEAN, Kind.CROUCH, Kind.LIE})
"""Kinds that, in a scene's first lines, say how it starts rather than what happens."""

NEGATIONS = word_set(
    "not never no nobody without cannot can't don't doesn't didn't isn't won't "
    "wouldn't couldn't hasn't refuses almost nearly"
)

DETERMINERS = word_set(
    "a an the his her their its my your our this that these those some another "
    "one two three four each every"
)

ABSENCES = word_set("photo photograph picture portrait named called about for")
"""A name soon after one of these is spoken of, not present."""

MALE = word_set("he him his himself")
FEMALE = word_set("she her hers herself")

GOWNS = word_set("dress gown skirt blouse petticoat")
"""What somebody who wears it is most likely a woman in."""

PERSON_NOUNS: dict[str, float | None] = dict.fromkeys(
    sorted(
        word_set(
 "agent assistant attendant baby bartender boss bouncer bystander captain cashier "
    "chef child clerk coach colleague conductor cook cop courier crowd customer dancer "
    "deputy detective doctor driver employee figure guard guest hiker hunter inspector "
    "intern janitor judge kid lawyer lieutenant manager mechanic messenger musician "
    "neighbor neighbour nurse officer operator owner paramedic passenger passerby "
    "patient patron pedestrian pianist pilot police porter priest projectionist ranger "
    "receptionist reporter sergeant sheriff shopkeeper soldier stranger student "
    "surgeon suspect teacher technician teenager thief thug tourist usher vendor "
    "victim worker writer"))
) | {
    "man": 0.0, "boy": 0.0, "guy": 0.0, "waiter": 0.0, "father": 0.0, "dad": 0.0,
    "son": 0.0, "husband": 0.0, "brother": 0.0, "uncle": 0.0, "grandfather": 0.0,
    "king": 0.0, "monk": 0.0, "gentleman": 0.0, "policeman": 0.0, "doorman": 0.0,
    "woman": 1.0, "girl": 1.0, "waitress": 1.0, "mother": 1.0, "mom": 1.0, "mum": 1.0,
    "daughter": 1.0, "wife": 1.0, "sister": 1.0, "aunt": 1.0, "grandmother": 1.0,
    "queen": 1.0, "nun": 1.0, "lady": 1.0, "hostess": 1.0, "actress": 1.0,
    "nephew": 0.0, "grandson": 0.0, "groom": 0.0, "butler": 0.0, "cowboy": 0.0,
    "niece": 1.0, "granddaughter": 1.0, "bride": 1.0, "widow": 1.0, "maid": 1.0,
    "policewoman": 1.0, "mr": 0.0, "sir": 0.0, "mrs": 1.0, "ms": 1.0, "miss": 1.0,
}  # fmt: skip
"""Femininity by a noun for a person; None where the noun does not say."""

AGE_WORDS: dict[str, float] = {
    "baby": 2, "toddler": 3, "child": 8, "kid": 9, "boy": 10, "girl": 10,
    "teen": 16, "teenage": 16, "teenager": 16, "student": 20, "intern": 22,
    "young": 24, "middle-aged": 48, "elderly": 74, "old": 72, "aged": 72,
    "grandfather": 74, "grandmother": 73, "ancient": 82, "grizzled": 58,
    "twenties": 25, "thirties": 35, "forties": 45, "fifties": 55, "sixties": 65,
    "seventies": 74, "eighties": 83,
}  # fmt: skip

NUMBERS: dict[str, int] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20,
}  # fmt: skip

COLLECTIVES = word_set("both all everyone everybody together the group others")
"""Cues that mean people who are already there."""

CROWDS = word_set(
    "crowd chorus voices audience mob group people guests students kids men women "
    "soldiers children choir"
)
"""Cues of many voices that are nobody's in particular."""

NOT_PEOPLE = word_set(
    "the a an and of to in on at int ext day night cut fade smash match dissolve "
    "insert close angle pov reveal continuous later super title end beat montage "
    "intercut wide shot series flashback ecu cu ms ls on back screen camera we "
    "slow motion vo os titles credits black white music silence tv usa uk nyc la ok "
    "slam slams bang crash boom knock knocks ring rings buzz buzzes beep beeps thud "
    "click clicks crack snap roar screech siren sirens gunshot gunshots explosion "
    "thunder whistle hum hiss rumble ding clang clatter"
)
"""Words in capitals that introduce nobody and are no thing to look at."""

TIMES = {
    "DAWN": TimeOfDay.DAWN,
    "DUSK": TimeOfDay.DUSK,
    "EVENING": TimeOfDay.DUSK,
    "NIGHT": TimeOfDay.NIGHT,
    "MORNING": TimeOfDay.DAY,
    "AFTERNOON": TimeOfDay.DAY,
    "DAY": TimeOfDay.DAY,
}
"""The light of the times that `previz.script.time_word` reads from a slugline."""

FEMALE_NAMES = word_set(
    "ada adele agnes alice amanda amelia amy ana andrea angela angie anita anna anne "
    "ann annie astrid audrey barbara beatrice becky bella beth betty beverly bianca "
    "brenda bridget brigitte camille carla carmen carol caroline cass cassie catherine "
    "cecilia celia charlotte cheryl chloe christina christine cindy claire clara clare "
    "claudia colette connie cora cynthia daphne deborah debbie delia denise diana "
    "diane dolores donna dora doris dorothy edith eileen elaine eleanor elena elise "
    "eliza elizabeth ella ellen eloise elsa emily emma erica erin esther eva eve "
    "evelyn fatima fiona flora freya gina gloria grace greta gwen hannah harriet "
    "heidi helen hilda ida imogen ines ingrid irene iris isabel isabella ivy jane "
    "janet janice jenny jennifer jess jessica jill joan joanna josephine josie joy "
    "joyce judith judy julia julie juliet june karen kate katherine kathleen katie "
    "kathy laura lauren leah lena lila lilian lily lina linda lisa liz lola loretta "
    "lois lorna lottie louisa louise lucille lucy lydia mabel madeleine maggie marcia "
    "margaret margot maria marianne marie marilyn marjorie marlene marta martha mary "
    "matilda maud maya mei melanie melissa mia michelle mildred millie mina mira "
    "miranda miriam moira molly monica muriel myra nadia nancy naomi natalie natasha "
    "nell nina noelle nora norma odette olga olivia ophelia paige pam pamela patricia "
    "paula pauline peggy penelope petra phoebe phyllis polly priya rachel rebecca "
    "rhoda rita roberta rosa rosalind rose rosie roxanne ruth sabrina sally samantha "
    "sandra sara sarah selma serena shannon sharon sheila shirley sofia sonia sophia "
    "sophie stella stephanie susan suzanne sylvia tamara tanya tara tess thelma "
    "theresa tina trudy ursula valerie vanessa vera veronica vivian wanda wendy "
    "wilhelmina winnie yolanda yuki yvonne zoe hanako keiko akiko sakura naoko"
)

MALE_NAMES = word_set(
    "aaron abe abel abraham adam ahmed al alan albert alex alfred ali amos andre "
    "andrew andy angelo anton antonio archie arnold arthur barney barry ben benjamin "
    "bernard bert bill billy bob bobby boris brad brandon brendan brent brett brian "
    "bruce bruno bryan caleb calvin cameron carl carlo carlos cecil cedric charles "
    "charlie chester chet chris christopher clarence claude clayton clint clyde colin "
    "connor conrad craig curtis cyril cyrus damian dan daniel danny darren dave david "
    "dean dell dennis derek desmond diego dirk dmitri dominic donald doug douglas "
    "duane dudley duncan dustin dwight dylan earl ed eddie edgar edmund edward eli "
    "elias elijah elliot elliott elmer emil eric ernest ernie ethan eugene evan ezra "
    "felix ferdinand finn floyd francis frank frankie franklin fred freddie frederick "
    "gabe "
    "gabriel gareth gary gavin geoffrey george gerald gideon gilbert giles glenn "
    "graham grant greg gregory gunther gus hal hank hans harold harry harvey hector "
    "henrik henry herbert herman homer horace howard hubert hugh hugo humphrey ian "
    "igor ira isaac ivan jack jacob jake james jared jason jasper jeff jeffrey jeremy "
    "jerome jerry jim jimmy joe joel joey john johnny jonah jonas jonathan jose "
    "joseph josh joshua juan jules julian julius justin karl keith ken kenneth kevin "
    "kirk klaus kurt kyle larry lars lawrence lee leo leon leonard leroy lester lewis "
    "liam lionel lloyd louis luca lucas luke luther magnus malcolm manuel marco "
    "marcus mario mark marshall martin marty marvin matt matthew maurice max "
    "maximilian mel melvin michael mick miguel mike miles milo milton mitch mohammed "
    "morris moses murray nate nathan nathaniel ned neil nelson nicholas nick nigel "
    "noah noel norman oliver ollie omar orson oscar oskar osman otis otto owen pablo "
    "patrick paul pedro perry pete peter phil philip phillip pierre quentin rafael "
    "ralph ramon randall randy raoul ravi ray raymond reggie reginald rex ricardo "
    "richard rick ricky rob robert roberto rocco rodney roger roland rolf ron ronald "
    "rory ross roy rudolf rudy rufus rupert russell ryan sam sammy samuel saul scott "
    "sean sebastian seth sergei seymour shane sid sidney silas simon solomon spencer "
    "stan stanley stefan stephen steve steven stewart stuart sven ted terence "
    "thaddeus theo theodore thomas tim timothy toby todd tom tommy tony travis trevor "
    "tristan vernon vic victor vince vincent vladimir wade wallace wally walter "
    "warren wayne wesley wilbur will willard william willie winston xavier yusuf "
    "zachary zack taro kenji hiroshi akira haruki takeshi"
)
