import pytest

from search.leanings import BROADER, RELATED, RULES, leanings, meant
from search.port import Value
from search.understanding import SEARCHED


def firsts(*concepts: str, finds: bool = False) -> set[str]:
    clauses = (wanted.clauses[0] for wanted in leanings(frozenset(concepts), finds))
    return {
        ("-" if one.absent else "") + value for one in clauses if isinstance(one, Value) for value in one.values
    }


@pytest.mark.parametrize(
    ("concepts", "first", "not_first"),
    [
        # Somebody tells what happened: a counselling office, not a complaint body, not the emergency call.
        (("life_areas:work", "grounds:racism"), {"kind:counselling", "what:unequal_treatment"}, {"kind:training"}),
        (("life_areas:police",), {"-roles:complaint_body", "-roles:emergency"}, {"roles:emergency"}),
        (("life_areas:work_city",), {"roles:complaint_body"}, {"-roles:complaint_body"}),
        # Violence with a motive: the specialised body; discrimination is not assumed.
        (("what:violence", "grounds:racism"), {"roles:specialised"}, {"what:unequal_treatment"}),
        (("what:violence", "life_areas:home"), {"topics:gender_violence", "-roles:emergency"}, set()),
        (("what:violence", "life_areas:home", "kinds_of_help:emergency"), set(), {"topics:gender_violence"}),
        # Whoever tells of a partner, also in words that we do not know.
        (("life_areas:home",), {"topics:gender_violence"}, set()),
        (("life_areas:home", "grounds:racism"), {"roles:specialised"}, {"topics:gender_violence"}),
        # Distress by day: who is near; at night or in a crisis: who is there.
        (("what:distress",), {"-roles:crisis_line"}, set()),
        (("what:distress", "wish:talk"), set(), {"-roles:crisis_line"}),
        # Authorities other than the city: counselling first, unless a complaint body was asked for.
        (("life_areas:police", "roles:complaint_body"), set(), {"-roles:complaint_body"}),
        (("life_areas:police", "wish:complaint"), {"-roles:complaint_body"}, set()),
        # What was asked for by name no longer stands back.
        (("wish:report", "grounds:racism"), {"roles:reporting_office"}, {"-roles:reporting_office"}),
        (("wish:money", "what:violence"), {"roles:money"}, {"-roles:money"}),
        (("wish:money", "what:violence", "grounds:racism"), {"roles:money"}, {"roles:specialised"}),
        (("wish:money", "kinds_of_help:funding"), {"audience:institutions"}, {"roles:money"}),
        (("kinds_of_help:criminal_complaint", "what:insult"), set(), {"-roles:criminal_complaint"}),
        (("topics:crisis",), {"roles:crisis_line"}, {"-roles:crisis_line"}),
        (("time:night", "what:distress"), {"roles:crisis_line"}, {"-roles:crisis_line"}),
        # A line for one faith is for who names it.
        (("topics:crisis",), {"-target_groups:muslims"}, set()),
        (("topics:crisis", "target_groups:muslims"), set(), {"-target_groups:muslims"}),
        (("life_areas:sport", "grounds:racism"), {"life_areas:sport"}, set()),
        (("life_areas:sport", "grounds:racism", "what:violence"), set(), {"life_areas:sport"}),
        # Institutions.
        (("wish:training", "grounds:racism"), {"kind:training", "audience:institutions"}, {"audience:affected"}),
        (("target_groups:clubs", "grounds:right_wing_extremism"), {"roles:mobile_advice"}, set()),
        ((), {"audience:affected"}, {"audience:institutions"}),
    ],
)
def test_who_comes_first(concepts: tuple[str, ...], first: set[str], not_first: set[str]) -> None:
    found = firsts(*concepts)
    assert first <= found
    assert not not_first & found


@pytest.mark.parametrize(
    ("concepts", "found"),
    [
        (("what:violence",), True),
        (("what:threat",), True),
        (("kinds_of_help:emergency", "grounds:racism"), True),  # now: whatever the motive
        (("what:violence", "grounds:racism"), False),
        (("what:violence", "life_areas:home"), False),
        (("what:threat", "topics:online_hate"), False),
        (("what:threat", "topics:crisis"), False),
        (("what:violence", "wish:money"), False),
        (("what:violence", "place:named"), False),  # who is in danger does not name the town
        (("kinds_of_help:emergency", "place:named"), True),
        (("what:insult",), False),
        ((), False),
    ],
)
def test_the_emergency_call_is_an_answer_by_itself(concepts: tuple[str, ...], found: bool) -> None:
    assert ("roles:emergency" in firsts(*concepts, finds=True)) == found


@pytest.mark.parametrize(
    ("concepts", "left"),
    [
        ({"target_groups:teachers", "what:insult"}, {"what:insult"}),  # the teacher did it
        ({"target_groups:teachers", "wish:training"}, {"target_groups:teachers", "wish:training"}),
        ({"sectors:gastronomy"}, set()),
        (
            {"target_groups:clubs", "grounds:right_wing_extremism"},
            {"target_groups:clubs", "grounds:right_wing_extremism"},
        ),
        ({"kinds_of_help:group", "grounds:right_wing_extremism"}, {"grounds:right_wing_extremism"}),
        ({"target_groups:men", "what:threat", "grounds:racism"}, {"what:threat", "grounds:racism"}),  # he did it
        ({"target_groups:men", "what:violence"}, {"target_groups:men", "what:violence"}),
        ({"kinds_of_help:group", "target_groups:bipoc"}, {"kinds_of_help:group", "target_groups:bipoc"}),
    ],
)
def test_ambiguous_words_count_only_beside_clear_ones(concepts: set[str], left: set[str]) -> None:
    assert meant(frozenset(concepts)) == left


@pytest.mark.parametrize(
    ("by_word", "is_trade"),
    [
        (("sectors:crafts", "sectors:vocational_training grounds:racism"), True),  # who works there
        (("sectors:crafts sectors:vocational_training", "grounds:racism"), False),  # one word for both
        (("sectors:crafts", "grounds:racism"), False),
        (("sectors:crafts", "sectors:retail", "what:insult"), False),  # it happened there
    ],
)
def test_two_words_for_trades_are_those_of_who_works_there(by_word: tuple[str, ...], is_trade: bool) -> None:
    groups = [frozenset(some.split()) for some in by_word]
    found = meant(frozenset().union(*groups), groups)
    assert ("asker:organisation" in found) == is_trade
    assert ("sectors:crafts" in found) == is_trade


def test_what_belongs_together_does_so_both_ways() -> None:
    for concept, others in RELATED.items():
        assert concept not in others
        assert all(concept in RELATED[other] for other in others)


def test_every_concept_of_a_rule_can_be_said_or_carried() -> None:
    """A slip in a rule would silence it without a sound."""
    said = {name for rule in RULES for some in (*rule.when, rule.unless) for name in some}
    said |= {*RELATED, *BROADER}
    known = {*SEARCHED, "kind", "place"}
    assert {name.partition(":")[0] for name in said} <= known
