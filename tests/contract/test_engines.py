"""What every engine must do alike. The engine is a parameter, the expectations are not."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis.german import stem
from search.engines.database import DatabaseEngine
from search.library import Library
from search.planning import plan
from search.port import FACETS, Engine, Found, Plan, Query, Results, Term, Value, Wanted
from search.queries import answer
from search.understanding import understand
from tests.contract.small_directory import KNOWLEDGE, RECORDS, STATISTICS, WEIGHTS, Make, built, listing


@pytest.fixture
def engine(make: Make) -> Engine:
    return make(built())


def planned(text: str = "", home: str = "harbour", **filters: str) -> Plan:
    chosen = {name: frozenset(values.split()) for name, values in filters.items()}
    query = Query(text, "de", chosen, home_area=home)
    return plan(query, understand(text, "de", KNOWLEDGE), KNOWLEDGE, WEIGHTS)


def asked(engine: Engine, text: str, home: str = "harbour", language: str = "de") -> Results:
    return answer(Query(text, language, home_area=home), Library(engine, KNOWLEDGE, WEIGHTS, STATISTICS))


def slugs(found: Found | Results) -> list[str]:
    return [hit[0] if isinstance(hit, tuple) else hit.slug for hit in found.hits]


# Query, language, home area → who must come first.
FIRST = [
    ("Chef beleidigt mich wegen meiner Hautfarbe", "de", "harbour", "counsel"),
    ("Beratung gegen Diskriminierung", "de", "harbour", "counsel"),
    ("Beratung gegen Diskriminierung", "de", "hill", "far-away"),
    ("rassistisch geschlagen", "de", "harbour", "victims"),
    ("ich werde geschlagen", "de", "harbour", "emergency"),
    ("Fortbildung Rassismus", "de", "harbour", "course"),
    ("Lehrerfortbildung", "de", "harbour", "course"),
    ("VfG", "de", "harbour", "counsel"),
    ("Opferberatung", "de", "harbour", "victims"),
    ("Opferbratung", "de", "harbour", "victims"),
    ("Beratung Bergheim", "de", "harbour", "far-away"),
    ("memorial", "en", "harbour", "memory"),
    ("racism at work", "en", "harbour", "counsel"),
    ("العنصرية", "ar", "harbour", "counsel"),
    ("konut", "tr", "harbour", "counsel"),
    ("Synagoge", "tr", "harbour", "memory"),
]


@pytest.mark.parametrize(("text", "language", "home", "first"), FIRST)
def test_the_right_listing_comes_first(engine: Engine, text: str, language: str, home: str, first: str) -> None:
    assert slugs(asked(engine, text, home, language))[0] == first


def test_browsing_lists_everything_nearer_first_then_by_kind_and_title(engine: Engine) -> None:
    found = engine.search(planned())
    assert slugs(found) == ["counsel", "course", "victims", "memory", "emergency", "far-away"]
    assert found.total == len(RECORDS)


def test_every_facet_is_counted(engine: Engine) -> None:
    facets = engine.search(replace(planned(), facets=FACETS)).facets
    assert set(facets) == set(FACETS)
    assert facets["kind"] == {"counselling": 4, "training": 1, "offer": 1}
    assert facets["audience"] == {"affected": 5, "institutions": 3}
    assert facets["area"] == {"harbour": 2, "north": 1, "land": 1, "hill": 1, "old-town": 1}
    assert facets["format"] == {"seminar": 1}


def test_only_those_facets_are_counted_that_are_shown(engine: Engine) -> None:
    everything = engine.search(replace(planned(), facets=FACETS)).facets
    for chosen in ({}, {"kind": "offer"}, {"area": "hill", "kind": "training"}):
        plan = planned(**chosen)
        assert {"sector", "format"} <= set(plan.facets) or "training" not in chosen.get("kind", "")
        assert set(engine.search(plan).facets) == set(plan.facets)
    some = engine.search(replace(planned(), facets=("audience", "kind"))).facets
    assert some == {name: everything[name] for name in ("audience", "kind")}
    assert engine.search(replace(planned(), facets=())).facets == {}
    assert engine.search(replace(planned(kind="offer"), facets=("audience",))).facets == {
        "audience": {"affected": 1, "institutions": 1}
    }


def test_a_filter_narrows_the_others_but_not_its_own_counts(engine: Engine) -> None:
    found = engine.search(planned(kind="training"))
    assert slugs(found) == ["course"]
    assert found.facets["kind"] == {"counselling": 4, "training": 1, "offer": 1}
    assert found.facets["audience"] == {"institutions": 1}


def test_values_of_one_facet_add_up_and_facets_narrow(engine: Engine) -> None:
    assert sorted(slugs(engine.search(planned(kind="training offer")))) == ["course", "memory"]
    both = engine.search(planned(kind="counselling", language="ar en"))
    assert slugs(both) == ["counsel", "far-away"]
    assert both.facets["language"] == {"de": 2, "ar": 1, "en": 1}
    assert both.facets["kind"] == {"counselling": 2}


@pytest.mark.parametrize(
    ("area", "found"),
    [
        ("harbour", {"counsel", "course", "victims", "emergency", "memory"}),
        ("old-town", {"counsel", "course", "victims", "emergency", "memory"}),
        ("hill", {"far-away", "emergency"}),
        ("north", {"counsel", "course", "victims", "emergency", "memory"}),
        ("land", {"counsel", "course", "victims", "emergency", "memory", "far-away"}),
        ("nowhere", set()),
    ],
)
def test_a_chosen_area_finds_what_serves_a_larger_or_a_smaller_one(
    engine: Engine, area: str, found: set[str]
) -> None:
    assert set(slugs(engine.search(planned(area=area)))) == found


def test_facets_count_what_the_words_match(engine: Engine) -> None:
    found = engine.search(planned("Synagoge"))
    assert found.total == 1
    assert found.facets["kind"] == {"offer": 1}


def test_a_place_that_was_typed_leaves_out_what_does_not_reach_it(engine: Engine) -> None:
    results = asked(engine, "Rassismus Bergheim")
    assert results.place == "hill"
    assert slugs(results) == ["far-away"]


def test_where_nothing_reaches_the_place_the_rest_is_better_than_nothing(engine: Engine) -> None:
    assert slugs(asked(engine, "Fortbildung Bergheim"))[0] == "course"


def test_a_district_finds_what_serves_its_city(engine: Engine) -> None:
    results = asked(engine, "Beratung Gerberbruch", home="hill")
    assert results.place == "old-town"
    assert slugs(results)[0] == "counsel"


def test_a_place_alone_browses_there(engine: Engine) -> None:
    assert set(slugs(asked(engine, "Bergheim"))) == {"far-away", "emergency"}


@pytest.mark.parametrize("text", ["Schwimmbad", "?!", "'", "\x00", "\ud800", "der die das", "助けて"])
def test_what_fits_nothing_finds_nothing(engine: Engine, text: str) -> None:
    assert asked(engine, text).total == 0


def test_white_space_is_browsing(engine: Engine) -> None:
    assert asked(engine, " \n ").total == len(RECORDS)


def test_pages_follow_one_another_without_gap_or_repetition(engine: Engine) -> None:
    everything = slugs(engine.search(planned()))
    pages = [slugs(engine.search(replace(planned(), offset=start, limit=2))) for start in (0, 2, 4, 6)]
    assert [slug for page in pages for slug in page] == everything
    assert pages[3] == []


def test_equal_scores_are_in_order_of_ids(make: Make) -> None:
    twins = [listing(id, "Gleich", "Gleich.") for id in ("b", "a", "d", "c")]
    assert slugs(make(built(twins)).search(planned("Gleich"))) == ["a", "b", "c", "d"]


def test_the_answer_says_what_each_hit_matches(engine: Engine) -> None:
    hits = {hit.slug: hit.why for hit in asked(engine, "Chef Synagoge Hautfarbe").hits}
    assert hits["memory"] == ("synagoge",)
    assert set(hits["counsel"]) == {"Arbeit und Bewerbung", "Rassismus"}


def test_reasons_are_in_the_language_of_the_reader(engine: Engine) -> None:
    assert "Racism" in asked(engine, "rassismus", language="en").hits[0].why


def test_an_update_replaces_and_removes(engine: Engine) -> None:
    changed = listing("course", "Schwimmkurs", "Baden.", areas=("harbour",))
    engine.update(built([changed]), gone=["memory"])
    assert slugs(asked(engine, "Schwimmkurs")) == ["course"]
    assert "course" not in slugs(asked(engine, "Seminare"))
    assert asked(engine, "Synagoge").total == 0
    assert engine.ids() == {record.id for record in RECORDS} - {"memory"}


def test_an_empty_directory_answers(make: Make) -> None:
    empty = make([])
    assert empty.ids() == frozenset()
    assert empty.search(planned()).hits == ()
    assert empty.search(planned("Beratung")).total == 0


def test_only_documents_of_the_group(make: Make) -> None:
    engine = make(built([listing("a", "Rat", "", group="one"), listing("b", "Rat", "", group="two")]))
    library = Library(engine, KNOWLEDGE, WEIGHTS, STATISTICS)
    assert slugs(answer(Query("Rat", group="two"), library)) == ["b"]


def test_of_the_ways_to_match_the_best_counts_and_the_others_by_their_share(engine: Engine) -> None:
    both = (Value("kind", ("offer",), 4.0), Value("areas", ("old-town",), 1.0))

    def score(share: float) -> float:
        return engine.search(Plan(wanted=(Wanted(both, share=share),))).hits[0][1]

    assert (score(0.0), score(0.5), score(1.0)) == (4.0, 4.5, 5.0)


def test_absence_can_count(engine: Engine) -> None:
    leaning = Wanted((Value("kind", ("counselling",), 3.0, absent=True),))
    hits = dict(engine.search(Plan(leanings=(leaning,))).hits)
    assert {id for id, score in hits.items() if score == 3.0} == {"course", "memory"}
    assert len(hits) == len(RECORDS)


def test_leanings_order_but_do_not_find(engine: Engine) -> None:
    wanted = Wanted((Value("kind", ("offer", "training"), 1.0),))
    leaning = Wanted((Value("areas", ("hill", "old-town"), 5.0),))
    assert slugs(engine.search(Plan(wanted=(wanted,), leanings=(leaning,)))) == ["memory", "course"]


def test_many_values_at_once(engine: Engine) -> None:
    values = tuple(f"nowhere-{number}" for number in range(50))
    found = engine.search(Plan(wanted=(Wanted((Value("areas", (*values, "hill"), 1.0),)),)))
    assert slugs(found) == ["far-away"]


def test_rare_words_in_a_title_find_their_listing(engine: Engine) -> None:
    words = Wanted((Term("title_de", stem("gedenkort"), 2.0), Term("text_de", stem("gedenkort"))))
    assert slugs(engine.search(Plan(wanted=(words,)))) == ["memory"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(max_size=120), language=st.sampled_from(["de", "en", "ar", "tr", "xx"]))
def test_no_text_breaks_an_engine(engine: Engine, text: str, language: str) -> None:
    results = asked(engine, text, language=language)
    assert len(results.hits) <= results.total <= len(RECORDS)


def test_every_engine_finds_the_same(engine: Engine) -> None:
    database = DatabaseEngine(built())
    for text, *_rest in FIRST:
        one, other = engine.search(planned(text)), database.search(planned(text))
        assert set(slugs(one)) == set(slugs(other)), text
        assert one.facets == other.facets, text
        assert one.matched == other.matched, text


def winner(make: Make, text: str, **second: object) -> str:
    """Of two listings that differ in one thing: which comes first, whatever their ids?"""
    concepts = ("grounds:racism", "kind:counselling", "audience:affected")
    plain = {"concepts": concepts, "areas": ("harbour",)}
    first = set()
    for id in ("0", "9"):
        engine = make(
            built([listing("5", "Rat", "Hilfe.", **plain), listing(id, "Rat", "Hilfe.", **(plain | second))])
        )
        first.add("plain" if slugs(asked(engine, text))[0] == "5" else "second")
        engine.update([], gone=["5", id])
    return first.pop() if len(first) == 1 else "tie"


def test_what_leaves_a_case_to_others_stands_after_what_does_not(make: Make) -> None:
    both = ("grounds:racism", "what:insult", "kind:counselling", "audience:affected")
    assert winner(make, "Beleidigung Rat", concepts=both) == "second"
    assert winner(make, "Beleidigung Rat", concepts=both, declined=("what:insult",)) == "plain"
    assert winner(make, "Beleidigung Rat", declined=("what:insult",)) == "plain"


def test_a_row_that_stands_back_counts_but_less_than_another(make: Make) -> None:
    assert winner(make, "Beleidigung Rat", secondary=("what:insult",)) == "second"
    first = ("grounds:racism", "what:insult", "kind:counselling", "audience:affected")
    engine = make(
        built(
            [
                listing("a", "Rat", "", concepts=first[:1] + first[2:], secondary=("what:insult",)),
                listing("b", "Rat", "", concepts=first),
            ]
        )
    )
    assert slugs(asked(engine, "Beleidigung")) == ["b", "a"]


def test_what_is_limited_to_some_stands_back_where_nobody_said_so(make: Make) -> None:
    limited = ("grounds:racism", "kind:counselling", "audience:affected", "limited:target", "target_groups:women")
    assert winner(make, "Rassismus", concepts=limited) == "plain"
    assert winner(make, "Rassismus mein Mann", concepts=limited) == "second"


@pytest.mark.parametrize(
    "role", ["reporting_office", "money", "criminal_complaint", "complaint_body", "emergency"]
)
def test_what_was_not_asked_for_stands_back(make: Make, role: str) -> None:
    concepts = ("grounds:racism", "kind:counselling", "audience:affected", f"roles:{role}")
    assert winner(make, "rassistisch beleidigt", concepts=concepts) == "plain"


def test_help_for_people_stands_before_offers_for_institutions_unless_a_training_is_wanted(make: Make) -> None:
    training = ("grounds:racism", "kind:training", "audience:institutions", "wish:training")
    assert winner(make, "Rassismus", concepts=training) == "plain"
    assert winner(make, "Fortbildung Rassismus", concepts=training) == "second"


@pytest.mark.parametrize("area", ["hill", "elsewhere"])
def test_what_does_not_reach_the_home_area_stands_last(make: Make, area: str) -> None:
    more = (
        "grounds:racism",
        "kind:counselling",
        "audience:affected",
        "roles:specialised",
        "what:unequal_treatment",
    )
    assert winner(make, "Rassismus", areas=(area,), concepts=more) == "plain"


def test_the_smaller_area_stands_first(make: Make) -> None:
    assert winner(make, "Rassismus", areas=("land",)) == "plain"
    assert winner(make, "Rassismus", areas=("north",)) == "plain"
