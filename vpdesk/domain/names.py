"""Whether two names, functions or matters may be the same: by what was heard on the telephone, not letter by letter.

Case, accents, titles, particles, order and initials make no difference, and a lone common name says nothing; what
counts and why is in docs/decisions/0014-role-conflicts.md.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_PARTICLE_WORDS: Final = (
    "van de der den het te ten ter tot in op aan bij von zu la le les du des da dos di el al bin en of"
)
_TITLE_WORDS: Final = "dhr mevr mw mevrouw meneer mijnheer heer drs dr ir ing mr prof bc bsc msc llm phd jhr"
_PARTICLES: Final = frozenset(_PARTICLE_WORDS.split())
_TITLES: Final = frozenset(_TITLE_WORDS.split())
_STROKES: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_PART: Final = re.compile(r"('[tsn]\b)|([^\W\d_](?:[^\W\d_]|'(?=[^\W\d_]))*)(\.?)")
_WORD: Final = re.compile(r"\w+")
_APOSTROPHES: Final = re.compile("[’‘`´ʼ]")
_AROUND: Final = ".,;:()[]\"'‘’“”"
_MOST_PARTS: Final = 12
_LEAST_LETTERS: Final = 2

_COMMON_WORDS: Final = """
jong jansen janssen janse jans vries berg dijk dyk bakker visser smit smits smid meijer meyer meier boer mulder
groot bos bosch vos peters peeters pieters hendriks leeuwen dekker brouwer wit dijkstra graaf meer linden kok jacobs
haan vermeulen heuvel veen broek bruijn bruin heijden heyden schouten beek willems vliet hoekstra maas verhoeven
koster dam prins blom huisman jonge kuipers kuiper kuijpers veenstra postma kramer brink scholten post vink wolff
wolf martens gerritsen timmermans timmerman groen bosman driessen sanders jonker claassen evers willemsen hermans
hermsen schipper kroon lange haas hart hoek horst laan leeuw ruiter rooij roos ven velden verbeek vonk wal wijk
zwart koning molenaar snijders hofman yilmaz kaya demir celik mohamed mohammed ahmed ali hassan nguyen singh khan
idrissi
"""
_FIRST_NAME_WORDS: Final = """
jan piet pieter peter johan johannes hans kees cornelis cor henk hendrik wim willem gerrit marie maria anna
anne anja johanna elisabeth els ria marja petra ingrid linda monique marieke sandra esther annemarie karin marian
mieke ellen tom tim bas mark marc rob robert paul erik eric frank martin marco patrick dennis jeroen sander bart
daan sem lucas emma sophie julia lisa eva laura sara sarah fatima aisha mehmet mustafa ibrahim ahmet youssef jaap
ton theo bert
"""
_FUNCTION_WORDS: Final = """
leidinggevende leiding manager teamleider teammanager teamhoofd ploegleider voorman directeur directie bestuurder
bestuur chef hoofd baas afdelingshoofd collega collegas medewerker medewerkster team groep docent begeleider
adviseur coordinator klant burger inwoner cursist student leerling stagiair afdeling
"""

FIRST_NAMES: Final = frozenset(_FIRST_NAME_WORDS.split())
"""The usual first names: with a capital inside a sentence, one is somebody."""

COMMON: Final = frozenset(_COMMON_WORDS.split()) | FIRST_NAMES
"""The usual surnames (without particles) and first names: so many people have one that alone it says nothing."""

_ANYONES: Final = frozenset(_FUNCTION_WORDS.split())
"""Functions that every organisation has more than once."""

_ENDS_FUNCTION: Final = (
    "manager", "leider", "leidster", "directeur", "directrice", "secretaris", "secretaresse", "bestuurder",
    "voorzitter", "wethouder", "meester", "griffier", "adviseur", "hoofd", "chef", "coordinator", "functionaris",
    "medewerker", "medewerkster", "arts", "officer", "consulent", "jurist", "controller", "afdeling", "bestuur",
    "directie", "receptie", "secretariaat", "ondernemingsraad", "personeelszaken",
)  # fmt: skip
"""How the usual functions and parts of an organisation end: they stand in a contact and name nobody."""

_ORGANISATION_WORDS: Final = """
stichting vereniging bv nv vof cv holding groep gemeente provincie waterschap bedrijf organisatie instituut bureau
zorg zorggroep welzijn kinderopvang opvang school college scholen onderwijs academie hogeschool universiteit
ziekenhuis kliniek huisartsen apotheek bibliotheek museum theater winkel fabriek bouw techniek diensten dienst
services advies beheer transport logistiek wonen woningcorporatie
locatie vestiging afdeling team teams sectie unit onderdeel faculteit gebouw kantoor filiaal regio wijk
noord zuid oost west midden centrum nederland algemeen centraal overig overige extern intern
directie bestuur leiding staf secretariaat receptie administratie financien hr hrm ict it or mt communicatie inkoop
verkoop productie planning onderhoud facilitair keuken schoonmaak kwaliteit veiligheid personeel
"""
_ANY_ORGANISATIONS: Final = frozenset(_ORGANISATION_WORDS.split())
"""Words that stand in the names of many organisations and of their units: alone they name none."""

_LINKS: Final = frozenset({"in", "op", "bij", "en", "of", "aan", "het"})
_BETWEEN_CONTACTS: Final = re.compile(r"[,;:()/\n\d@]+|\s+(?:en|of)\s+")
_ANY_MATTER: Final = frozenset({"kwestie", "zaak", "melding", "klacht", "gedrag", "over", "rond", "met"})


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name, folded; `initial` when it may be short for a longer one."""

    text: str
    initial: bool = False

    def fits(self, other: "Part") -> bool:
        """Return whether both may be the same part."""
        if self.initial and other.text.startswith(self.text):
            return True
        return self.text == other.text or (other.initial and self.text.startswith(other.text))


def folded(text: str) -> str:
    """Return a text without capitals, accents and strokes through letters."""
    if text.isascii():  # most names are, and a vault has thousands
        return text.replace("`", "'").lower()
    apart = unicodedata.normalize("NFKD", _APOSTROPHES.sub("'", text).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold().translate(_STROKES)


def parts_of(name: str) -> tuple[Part, ...]:
    """Return what a name consists of without titles and particles; a letter, or a part with a dot, is an initial."""
    found = []
    for article, word, dot in _PART.findall(folded(name)):
        plain = word.replace("'", "")
        if not article and plain not in _TITLES and plain not in _PARTICLES:
            found.append(Part(plain, initial=bool(dot) or len(plain) == 1))
    return tuple(found[:_MOST_PARTS])


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared: its parts, and the words among them, which are no initials."""

    parts: tuple[Part, ...]
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Name":
        """Read a name as somebody wrote it."""
        parts = parts_of(text)
        return cls(parts, frozenset(part.text for part in parts if not part.initial))

    @property
    def says_enough(self) -> bool:
        """Whether it can point at somebody: two parts, or one that few people have."""
        return bool(self.words) and (len(self.parts) > 1 or not self.words <= COMMON)

    def may_be(self, other: "Name") -> bool:
        """Return whether both may be of one person; symmetric.

        Every part of the shorter name has a part of its own in the longer one, and at least one of them is the same
        word.
        """
        if not self.words & other.words or not self.says_enough or not other.says_enough:
            return False
        few, many = sorted((list(self.parts), list(other.parts)), key=len)
        for part in [part for part in few if not part.initial and part in many]:
            if part in many:  # equal words may be paired with each other: who fits one of them fits the other
                few.remove(part)
                many.remove(part)
        return _all_paired(few, many)


def says_enough(name: str) -> bool:
    """Return whether a name can point at somebody."""
    return Name.of(name).says_enough


def may_be_same(one: str, other: str) -> bool:
    """Return whether two names may be of one person; symmetric."""
    return Name.of(one).may_be(Name.of(other))


def _all_paired(few: list[Part], many: list[Part]) -> bool:
    """Return whether each of the few can have one of the many for itself."""
    taken: dict[int, int] = {}

    def pair(one: int, tried: set[int]) -> bool:
        for at, other in enumerate(many):
            if at not in tried and few[one].fits(other):
                tried.add(at)
                if at not in taken or pair(taken[at], tried):
                    taken[at] = one
                    return True
        return False

    return all(pair(one, set()) for one in range(len(few)))


def words_of(name: str) -> frozenset[str]:
    """Return the words by which whoever may be the same is found: any two names that match share one."""
    return Name.of(name).words


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words that would give a name away in a text: `anyhow`, and those that are a name only with a capital.

    Those of `together` give a matter away where all of one set stand in one sentence.
    """

    anyhow: frozenset[str] = frozenset()
    with_capital: frozenset[str] = frozenset()
    together: frozenset[frozenset[str]] = frozenset()

    @classmethod
    def all_of(cls, said: Iterable["Spoken"]) -> "Spoken":
        """Return the words of all of them."""
        each = tuple(said)
        return cls(
            frozenset(word for one in each for word in one.anyhow),
            frozenset(word for one in each for word in one.with_capital),
            frozenset(words for one in each for words in one.together),
        )


def spoken(name: str) -> Spoken:
    """Return what gives a name away: the whole of it, and each of its words; a usual one (Jan, Bakker) with a capital.

    A letter gives nobody away, nor does a function that anyone may have.
    """
    anyhow, with_capital = set(), set()
    for written in (each.strip(_AROUND) for each in name.split()):
        words = {word for word in words_of(written) if len(word) >= _LEAST_LETTERS} - _ANYONES
        if words - COMMON or len(words) > 1:
            anyhow.add(written)
        elif words:
            with_capital.add(written)
    if (anyhow or with_capital) and len(parts_of(name)) > 1:
        anyhow.add(name.strip())
    return Spoken(frozenset(anyhow), frozenset(with_capital))


def spoken_function(function: str) -> Spoken:
    """Return what gives a function away: the whole of it, where it tells which one is meant."""
    return Spoken(frozenset({function.strip()} if function_words(function) else ()))


def is_function(word: str) -> bool:
    """Return whether a word is a function (*teamleider*), not a name that ends like one (*Aarts*)."""
    plain = folded(word)
    return plain in _ANYONES or (plain.endswith(_ENDS_FUNCTION) and not plain.endswith("aarts"))


def is_particle(word: str) -> bool:
    """Return whether a word stands in a name without being one, as *van* and *drs* do."""
    return folded(word).strip(_AROUND) in (_PARTICLES | _TITLES) - _LINKS


def spoken_contact(contact: str) -> Spoken:
    """Return what gives away who is named in a line about a contact: names only, with a capital.

    A function, a number, an address and the verb at the head of a line (*Bellen via de receptie*) name nobody.
    """
    found: set[str] = set()
    for piece in _BETWEEN_CONTACTS.split(contact):
        words = [word.strip(_AROUND) for word in piece.split()]
        names = [
            word
            for at, word in enumerate(words)
            if _may_be_surname(word) and not (at == 0 and words[1:] and _goes_on(words[1]))
        ]
        found.update(names)
    return Spoken(with_capital=frozenset(found))


def spoken_organisation(name: str, own: frozenset[str]) -> Spoken:
    """Return what gives away another organisation, or a unit of it: the name, and each telling word with a capital.

    `own` are the words of the organisation that the text is about, and of its units, which name no other. One
    word that many organisations have a unit for (*HR*, *Inkoop*) names none either.
    """
    words = [word.strip(_AROUND) for word in name.split()]
    known = {word: frozenset(_WORD.findall(folded(word))) - _PARTICLES for word in words}
    if not frozenset().union(*known.values()) - own:
        return Spoken()
    telling = {
        word
        for word, parts in known.items()
        if parts - own - _ANY_ORGANISATIONS and len(word) >= _LEAST_LETTERS and word[:1].isupper()
    }
    return Spoken(frozenset({name.strip()} if len(words) > 1 else ()), frozenset(telling))


def organisation_words(name: str) -> frozenset[str]:
    """Return the words of the name of an organisation."""
    return frozenset(_WORD.findall(folded(name)))


def _may_be_surname(word: str) -> bool:
    plain = folded(word)
    capital = word[:1].isupper() and not word.isupper() and len(word) >= _LEAST_LETTERS
    return capital and plain not in _PARTICLES | _TITLES and not plain.endswith(_ENDS_FUNCTION)


def _goes_on(word: str) -> bool:
    """Return whether a line goes on with a plain word, so that a capital before it is that of a sentence."""
    return word[:1].islower() and word not in _PARTICLES - _LINKS


def spoken_matter(matter: str) -> Spoken:
    """Return what gives a matter away: the words that tell which it is, together."""
    words = matter_words(matter)
    return Spoken(together=frozenset({words} if words else ()))


def _telling(text: str, empty: frozenset[str]) -> frozenset[str]:
    words = {word for word in _WORD.findall(folded(text).replace("'", "")) if len(word) >= _LEAST_LETTERS}
    telling = frozenset(words - _PARTICLES - _TITLES)
    return telling if telling - empty else frozenset()


def function_words(function: str) -> frozenset[str]:
    """Return the words of a function, none where it is a letter or one that anybody may have."""
    return _telling(function, _ANYONES)


def same_function(one: str, other: str) -> bool:
    """Return whether two functions are the same, whatever the order of their words."""
    words = function_words(one)
    return bool(words) and words == function_words(other)


def matter_words(matter: str) -> frozenset[str]:
    """Return the words of a matter that tell which it is."""
    return _telling(matter, _ANY_MATTER) - _ANY_MATTER


def same_matter(one: str, other: str) -> bool:
    """Return whether two matters may be the same: all telling words of one stand in the other; symmetric."""
    first, second = matter_words(one), matter_words(other)
    return bool(first and second) and (first <= second or second <= first)
