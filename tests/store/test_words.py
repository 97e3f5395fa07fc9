"""The recovery words: each rule for the list that a program can hold, and the coding of a secret in words."""

import hashlib
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vpdesk.domain.errors import WordsMistypedError
from vpdesk.resources_path import resource_path
from vpdesk.store.words import WORD_COUNT, decode_words, encode_secret, load_words, suggest

# --- what the rules are made of

# Spelling to sound, applied in this order. Deliberately coarse: long and short vowels fall together, as do voiced and
# unvoiced consonants, so that the list keeps a wider distance than a careful listener needs.
SOUND_RULES: Final = tuple(
    (re.compile(spelling), sound)
    for spelling, sound in (
        rule.split(">")
        for rule in r"""
        eau>o ouw|auw|ou|au>A ij|ei>E ph>f th>t qu?>k x>ks y>i isch$>is ch>g c(?=[eiy])>s c>k tie$>si dt>t ae>a
        oe>O eu>U ui>Q ie>i uw>u z>s v>f d$>t b$>p en$>e (.)\1+>\1
        """.split()  # noqa: SIM905 - a table, read from left to right
    )
)

# Nothing in these words may be read as a threat, a diagnosis, a judgement of the reader or a part of the story that the
# reader may be living through. Matched anywhere inside a word.
STEMS_THAT_HURT: Final = tuple(
    """
    abort agressi alcohol angst arrest asiel beledig bedrei begraf beroof beschuld bevall bewap biecht bloed
    bochel boete boef bomaan borst bordeel brutaal bunker censuur chirurg cocai cognac condoom crimi dief dieven dildo
    dode dood doodse drank drugs dronk dwing dwang eenzaam eikel ellend erotiek failliet folter geheim geweer
    geweld gezwel gijzel grafst gruwel handicap heks heroi hijgen hitser hoer homo huil huiver incest jenever
    jeuk jood joden kanker kannibaal kapot kater kerker ketter kloot klote knuffel kogel koorts kots kreng kreupel
    krijs krot kruisig kwaal kwets kwijl lafaard leugen likeur litteken loser luguber marihuana martel masturb
    medicijn meineed misbruik misdaad mishandel moord moskee neuk nonnen ontslag onrecht oorlog opstand orgasm
    overval paniek parlement pedo penis pensioen pijn pistool plaag pleister porno pooier priester proost puist
    racis rouw ruzie sadis schaam schande schelden schiet schoft schuld seks sherry sigaar slaaf slaan slacht slang
    slecht sletten smeek soldaat sperma spook stank stakker stelen sterf stikken straf strijd strop stumper tabak
    tepel terreur tieten tiran trauma treur troost tumor urine varken verdoof verdriet vergif verkracht verlies
    vermoord verraad verslaaf vijand vloek vrees vuist waanzin wanhoop wapen whisky wodka wraak wreed wroeg zeik
    zelfmoord zeur ziekt zucht zuip zweep zweet zwijg zwak
    """.split()  # noqa: SIM905 - a column of quoted stems would be five times as long and no easier to review
)

# Short or many-sided stems, forbidden as whole words only ("arm" is a limb and a state of purse, "warm" is neither).
WORDS_THAT_HURT: Final = frozenset(
    """
    adder adem alarm anus baas baby bang beha beul bier blind bleek bloot blond boos boze braaf brand bruid buik bult cafe cel
    chef claim dame dames darm dief dik dikke dochter dokter dom domme dood doos dorst dun dwaas ezel gek gel
    geld gilde gluren god haat graf griep haai hals hand hart heilig held hel hemel heup heer hiel hoest honger hoop huid
    hulp idioot jagen jager kerk kers kerst kind kist klacht klap kleuter knie koe koning kreng kreun kruis kus kut
    kussen kwaad laf lafbek leger lening leraar lichaam liefde lijden lief lijk lip loon lui lul maag macht mager man meid
    meisje mens mis moe moed moeder mond moord muts naakt nar nazi neef nek nicht nier nood offer oma oog oom opa
    oor oordeel ouder pap partij pastor pater pech pik pil politie pooi preek prooi pruim puber rat raar rechter ros
    rug ruzie schoot sex slaaf slet slim smart snor sterk stil stom tand tante teen tiet tong touw traag traan trut
    uil vader vals vechten vet vies voet vriend vriendin vrouw vuur wang weduwe wees wijn wolf wond worst wrak zaad zak
    zeug zoon zorg zus badjas badpak bedtijd bekijken donker fluiten grendel jurk
    jurkje lekker opfokken naaien naroepen nalopen ophangen opsporen perron viaduct raket rails rammel riem roken stilte zuster zwaard ziek zoen zonde zwager zwart zweer
    """.split()  # noqa: SIM905 - as above
)

# The advisor's own trade: a recovery word must never look like part of a case.
STEMS_OF_THE_DOMAIN: Final = tuple(
    """
    melding melder klacht klager casus dader slachtoffer dossier gesprek vertrouw geheim integri onderzoek misstand
    pesten benadeel betrokken getuige bewijs doorgeef leidinggev nazorg rapport advies advise intimid discrimin
    afdeling directie bestuur collega kantoor werkgever werknemer anoniem
    """.split()  # noqa: SIM905 - as above
)

# Names that are ordinary Dutch words as well, or that an eye passes over as one.
NAMES: Final = frozenset(
    """
    amber anna arend bart bert best bram breda bruno china chili cuba daan delft doorn douwe eden elst emma essen eva
    floor fleur gamma goes hans haren hema hilde hoorn houten hugo ikea iris jaap jade jan jeep jasmijn joost jumbo kampen
    karwei kees kruidvat laren leiden lego linde lisa lotte malta margriet mark mars merel meppel nijverdal nokia olga omega panda
    parijs peter philips pien polaroid praxis putten rijn robijn robin roos rosa sander sanne senseo shell spa spanje sparta
    steven sven tarzan texel thijs tiel tina tom turkije unox urk vera venlo victor waal weert wibra willem zeeman
    zeist zwolle
    """.split()  # noqa: SIM905 - as above
)

VOWELS: Final = "aeiou"
SHORTEST, LONGEST, PREFIX, COUNT = 4, 8, 4, 2048


def sound_of(word: str) -> str:
    """The word as it is heard, coarsely: two words with one key may be mixed up when read aloud."""
    for spelling, sound in SOUND_RULES:
        word = spelling.sub(sound, word)
    return word


def one_slip_away(word: str) -> Iterator[str]:
    """Patterns that two words share exactly when one slip of the finger lies between them."""
    for at in range(len(word)):
        yield f"{word[:at]}?{word[at + 1 :]}"  # substitution; and, against the next line, insertion or deletion
    for at in range(len(word) + 1):
        yield f"{word[:at]}?{word[at:]}"


def swaps(word: str) -> Iterator[str]:
    """The word with each pair of unequal neighbours changed places."""
    for at, (left, right) in enumerate(pairwise(word)):
        if left != right:
            yield f"{word[:at]}{right}{left}{word[at + 2 :]}"


def plurals(word: str) -> Iterator[str]:
    """The forms that Dutch grammar may give the plural of a word, whether they exist or not."""
    stems = {word}
    if word[-1] not in VOWELS:
        stems.add(word + word[-1])
        softened = word[:-1] + {"f": "v", "s": "z"}.get(word[-1], word[-1])
        stems.add(softened)
        for stem in (word, softened):
            if len(stem) > 2 and stem[-2] == stem[-3] and stem[-2] in VOWELS:  # boom, bomen
                stems.add(stem[:-2] + stem[-1])
    for stem in stems:
        yield from (stem + ending for ending in ("s", "n", "en", "eren"))


def neighbours(words: tuple[str, ...]) -> set[tuple[str, str]]:
    """Pairs of words that one substitution, insertion, deletion or swap of neighbours turns into one another."""
    seen: dict[str, set[str]] = {}
    for word in words:
        for pattern in {word, *one_slip_away(word)}:
            seen.setdefault(pattern, set()).add(word)
    known = set(words)
    pairs = {(a, b) for group in seen.values() for a in group for b in group if a < b}
    return pairs | {(min(w, s), max(w, s)) for w in words for s in swaps(w) if s in known}


# --- the list

# Words on sheets of paper are read against this list for ever: once a release has handed out words, it never changes.
FINGERPRINT: Final = "72b3f670e18aa08d6a53205c98abe666b59ba0b6531e12e13c778b35549d85d4"


def test_the_list_is_the_one_that_sheets_were_printed_with() -> None:
    content = resource_path("words", "herstelwoorden.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == FINGERPRINT


def test_there_are_2048_different_words_in_alphabetical_order() -> None:
    assert len(load_words()) == COUNT
    assert list(load_words()) == sorted(set(load_words()))


def test_every_word_stands_on_a_line_of_its_own() -> None:
    text = resource_path("words", "herstelwoorden.txt").read_text(encoding="ascii")
    assert text == "".join(f"{word}\n" for word in load_words())


def test_every_word_has_four_to_eight_plain_small_letters() -> None:
    assert [word for word in load_words() if not re.fullmatch(rf"[a-z]{{{SHORTEST},{LONGEST}}}", word)] == []


def test_the_first_four_letters_tell_every_word_apart() -> None:
    assert len({word[:PREFIX] for word in load_words()}) == COUNT


def test_no_two_words_are_one_slip_of_the_finger_apart() -> None:
    assert neighbours(load_words()) == set()


@pytest.mark.parametrize(
    ("first", "second"),
    [("kaas", "baas"), ("laars", "laas"), ("hek", "heks"), ("bord", "brod"), ("molen", "molens"), ("appel", "papel")],
)
def test_the_search_for_slips_finds_a_pair(first: str, second: str) -> None:
    assert neighbours((first, second)) == {(min(first, second), max(first, second))}


@pytest.mark.parametrize(
    ("first", "second"), [("fiets", "flats"), ("boom", "bloem"), ("mand", "damn"), ("peer", "perp")]
)
def test_the_search_for_slips_leaves_words_two_slips_apart(first: str, second: str) -> None:
    assert neighbours((first, second)) == set()


def test_no_two_words_sound_alike() -> None:
    heard: dict[str, list[str]] = {}
    for word in load_words():
        heard.setdefault(sound_of(word), []).append(word)
    assert [words for words in heard.values() if len(words) > 1] == []


@pytest.mark.parametrize(
    "pair",
    """
    mijt=meid rauw=rouw koud=kauwt bureau=buro foto=photo tee=thee quiz=kis boks=box yoga=ioga logisch=logis lach=lag
    citer=sieter cactus=kaktus actie=aksi stad=stadt maan=maen duw=du zee=see vee=fee wand=want krab=krap molen=mole
    maan=man kier=kir oecumene=oekumene deuk=deuc buit=buid
    """.split(),  # noqa: SIM905 - a table
)
def test_the_sound_of_two_spellings_is_one(pair: str) -> None:
    first, second = pair.split("=")
    assert sound_of(first) == sound_of(second)


@pytest.mark.parametrize(("first", "second"), [("boek", "buik"), ("deur", "duur"), ("kaas", "koos"), ("tang", "tank")])
def test_words_that_sound_different_stay_apart(first: str, second: str) -> None:
    assert sound_of(first) != sound_of(second)


def test_no_word_is_the_plural_of_another() -> None:
    known = set(load_words())
    assert [(word, form) for word in load_words() for form in plurals(word) if form in known] == []


@pytest.mark.parametrize(
    ("word", "plural"),
    [
        ("boom", "bomen"),
        ("kat", "katten"),
        ("huis", "huizen"),
        ("duif", "duiven"),
        ("tafel", "tafels"),
        ("ei", "eieren"),
        ("bloem", "bloemen"),
        ("weide", "weiden"),
    ],
)
def test_the_search_for_plurals_knows_dutch_spelling(word: str, plural: str) -> None:
    assert plural in set(plurals(word))


def test_no_word_hurts_or_threatens() -> None:
    assert [word for word in load_words() for stem in STEMS_THAT_HURT if stem in word] == []
    assert WORDS_THAT_HURT.intersection(load_words()) == frozenset()


def test_no_word_belongs_to_a_case() -> None:
    assert [word for word in load_words() for stem in STEMS_OF_THE_DOMAIN if stem in word] == []


def test_no_word_is_a_name() -> None:
    assert NAMES.intersection(load_words()) == frozenset()


# --- the coding

SECRETS: Final = st.binary(min_size=20, max_size=20)
SECRET: Final = bytes(range(20))


@given(SECRETS)
def test_words_give_back_the_secret(secret: bytes) -> None:
    words = encode_secret(secret)
    assert len(words) == WORD_COUNT
    assert decode_words(words) == secret


@given(SECRETS)
def test_four_letters_of_each_word_give_back_the_secret(secret: bytes) -> None:
    assert decode_words([word[:4] for word in encode_secret(secret)]) == secret


@given(SECRETS, st.data())
def test_the_way_of_writing_down_does_not_matter(secret: bytes, data: st.DataObject) -> None:
    gap = st.sampled_from([" ", "\n", ", ", " ; ", "\t", "\r\n", "  ", ".\n"])
    number = st.sampled_from(["{}. ", "{}) ", "{} ", "{}", ""])
    case = st.sampled_from([str.upper, str.lower, str.title])
    text = "".join(
        data.draw(number).format(position) + data.draw(case)(word) + data.draw(gap)
        for position, word in enumerate(encode_secret(secret), start=1)
    )
    assert decode_words(text) == secret


def test_accents_and_the_ligature_of_ij_are_read_through() -> None:
    assert suggest("DÍAL") == ("dialoog",)
    assert suggest("kĳk") == suggest("kijk") != ()


def test_the_words_of_a_known_secret_never_change() -> None:
    assert (
        " ".join(encode_secret(SECRET))
        == "aalbes antwoord manier antwoord hitte afrit canvas chocola badlaken kandij giraf buidel aanrecht motto hengsel bakboord"
    )


@pytest.mark.parametrize("length", [0, 19, 21, 32])
def test_a_secret_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="20 bytes"):
        encode_secret(bytes(length))


@pytest.mark.parametrize("position", range(WORD_COUNT - 1))
def test_two_neighbours_that_changed_places_are_noticed(position: int) -> None:
    words = list(encode_secret(SECRET))
    words[position], words[position + 1] = words[position + 1], words[position]
    with pytest.raises(WordsMistypedError, match="passen niet bij elkaar"):
        decode_words(words)


@pytest.mark.parametrize("position", range(WORD_COUNT))
def test_another_word_of_the_list_in_one_place_is_noticed(position: int) -> None:
    words = list(encode_secret(SECRET))
    known = load_words()
    words[position] = known[(known.index(words[position]) + 1) % COUNT]
    with pytest.raises(WordsMistypedError, match="passen niet bij elkaar"):
        decode_words(words)


@given(SECRETS, st.integers(0, WORD_COUNT - 2), st.integers(0, COUNT - 1))
def test_another_word_never_gives_back_the_same_secret(secret: bytes, position: int, index: int) -> None:
    words = list(encode_secret(secret))
    assume(words[position] != load_words()[index])
    words[position] = load_words()[index]
    try:
        assert decode_words(words) != secret
    except WordsMistypedError as error:
        assert "passen niet bij elkaar" in error.sentence  # noqa: PT017 - one in 65,536 changes does not raise


def refusal(text: str | list[str]) -> str:
    with pytest.raises(WordsMistypedError) as caught:
        decode_words(text)
    return caught.value.sentence


def test_an_unknown_word_is_named_with_its_number_and_the_word_that_was_meant() -> None:
    words = list(encode_secret(SECRET))
    words[6] = "fietz"
    assert refusal(words) == "Woord 7, ‘fietz’, staat niet in de lijst. Bedoelt u ‘fiets’?"


@pytest.mark.parametrize("typed", ["feits", "fjiets", "fits", "viets", "fites"])
def test_a_slip_in_the_first_letters_still_finds_the_word(typed: str) -> None:
    assert "‘fiets’" in refusal(typed)


def test_swapped_neighbours_in_a_typed_word_count_as_one_slip() -> None:
    assert refusal("ihtterie").startswith("Woord 1, ‘ihtterie’, staat niet in de lijst. Kijk")
    assert refusal("feits").endswith("Bedoelt u ‘fiets’?")


def test_words_that_are_equally_near_are_all_offered_up_to_three() -> None:
    assert refusal("bal") == "Woord 1, ‘bal’, staat niet in de lijst. Bedoelt u ‘baai’, ‘balie’ of ‘bast’?"


def test_a_word_like_no_other_is_looked_up_on_the_sheet() -> None:
    assert refusal("qqqq").startswith("Woord 1, ‘qqqq’, staat niet in de lijst. Kijk op uw blad")


def test_three_letters_are_not_enough() -> None:
    assert "‘fie’" in refusal("fie")


def test_a_word_that_only_begins_well_is_unknown() -> None:
    assert "‘fietspad’" in refusal("fietspad")


def test_something_long_pasted_by_mistake_is_not_shown_in_full() -> None:
    assert "‘" + "q" * 20 + "…’" in refusal("q" * 50)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "Er zijn geen woorden ingevuld."),
        (1, "Er staat 1 woord, dat is 15 te weinig"),
        (15, "Er staan 15 woorden, dat is 1 te weinig"),
        (17, "Er staan 17 woorden, dat is 1 te veel"),
        (400, "Er staan 400 woorden, dat is 384 te veel"),
    ],
)
def test_another_number_of_words_is_refused(count: int, said: str) -> None:
    assert refusal(["fiets"] * count).startswith(said)


def test_suggestions_are_the_words_that_begin_with_what_was_typed() -> None:
    assert suggest("fiet") == ("fiets",)
    assert suggest(" FIET") == ("fiets",)
    assert suggest("fi") == tuple(word for word in load_words() if word.startswith("fi"))
    assert suggest("qq") == ()


def test_nothing_is_suggested_while_nothing_was_typed() -> None:
    assert suggest(" ") == ()


def test_a_bundle_says_itself_where_its_resources_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource_path("words", "herstelwoorden.txt") == tmp_path / "resources" / "words" / "herstelwoorden.txt"
