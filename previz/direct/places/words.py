"""From the words of a slugline to the name of a template."""

from __future__ import annotations

# A table reads best with one entry a line.
# ruff: noqa: E501
import re
import unicodedata
from functools import cache

from previz.model import Setting

__all__ = ["EXTERIORS", "FRONTS", "WORDS", "example_of", "land_of", "template_for"]

WORDS: dict[str, str] = {
    "kitchen": "kitchen kitchenette scullery pantry galley canteen cuisine kueche kuche cocina cucina 台所 キッチン 厨房",
    "living room": "living_room livingroom lounge sitting_room parlour parlor drawing_room den apartment flat house home villa mansion living loft studio salon sejour wohnzimmer wohnung sala salotto appartement departamento piso casa maison haus 居間 リビング アパート 家 部屋 mobile_home trailer penthouse guest_house family_room",
    "bedroom": "bedroom bedchamber dormitory dorm nursery chambre schlafzimmer dormitorio habitacion camera_da_letto 寝室 barracks",
    "bathroom": "bathroom restroom toilet toilets washroom lavatory shower wc ladies_room mens_room salle_de_bain badezimmer bano bagno 浴室 トイレ 風呂",
    "office": "office offices study boardroom conference_room meeting_room headquarters newsroom bureau buero buro oficina ufficio 事務所 オフィス 会社 agency bank",
    "corridor": "corridor corridors hallway hall passage passageway hallways couloir flur korridor gang pasillo corridoio 廊下 tunnel entrance_hall landing courthouse city_hall town_hall museum embassy",
    "stairwell": "stairwell staircase stairs stairway steps escalier treppenhaus treppe escalera scala scale 階段",
    "bar": "bar pub nightclub club saloon speakeasy brewery casino kneipe 居酒屋 バー jazz_club cocktail_bar",
    "cafe": "cafe coffee_shop coffeehouse tea_room teahouse cafeteria kaffeehaus 喫茶店 カフェ bakery",
    "street": "street streets road avenue boulevard sidewalk pavement town city village square plaza market neighborhood neighbourhood downtown intersection crosswalk rue strasse straße calle via strada place_du platz 通り 道 街 街角 路上 bus_stop parking_lot car_park driveway block storefront crossroads bridge",
    "alley": "alley alleyway back_street backstreet lane courtyard ruelle gasse callejon vicolo 路地 裏通り yard loading_dock",
    "park": "park garden gardens playground lawn backyard orchard parc jardin garten jardin_public parque giardino 公園 庭 campus zoo picnic golf_course",
    "forest": "forest woods wood woodland jungle clearing grove trail foret wald bosque foresta bosco 森 林 山 mountain mountains thicket swamp creek riverbank",
    "rooftop": "rooftop roof roofs rooftops terrace balcony toit toits dach dachterrasse azotea tejado tetto 屋上 屋根 ベランダ helipad",
    "car": "car cab taxi sedan van truck vehicle suv limousine limo pickup voiture auto wagen coche macchina 車 車内 自動車 タクシー jeep police_car squad_car patrol_car ambulance",
    "cinema": "cinema movie_theater movie_theatre theater theatre auditorium screening_room picture_house kino cine 映画館 劇場 concert_hall opera",
    "projection booth": "projection_booth booth projection_room cabine projektionsraum cabina 映写室",
    "hospital room": "hospital_room hospital ward clinic sickroom infirmary patient_room icu emergency_room operating_room hopital krankenhaus krankenzimmer ospedale 病院 病室 surgery doctors_office",
    "classroom": "classroom class_room school schoolroom lecture_hall lecture_room university college salle_de_classe klassenzimmer schule aula 教室 学校 gymnasium",
    "church": "church chapel cathedral temple abbey monastery vestry eglise kirche iglesia chiesa 教会 寺 神社 mosque synagogue",
    "shop": "shop store bookstore bookshop supermarket grocery boutique pharmacy pawnshop drugstore mall antique_shop magasin laden geschaeft tienda negozio 店 本屋 商店 barbershop hardware_store gas_station petrol_station filling_station service_station service_area truck_stop gas_stop",
    "train platform": "platform train_station railway_station station subway_station metro_station subway railway tracks gare bahnhof bahnsteig estacion stazione 駅 ホーム quay",
    "beach": "beach shore seaside coast seashore dunes plage strand playa spiaggia 海 海岸 浜 浜辺 ocean sea lake",
    "field": "field fields meadow farm countryside prairie pasture hill hills hilltop hillside champ feld wiese campo prato 野原 畑 田んぼ 丘 country plain plains valley farmland cliff cornfield",
    "desert road": "desert_road desert_highway desert_crossroads two_lane two_lane_blacktop desert_roadside carretera_del_desierto",
    "desert": "desert badlands wasteland canyon salt_flat salt_flats desierto wuste 砂漠",
    "country road": "country_road dirt_road back_road highway freeway motorway interstate roadside open_road route autoroute landstrasse autobahn carretera autopista 国道 高速道路",
    "diner": "diner restaurant bistro brasserie eatery pizzeria fast_food burger_bar restaurante ristorante レストラン 食堂",
    "hotel room": "hotel_room motel_room motel suite hotel_suite guest_room",
    "hotel lobby": "hotel_lobby lobby hotel reception foyer hotelhalle 受付 ホテル",
    "waiting room": "waiting_room airport departure_lounge departure_hall terminal gate bus_terminal waiting_hall check_in aeroport flughafen wartezimmer aeropuerto 空港 待合室",
    "subway car": "subway_car subway_train train_car train_compartment compartment train carriage railway_carriage metro tram bus wagon zug tren treno 電車 地下鉄 バス",
    "interrogation room": "interrogation_room interview_room questioning_room verhorraum 取調室",
    "police station": "police_station precinct bullpen squad_room station_house sheriffs_office commissariat polizeiwache comisaria 警察署",
    "courtroom": "courtroom court tribunal gerichtssaal 法廷",
    "prison cell": "prison_cell cell jail prison holding_cell jail_cell lockup gefangnis carcel prigione 牢屋 独房",
    "warehouse": "warehouse factory depot storeroom storehouse hangar plant factory_floor lagerhaus fabrik almacen magazzino 倉庫 工場 barn shed stable",
    "garage": "garage workshop auto_shop body_shop repair_shop werkstatt taller officina ガレージ 工房",
    "laboratory": "laboratory lab labor laboratoire laboratorio 実験室 研究所 morgue autopsy_room",
    "library": "library reading_room archive bibliotheque bibliothek biblioteca 図書館",
    "theatre stage": "theatre_stage theater_stage stage backstage rehearsal_room buhne 舞台",
    "cabin": "cabin log_cabin hut lodge cottage chalet hutte cabana baita 小屋",
    "tavern": "tavern inn alehouse mead_hall great_hall taverne taberna taverna 酒場",
    "throne hall": "throne_hall throne_room castle palace castle_hall ballroom chateau schloss castillo castello 城",
    "camp": "camp campsite encampment campfire bivouac lager campamento キャンプ",
    "graveyard": "graveyard cemetery churchyard grave friedhof cementerio cimitero cimetiere 墓地",
    "pier": "pier dock docks jetty wharf quayside marina harbor harbour hafen puerto porto 港 桟橋",
    "boat deck": "boat_deck ship_deck deck boat ship yacht ferry sailboat schiff barco nave 船 甲板",
    "spaceship bridge": "spaceship_bridge spaceship starship spacecraft space_station cockpit control_room ship_bridge bridge_of_the_ship raumschiff 宇宙船",
    "house front": "",
}  # fmt: skip
"""Words of each template; `_` joins words that only count together."""

FRONTS: dict[str, str] = {
    "gas station": "gas_station petrol_station filling_station service_station service_area truck_stop gas_stop",
    "public front": "hospital ward clinic infirmary icu emergency_room surgery school university college gymnasium police_station precinct headquarters newsroom laboratory lab airport dormitory dorm barracks library cinema movie_theater movie_theatre office_building",
    "classical front": "courthouse courtroom city_hall town_hall museum bank embassy opera concert_hall auditorium",
    "church front": "church chapel cathedral abbey monastery vestry nave eglise kirche iglesia chiesa 教会",
}  # fmt: skip
"""Buildings that have a front of their own when they are seen from outside."""

EXTERIORS = frozenset(
    {
        "street", "alley", "park", "forest", "rooftop", "train platform", "beach",
        "field", "house front", "neutral exterior", "desert", "desert road",
        "country road", "camp", "graveyard", "pier", "boat deck", *FRONTS,
    }
)  # fmt: skip

HOMES = frozenset(
    {
        "house",
        "home",
        "villa",
        "mansion",
        "cottage",
        "cabin",
        "casa",
        "maison",
        "haus",
        "家",
    }
    | {"bungalow", "porch"}
)

OF = re.compile(
    r"\b(?:of|at|in|inside|outside|near|above|behind|on|by|du|de la|de l|des|de|der|des|im|am|del|della|dello|di)\b"
)


def _plain(text: str) -> str:
    """Lower case without accents or possessives; words parted by single spaces."""
    lowered = text.lower().replace("ß", "ss").replace("’", "'")
    lowered = re.sub(r"'s\b|s'(?=\s)", " ", lowered)
    parted = unicodedata.normalize("NFKD", lowered)
    bare = "".join(c for c in parted if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", bare)


def _lookup() -> dict[str, str]:
    return {
        _plain(word).replace("_", " "): template
        for template, words in WORDS.items()
        for word in words.split()
    }


LOOKUP = _lookup()
FRONT_OF = {
    word.replace("_", " "): front
    for front, words in FRONTS.items()
    for word in words.split()
}
ROADS = re.compile(r"\b(?:road|highway|route|freeway|crossroads)s?\b")
LANDS: dict[str, str] = {
    "desert": "arid", "desert road": "arid", "field": "green", "country road": "green",
    "forest": "green", "beach": "green", "camp": "green", "graveyard": "green",
    "pier": "green", "boat deck": "green",
}  # fmt: skip
"""Templates whose surroundings are open country, and of which kind."""


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """Compile a word's pattern once; re's own cache is too small for all of them."""
    if word.isascii():
        return re.compile(rf"(?<![a-z]){re.escape(word)}(?:s|es)?(?![a-z])")
    return re.compile(re.escape(word))


def _matches(text: str) -> list[tuple[int, int, str, str]]:
    """Find (end, length, word, template) of each known word in plain text."""
    found = []
    for word, template in LOOKUP.items():
        hits = [m.end() for m in _pattern(word).finditer(text)]
        found += [(end, len(word), word, template) for end in hits]
    return found


def _best(text: str) -> tuple[str, str] | None:
    """The last named place; of words ending there, the longest."""
    found = _matches(text)
    if not found:
        return None
    _, _, word, template = max(found)
    return word, template


def _head(part: str) -> tuple[str, str] | None:
    """What a phrase names: the words before its first "of", else any."""
    cut = OF.split(part, maxsplit=1)
    return _best(cut[0]) or _best(part)


def template_for(place: str, *, setting: Setting) -> str:
    """Name the template for a slugline's place.

    The most specific part wins: the last part that is known between dashes,
    slashes, commas and brackets, and in it the last word before an "of".

    Args:
        place: As written: `JOE'S BAR - KITCHEN`.
        setting: Inside or outside; rooms seen from outside become their street.
    """
    outside = setting is Setting.EXTERIOR
    match: tuple[str, str] | None = None
    for part in reversed(re.split(r"\s[-–—]+\s|[/,;:()\[\]]|--", _plain(place))):
        match = _head(part.strip())
        if match:
            break
    if match is None:
        return "neutral exterior" if outside else "neutral interior"
    word, template = match
    if template == "desert" and ROADS.search(_plain(place)):
        return "desert road"
    if not outside:
        return template
    if word in FRONT_OF:
        return FRONT_OF[word]
    if word in HOMES:
        return "house front"
    if template not in EXTERIORS:
        return "street"
    return template


def land_of(place: str, *, setting: Setting, before: str) -> str:
    """Name what lies around once the story has been here: arid, green or city.

    Interiors and filling stations say nothing and keep what was there before.

    Args:
        place: As written in the slugline.
        setting: Inside or outside.
        before: What lay around until now, or empty.
    """
    if setting is not Setting.EXTERIOR:
        return before
    template = template_for(place, setting=setting)
    if template in ("gas station", "neutral exterior"):
        return before
    return LANDS.get(template, "city")


def example_of(template: str) -> tuple[str, Setting]:
    """Return a slugline's place and setting that ask for a template."""
    setting = Setting.EXTERIOR if template in EXTERIORS else Setting.INTERIOR
    if template.startswith("neutral"):
        return "SOMEWHERE", setting
    words = FRONTS.get(template) or WORDS.get(template) or "house"
    return words.split()[0].replace("_", " ").upper(), setting
