from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.dimensions import Facts, shipped
from referrals.guide import Guide, Option, Question, facts_from_answers, known_answers, read_facts
from referrals.guide_files import read
from referrals.guide_files import shipped as shipped_guide

WHAT = Question("what", "what", (Option("insult", {"what": ("insult",)}), Option("threat", {"what": ("threat",)})))
WHERE = Question(
    "where",
    "life_area",
    (
        Option("shop", {"life_area": ("goods_services",), "who": ("business",)}),
        Option("office", {"life_area": ("authorities",)}),
    ),
)
OFFICE = Question(
    "office",
    "office",
    (
        Option("police", {"office": ("police",), "life_area": ("police",)}),
        Option("nobody", {"who": ("private_person",)}),
    ),
    shown_if={"where": frozenset({"", "office"})},
)
GUIDE = Guide("test", (WHAT, WHERE, OFFICE), assumed={"what": ("insult",)})


def test_answers_state_facts() -> None:
    assert facts_from_answers(GUIDE, {"what": "threat", "where": "shop"}) == {
        "what": ("threat",),
        "life_area": ("goods_services",),
        "who": ("business",),
    }


def test_skipping_states_nothing() -> None:
    assert facts_from_answers(GUIDE, {}) == {}
    assert facts_from_answers(GUIDE, {"what": "", "where": "nonsense"}) == {}


def test_answers_add_to_each_other_and_to_what_the_concern_gave() -> None:
    found = facts_from_answers(GUIDE, {"where": "office", "office": "police"}, {"life_area": ("work",)})
    assert found == {"life_area": ("work", "authorities", "police"), "office": ("police",)}


@pytest.mark.parametrize("office", ["police", "nobody"])
def test_the_first_answer_that_says_whose_side_it_was_stands(office: str) -> None:
    shop = facts_from_answers(GUIDE, {"where": "shop"})
    assert facts_from_answers(GUIDE, {"where": "shop", "office": office}) == shop


def test_a_hidden_question_depends_on_an_earlier_answer() -> None:
    assert OFFICE.is_shown({})
    assert OFFICE.is_shown({"where": "office"})
    assert not OFFICE.is_shown({"where": "shop"})
    assert WHAT.is_shown({"where": "shop"})


def test_what_the_concern_said_is_not_asked_again() -> None:
    assert [question.slug for question in GUIDE.asked({"what": ["threat"]})] == ["where", "office"]
    assert [question.slug for question in GUIDE.asked({})] == ["what", "where", "office"]


def test_unknown_questions_and_options_count_as_skipped() -> None:
    posted = {"what": "threat", "where": "'; --", "colour": "red", "office": "\ud800"}
    assert known_answers(GUIDE, posted) == {"what": "threat"}


@pytest.mark.parametrize(
    ("answers", "given", "assumed"),
    [
        ({}, {}, {"what"}),
        ({"where": "shop"}, {}, {"what"}),
        ({}, {"life_area": ("work",)}, {"what"}),
        ({"what": "threat"}, {}, set()),
        ({}, {"wish": ("talk",)}, set()),
        ({}, {"danger_now": True}, set()),
    ],
)
def test_the_guide_assumes_only_where_all_are_silent(
    answers: dict[str, str], given: dict[str, Any], assumed: set[str]
) -> None:
    assert read_facts(GUIDE, answers, given).assumed == assumed


@pytest.mark.parametrize(
    ("questions", "fault"),
    [
        ((WHAT,) * 2, "stands there twice"),
        (tuple(Question(f"q{n}", "what", WHAT.options) for n in range(6)), "more than 5"),
        ((OFFICE,), "'where', which is not asked before it"),
        ((OFFICE, WHERE), "'where', which is not asked before it"),
        ((Question("empty", "what"),), "no options"),
        ((Question("what", "what", (Option(""),)),), "without a slug"),
        ((WHERE, Question("x", "what", WHAT.options, shown_if={"where": frozenset({"moon"})})), "moon"),
    ],
)
def test_a_faulty_guide_does_not_exist(questions: tuple[Question, ...], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        Guide("faulty", questions)


SHIPPED = shipped_guide()
EVERY_TEXT = [
    *((f"{each.slug}.{kind}", texts) for each in SHIPPED.questions for kind, texts in
      (("text", each.text), ("why", each.why))),
    *((f"{each.slug}.{option.slug}", option.text) for each in SHIPPED.questions for option in each.options),
]  # fmt: skip


@pytest.mark.parametrize(("name", "texts"), EVERY_TEXT, ids=[name for name, _texts in EVERY_TEXT])
def test_every_text_of_the_shipped_guide_is_there_in_german_english_and_arabic(
    name: str, texts: dict[str, str]
) -> None:
    for language in ("de", "en", "ar"):
        assert texts[language].strip(), name
    assert all(len(text) <= 90 for text in texts.values()), "short"


def test_the_shipped_guide_has_at_most_five_questions_each_of_its_own_dimension() -> None:
    dimensions = [question.dimension for question in SHIPPED.questions]
    assert len(dimensions) <= 5
    assert len(set(dimensions)) == len(dimensions)
    assert set(dimensions) <= set(shipped().values)


def test_every_option_of_the_shipped_guide_states_known_facts_and_differs_from_the_others() -> None:
    for question in SHIPPED.questions:
        stated = [Facts.of(option.facts).meant for option in question.options]
        assert all(stated.count(each) == 1 for each in stated)
        slugs = [option.slug for option in question.options]
        assert len(set(slugs)) == len(slugs)


@given(
    st.fixed_dictionaries(
        {each.slug: st.sampled_from(["", *(o.slug for o in each.options)]) for each in SHIPPED.questions}
    )
)
def test_any_answers_are_facts(answers: dict[str, str]) -> None:
    facts = read_facts(SHIPPED, known_answers(SHIPPED, answers))
    assert len(facts.who) <= 2
    assert facts.meant


def test_a_broken_file_is_named(tmp_path: Any) -> None:
    path = tmp_path / "guide.toml"
    for text in ("slug = ", 'slug = "x"', 'slug = "x"\n[[question]]\nslug = "y"'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=r"guide\.toml"):
            read(path)
