import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.german import fold, plain_gender, stem

FAMILIES = [
    "Rassismus rassistisch rassistische rassistischer Rassist Rassisten Rassistin Rassistinnen",
    "Diskriminierung Diskriminierungen diskriminiert diskriminieren diskriminierende",
    "Beratung Beratungen beraten Berater Beraterin Beraterinnen",
    "Beleidigung Beleidigungen beleidigt beleidigen",
    "Lehrer Lehrerin Lehrerinnen Lehrern Lehrers",
    "Opfer Opfern Opfers",
    "Wohnung Wohnungen",
    "Behörde Behörden",
    "Frau Frauen",
    "Mann Männer Männern Mannes",
    "Schule Schulen",
    "Schulung Schulungen",
    "Kind Kinder Kindern Kindes",
    "Arzt Ärzte Ärztin Ärztinnen",
    "Vermieter Vermieterin Vermieters",
    "Kollege Kollegen Kollegin Kolleginnen",
    "Amt Ämter Amtes",
    "Jude Juden Jüdin Jüdinnen",
    "Kurs Kurse Kursen Kurses",
    "Haus Häuser Hauses",
    "Kreis Kreise Kreises",
    "Ausweis Ausweise Ausweises",
    "kostenlos kostenlose kostenlosen",
    "Büro Büros",
    "Workshop Workshops",
    "Verein Vereine Vereins",
    "Termin Termine Termins",
    "Medizin medizinisch medizinische",
    "Sprache Sprachen sprachlich sprachliche",
    "Muslim Muslime muslimisch muslimischen",
    "Recht Rechte rechtlich rechtlichen",
    "Gesundheit gesundheitlich",
    "Freund Freundin Freunde",
    "Moschee Moscheen",
    "bedroht bedrohen Bedrohung bedrohte",
    "geflüchtet Geflüchtete Geflüchteter Geflüchteten",
    "Antisemitismus antisemitistisch",
    "umbringen umzubringen",
    "anzeigen anzuzeigen",
    "Führer Fuehrer Fuhrer",
    "Straße Strasse Straßen",
    "traurig traurige Traurigkeit",
    "Flüchtling Flüchtlinge Flüchtlingen",
    # verbs in -ern and -eln, and what is made of them
    "fördern fördert förderte Förderung Förderungen",
    "behindern behindert Behinderte Behinderung Behinderungen",
    "verweigern verweigert Verweigerung",
    "einwandern Einwanderer Einwanderung",
    "behandeln behandelt Behandlung Behandlungen",
    "misshandeln misshandelt Misshandlung",
    "vermitteln vermittelt Vermittlung",
    "zahlen zahlt Zahlung",
    "ausstellen Ausstellung",
    # a t that a verb loses, its noun loses too
    "leisten leistet Leistung Leistungen",
    "einrichten Einrichtung Einrichtungen",
    "veranstalten veranstaltet Veranstaltung",
    "finden findet finde",
    "bewerten bewertet Bewertung",
    "betreuen betreut Betreuung Betreuer",
    # the s before the rest of a compound
    "Beratung Beratungs",
    "Unterstützung Unterstützungs",
    "Gesundheit Gesundheits",
    "alleinerziehend Alleinerziehende Alleinerziehenden",
    "mitarbeiten Mitarbeiter Mitarbeiterin Mitarbeitende",
    "dringend dringende dringenden",
    "Spende Spenden spenden Spender",
    "verwenden verwendet Verwendung",
    "wichtig wichtige wichtigste wichtigsten",
    "benötigen benötigt benötigst",
    "Kenntnis Kenntnisse Kenntnissen",
    "Studium Studiums Studien",
    "Familienzentrum Familienzentrums Familienzentren",
    "informieren informiert informiere",
    "Papier Papiere Papieren",
    "Barriere Barrieren",
    "religiös religiöse religiösen",
    "verweisen verweist",
    "Schuld Schulden Schuldner Schuldnerin Schuldnern",
    "Rente Renten Rentner Rentnerinnen",
    "lernen lern",
    "ausgewiesen ausgewiesene ausgewiesenen",
    "Seminar Seminare Seminars",
    "Kalender Kalendern",
    "Jugend Jugendliche jugendlich",
]
STRANGERS = [
    ("Schule", "Schulung"),
    ("Mann", "man"),
    ("Recht", "Reichtum"),
    ("Gewalt", "Gewand"),
    ("Kontrolle", "Kontakt"),
    ("Wohnung", "Wahnung"),
    ("Gericht", "Gerücht"),
    ("Verein", "vor"),
    ("Termin", "Term"),
    ("Kurs", "Kur"),
    ("Tisch", "Tee"),
    ("gleich", "Glas"),
    ("Partner", "Partei"),
    ("Ordner", "Ort"),
    ("Hundert", "Hund"),
    ("Bewertung", "Bewerbung"),
    ("Spende", "Spange"),
    ("Reise", "Rassist"),
    ("Konzert", "Konto"),
]


@pytest.mark.parametrize("family", FAMILIES)
def test_forms_of_one_word_have_one_stem(family: str) -> None:
    assert len({stem(word.lower()) for word in family.split()}) == 1


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stem(one.lower()) != stem(other.lower())


@pytest.mark.parametrize("word", ["amt", "rat", "agg", "b2b", "110", "ab"])
def test_short_words_and_numbers_stay_whole(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Berater*innen", "Beraterinnen"),
        ("Berater:innen", "Beraterinnen"),
        ("Berater_innen", "Beraterinnen"),
        ("Berater/-innen", "Beraterinnen"),
        ("Berater/innen", "Beraterinnen"),
        ("Berater(innen)", "Beraterinnen"),
        ("BeraterInnen", "Beraterinnen"),
        ("Berater·innen", "Beraterinnen"),
        ("LehrerIn", "Lehrerin"),
        ("ein:e Kolleg:in", "eine Kollegin"),
        ("Rom*nja", "Romnja"),
        ("trans*", "trans*"),  # nothing follows: `words` drops the star
        ("Notruf: 110", "Notruf: 110"),
        ("und/oder", "und/oder"),
        ("HIV IBAN", "HIV IBAN"),
    ],
)
def test_gender_forms_become_plain(typed: str, plain: str) -> None:
    assert plain_gender(typed) == plain


@pytest.mark.parametrize(
    ("word", "folded"),
    [("müller", "muller"), ("mueller", "muller"), ("größe", "grosse"), ("neue", "neue"), ("quelle", "quelle")],
)
def test_umlauts_typed_as_two_letters_meet_the_others(word: str, folded: str) -> None:
    assert fold(word) == folded


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüß", max_size=60))
def test_a_stem_is_never_longer_and_never_empty(word: str) -> None:
    found = stem(word)
    assert len(found) <= len(word.replace("ß", "ss")) + 1  # -ist becomes -ism
    assert bool(found) == bool(word)
