from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.languages import SHIPPED
from directory.vocabulary_files import (
    DIMENSION_VOCABULARY,
    FOLDER,
    REQUIRED_LANGUAGES,
    VocabularyError,
    read,
    read_all,
    read_translation,
    shipped,
)

LABELS = 'labels.de = "Rot"\nlabels.en = "Red"\nlabels.ar = "أحمر"\n'
GREEN = '[[term]]\nslug = "green"\nlabels.de = "Grün"\nlabels.en = "Green"\nlabels.ar = "أخضر"\n'

EVERY_TERM = [term for terms in shipped().values() for term in terms.values()]


def write(folder: Path, text: str, name: str = "colours") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_vocabularies_are_shipped() -> None:
    assert set(shipped()) == {
        "grounds", "ground_sets", "topics", "life_areas", "kinds_of_help", "target_groups", "sectors",
        "formats", "access_features", "modes", "roles", "operator_types", "what", "who", "asker", "wish",
        "office", "time", "notices", "concerns", "education_stages",
    }  # fmt: skip


def test_every_dimension_has_its_vocabulary() -> None:
    assert set(DIMENSION_VOCABULARY.values()) <= set(shipped())


def test_every_shipped_label_in_arabic_is_written_in_arabic() -> None:
    assert [term.where for term in EVERY_TERM if not is_arabic(term.labels["ar"])] == []


def is_arabic(label: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in label)


def test_no_shipped_synonym_repeats_its_label_or_itself() -> None:
    for term in EVERY_TERM:
        for code, words in term.synonyms.items():
            assert len({*words, term.labels.get(code)}) == len(words) + 1, term.where


def test_a_shipped_term_knows_its_file_and_line() -> None:
    for term in EVERY_TERM:
        name, line, slug = term.where.split(":")
        header, first = (FOLDER / name).read_text(encoding="utf-8").splitlines()[int(line) - 1 : int(line) + 1]
        assert (header, first) == ("[[term]]", f'slug = "{slug.strip()}"')


def test_labels_of_one_vocabulary_can_be_told_apart() -> None:
    for terms in shipped().values():
        for code in REQUIRED_LANGUAGES:
            labels = [term.labels[code] for term in terms.values()]
            assert len(set(labels)) == len(labels)


def test_the_eight_tiles_stand_in_their_order_and_state_facts() -> None:
    concerns = sorted(shipped()["concerns"].values(), key=lambda term: term.order)
    assert [term.slug for term in concerns] == [
        "violence", "authorities", "work", "housing", "school", "everyday", "online", "distress",
    ]  # fmt: skip
    assert all(term.extra["facts"] for term in concerns)


def test_terms_keep_the_order_of_the_file(tmp_path: Path) -> None:
    terms = read(write(tmp_path, f'{GREEN}\n[[term]]\nslug = "red"\n{LABELS}'))
    assert [(term.slug, term.order) for term in terms.values()] == [("green", 1), ("red", 2)]


def test_a_term_is_read_completely(tmp_path: Path) -> None:
    text = (
        f'{GREEN}\n[[term]]\nslug = "red"\nparent = "green"\nalso_under = ["green"]\norder = 7\nwarm = true\n'
        f'{LABELS}synonyms.de = ["rötlich"]\nsynonyms."" = ["rosso"]\n'
    )
    red = read(write(tmp_path, text))["red"]
    assert (red.parent, red.also_under, red.order) == ("green", ("green",), 7)
    assert red.labels == {"de": "Rot", "en": "Red", "ar": "أحمر"}
    assert red.synonyms == {"de": ("rötlich",), "": ("rosso",)}
    assert red.extra == {"warm": True}


@pytest.mark.parametrize(
    ("text", "line", "complaint"),
    [
        ("[[term]]\nslug = \n", 2, "no valid TOML"),
        ('title = "Colours"\n', 1, "nothing else"),
        ('term = "red"\n', 1, "nothing else"),
        ("term = [1]\n", 1, "must be a table"),
        (f"{GREEN}\n[[term]]\n{LABELS}", 7, "needs a slug"),
        (f'[[term]]\nslug = "Rot!"\n{LABELS}', 1, "needs a slug"),
        (f"{GREEN}\n{GREEN}", 7, "stands here twice"),
        ('[[term]]\nslug = "red"\nlabels.de = "Rot"\n', 1, "labels.en is missing"),
        (f'[[term]]\nslug = "red"\n{LABELS}labels.xx = "?"\n', 1, "labels.xx: no such language"),
        (f'[[term]]\nslug = "red"\n{LABELS}labels.tr = " "\n', 1, "labels.tr must be words"),
        ('[[term]]\nslug = "red"\nlabels = "Rot"\n', 1, "labels must be a table"),
        (f'[[term]]\nslug = "red"\n{LABELS}synonyms.xx = ["?"]\n', 1, "synonyms.xx: no such language"),
        (f'[[term]]\nslug = "red"\n{LABELS}synonyms.de = "rosa"\n', 1, "synonyms.de must be a list"),
        (f'[[term]]\nslug = "red"\nsynonyms = ["rosa"]\n{LABELS}', 1, "synonyms must be a table"),
        (f'[[term]]\nslug = "red"\norder = "first"\n{LABELS}', 1, "order must be a number"),
        (f'[[term]]\nslug = "red"\nparent = 3\n{LABELS}', 1, "parent must be the slug"),
        (f'{GREEN}\n[[term]]\nslug = "red"\nparent = "blue"\n{LABELS}', 7, "parent “blue”"),
        (f'[[term]]\nslug = "red"\nparent = "red"\n{LABELS}', 1, "below itself"),
        (f'[[term]]\nslug = "red"\nalso_under = ["blue"]\n{LABELS}', 1, "also_under names “blue”"),
        (f'[[term]]\nslug = "red"\nalso_under = "green"\n{LABELS}', 1, "also_under must be a list"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, text: str, line: int, complaint: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        read(write(tmp_path, text))
    message = str(caught.value)
    assert message.startswith(f"colours.toml:{line}:")
    assert complaint in message
    assert "\n" not in message


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "colours.toml"
    path.write_bytes(GREEN.encode("utf-16"))
    with pytest.raises(VocabularyError, match=r"colours\.toml:1: .*UTF-8"):
        read(path)


@pytest.mark.parametrize(
    ("name", "key", "target"),
    [
        ("ground_sets", 'members = ["nowhere"]', "grounds"),
        ("office", 'level = "nowhere"', "who"),
        ("life_areas", 'who = "nowhere"', "who"),
        ("asker", 'acts_for = "nowhere"', "asker"),
        ("concerns", 'facts = { what = ["nowhere"] }', "what"),
        ("concerns", 'facts = { life_area = ["nowhere"] }', "life_areas"),
        ("concerns", "facts = { what = [1] }", "what"),
        ("concerns", "facts = { mood = [{}] }", "mood"),
    ],
)
def test_a_term_may_only_refer_to_terms_that_exist(tmp_path: Path, name: str, key: str, target: str) -> None:
    write(tmp_path, f'[[term]]\nslug = "red"\n{key}\n{LABELS}', name)
    with pytest.raises(VocabularyError, match=rf"{name}\.toml:1: red: .* no term of {target}\.toml"):
        read_all(tmp_path)


def test_facts_of_a_tile_must_be_a_table(tmp_path: Path) -> None:
    write(tmp_path, f'[[term]]\nslug = "red"\nfacts = "violence"\n{LABELS}', "concerns")
    with pytest.raises(VocabularyError, match="facts must be a table"):
        read_all(tmp_path)


def test_references_that_exist_are_accepted(tmp_path: Path) -> None:
    write(tmp_path, GREEN, "who")
    write(tmp_path, f'[[term]]\nslug = "red"\nlevel = "green"\n{LABELS}', "office")
    assert read_all(tmp_path)["office"]["red"].extra == {"level": "green"}


@given(
    st.recursive(
        st.one_of(st.booleans(), st.integers(-9, 9), st.sampled_from(['"de"', '"red"', '""', '"\\u0000"'])),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*SHIPPED, "x"]), inner),
        max_leaves=6,
    ),
    st.sampled_from(["slug", "labels", "synonyms", "parent", "also_under", "order", "labels.de", "term"]),
)
def test_whatever_stands_in_a_file_there_is_at_most_one_told_mistake(value: object, key: str) -> None:
    text = f"{GREEN}{key} = {toml(value)}\n"
    path = Path(__file__).parent / "never-written.toml"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_text", lambda *_args, **_kwargs: text)
        told = complaint(path)
    assert not told or told.startswith("never-written.toml:")


def complaint(path: Path) -> str:
    """Empty where the file is right; any other exception than the expected one fails the test."""
    try:
        terms = read(path)
    except VocabularyError as error:
        return str(error)
    assert all(code in term.labels for term in terms.values() for code in REQUIRED_LANGUAGES)
    return ""


def toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {toml(item)}' for key, item in value.items())} }}"
    return str(value)


def translation(folder: Path, text: str, language: str = "tr") -> Path:
    (folder / "translations").mkdir()
    path = folder / "translations" / f"{language}.toml"
    path.write_text(text, encoding="utf-8")
    return path


class TestFurtherLanguages:
    def test_their_words_join_the_term(self, tmp_path: Path) -> None:
        write(tmp_path, GREEN)
        text = (
            '[sources]\npaint = "https://paint.example"\n[colours.green]\nlabel = "Yeşil"\nsynonyms = ["zümrüt"]\n'
        )
        translation(tmp_path, text + 'seen = ["paint"]\n')
        green = read_all(tmp_path)["colours"]["green"]
        assert green.labels["tr"] == "Yeşil"
        assert green.synonyms["tr"] == ("zümrüt",)
        assert green.extra["awaiting"] == ["tr"]
        assert green.extra["seen"] == {"tr": ["https://paint.example"]}

    def test_what_is_checked_awaits_nobody(self, tmp_path: Path) -> None:
        write(tmp_path, GREEN)
        translation(tmp_path, '[colours.green]\nlabel = "Yeşil"\nchecked = true\n')
        assert "awaiting" not in read_all(tmp_path)["colours"]["green"].extra

    def test_a_term_nobody_has_is_told_with_its_line(self, tmp_path: Path) -> None:
        write(tmp_path, GREEN)
        translation(tmp_path, '# Turkish\n\n[colours.gren]\nlabel = "Yeşil"\n')
        with pytest.raises(VocabularyError, match=r"tr\.toml:3.*no term “gren”"):
            read_all(tmp_path)

    @pytest.mark.parametrize(
        ("text", "line", "complaint"),
        [
            ("[colours.green\n", 1, "no valid TOML"),
            ('[sources]\n\n[colours.green]\nlabel = ""\n', 3, "needs a label or synonyms"),
            ("[colours.green]\nlabel = 3\n", 1, "label must be words"),
            ('[colours.green]\nlabel = " Yeşil"\n', 1, "label must be words"),
            ('[colours.green]\nlabel = "Yeşil"\nsynonyms = "x"\n', 1, "synonyms must be a list"),
            ('[colours.green]\nlabel = "Yeşil"\nseen = ["paint"]\n', 1, "which [sources] does not have"),
            ('[colours.green]\nlabel = "Yeşil"\nchecked = "yes"\n', 1, "checked must be"),
            ('[colours.green]\nlabel = "Yeşil"\nlabels = "Yeşil"\n', 1, "unknown: labels"),
            ('colours = "green"\n', 1, "[vocabulary.term] tables"),
            ("sources = []\n", 1, "sources must be a table"),
        ],
    )
    def test_a_mistake_is_told_with_file_and_line(
        self, tmp_path: Path, text: str, line: int, complaint: str
    ) -> None:
        with pytest.raises(VocabularyError) as caught:
            read_translation(translation(tmp_path, text))
        assert str(caught.value).startswith(f"tr.toml:{line}:")
        assert complaint in str(caught.value)

    def test_an_unknown_language_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(VocabularyError, match="no such language"):
            read_translation(translation(tmp_path, "", "xx"))
