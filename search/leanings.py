"""Who should come first for what was asked, as data: roles, audiences and concepts that belong together.

The same order as the referral's rules, in the coarse form that words allow: a search knows fewer facts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.port import Value, Wanted

# "grounds:" stands for every concept of that vocabulary.
TRAINING = ("wish:training", "kinds_of_help:training", "kinds_of_help:workshop", "formats:")
INSTITUTION = (
    "asker:organisation", "asker:professional", "kinds_of_help:expert_advice", "kinds_of_help:networking",
    "target_groups:multipliers", "target_groups:works_councils", "target_groups:social_workers",
    "target_groups:youth_workers", "roles:mobile_advice",
)  # fmt: skip
# Also where something happens or who did it: "teacher" asks for a training only beside a word for training.
AMBIGUOUS = (
    "sectors:", "target_groups:teachers", "target_groups:schools", "target_groups:companies",
    "target_groups:public_administration", "target_groups:health_professionals", "target_groups:clubs",
    "education_stages:", "target_groups:apprentices",
)  # fmt: skip
FUNDING = ("kinds_of_help:funding", "kinds_of_help:projects")
MONEY = (
    "wish:money",
    "kinds_of_help:compensation",
    "kinds_of_help:financial_aid",
    "kinds_of_help:compensation_help",
)
REPORT = ("wish:report", "kinds_of_help:reporting", "roles:reporting_office", "asker:witness")
GROUP = ("wish:group", "kinds_of_help:group", "kinds_of_help:empowerment", "kinds_of_help:networking")
THERAPY = ("wish:therapy", "kinds_of_help:therapy", "what:distress", "topics:mental_health", "topics:trauma")
COMPLAINT = ("wish:complaint", "kinds_of_help:complaint", "roles:complaint_body")
POLICE_REPORT = ("kinds_of_help:criminal_complaint", "roles:criminal_complaint")
CRISIS = ("topics:crisis", "kinds_of_help:crisis", "roles:crisis_line", "kinds_of_help:listening", *THERAPY)
LISTENING = ("topics:crisis", "kinds_of_help:crisis", "roles:crisis_line", "kinds_of_help:listening", "wish:talk")
ATTACK = ("what:violence", "what:threat")
URGENT = ("roles:emergency", "kinds_of_help:emergency", "topics:emergency")
SITUATION = ("what:", "life_areas:", "office:", "who:", "grounds:")
MOTIVE = ("grounds:",)
OF_ONE_GENDER = ("target_groups:men", "target_groups:women")
FAITH = ("grounds:anti_muslim_racism", "grounds:religion_belief")
RIGHT_WING = ("grounds:right_wing_extremism",)
AT_HOME = ("topics:gender_violence", "life_areas:home")
ONLINE = ("life_areas:online", "topics:online_hate")
ARRIVING = ("topics:migration_advice", "kinds_of_help:language_learning", "kinds_of_help:language_mediation")
JOINING = ("topics:participation", "target_groups:volunteers")
NIGHT = ("time:night", "time:weekend")
AT_THE_CITY = (
    "asker:city_employee", "life_areas:work_city", "target_groups:city_employees", "who:city_administration",
    "life_areas:municipal_administration",
)  # fmt: skip
ORGANISED = (*TRAINING, *INSTITUTION, *FUNDING)
NO_INCIDENT = (*ORGANISED, *GROUP, *ARRIVING, *JOINING, *MONEY)
PLACED = ("place:",)  # who is in danger does not name the town
NOT_NOW = (*NO_INCIDENT, *PLACED, *MOTIVE, *MONEY, *AT_HOME, *THERAPY, *REPORT, *ONLINE, "topics:crisis")


@dataclass(frozen=True)
class Rule:
    """If each of `when` and none of `unless` was named, listings with one of `first` gain `weight`."""

    first: tuple[str, ...]  # "-x": listings that are not x
    weight: float
    when: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()
    finds: bool = False  # not only orders what was found, but is an answer by itself

    def applies(self, concepts: frozenset[str]) -> bool:
        return all(_named(some, concepts) for some in self.when) and not _named(self.unless, concepts)


RULES = (
    # People affected rank before institutions unless the words are those of somebody who teaches or organises.
    Rule(("audience:affected",), 2.5, unless=ORGANISED),
    Rule(("audience:institutions",), 1.5, when=(ORGANISED,)),
    Rule(("kind:training",), 4.0, when=(TRAINING,), unless=(*GROUP, *FUNDING)),
    Rule(("roles:mobile_advice",), 5.0, when=((*AMBIGUOUS, *GROUP), RIGHT_WING), unless=(*TRAINING, *ATTACK)),
    # Who tells what happened wants to talk to somebody; discrimination is assumed where no violence is told.
    Rule(("kind:counselling",), 2.0, when=(SITUATION,), unless=NO_INCIDENT),
    Rule(("roles:specialised", "roles:general"), 1.5, when=(SITUATION,), unless=(*NO_INCIDENT, *REPORT)),
    # Both serve the place: the one that is there for just this (dimensions.ranking, rule 10 of the data).
    Rule(("roles:specialised",), 0.5, when=(MOTIVE,), unless=NO_INCIDENT),
    Rule(("what:unequal_treatment",), 2.0, when=(SITUATION,), unless=(*NO_INCIDENT, *ATTACK, *THERAPY, *REPORT)),
    # Violence with a motive: the specialised body. Without one, or now: the emergency call.
    Rule(("roles:specialised",), 3.0, when=(ATTACK, MOTIVE), unless=NO_INCIDENT),
    Rule(("roles:emergency",), 14.0, when=(ATTACK,), unless=NOT_NOW, finds=True),
    Rule(("roles:emergency",), 14.0, when=(URGENT,), finds=True),
    Rule(("topics:gender_violence",), 14.0, when=(ATTACK, AT_HOME), unless=(*MOTIVE, *URGENT)),
    # Whoever tells of a partner, whatever else we understood: the lines for violence at home.
    Rule(("topics:gender_violence",), 8.0, when=(AT_HOME,), unless=(*MOTIVE, *ATTACK, *URGENT, *ORGANISED)),
    Rule(("roles:crisis_line",), 6.0, when=(("topics:crisis", "kinds_of_help:crisis"),)),
    Rule(("roles:crisis_line",), 6.0, when=(NIGHT, (*CRISIS, "wish:talk"))),
    # Distress by day: who is near and can see the person, before a line for the whole country.
    Rule(("-roles:crisis_line",), 1.5, when=(("what:distress",),), unless=(*NIGHT, *URGENT, *LISTENING)),
    Rule(("danger:now",), 2.0, when=((*ATTACK, *URGENT),)),
    Rule(("operator_types:police",), 2.5, when=(ATTACK,), unless=(*MOTIVE, *NO_INCIDENT)),
    # What was not asked for stands back: dimensions.ranking, rule 6 of the data.
    Rule(("-roles:emergency",), 8.0, unless=(*ATTACK, *URGENT)),
    Rule(("-roles:emergency",), 8.0, when=(ATTACK, NOT_NOW), unless=URGENT),
    Rule(("-roles:reporting_office", "-roles:money"), 4.0, when=(SITUATION,), unless=(*REPORT, *MONEY)),
    Rule(("-roles:criminal_complaint",), 4.0, when=(SITUATION,), unless=POLICE_REPORT),
    Rule(("-roles:crisis_line",), 4.0, when=(SITUATION,), unless=(*CRISIS, *AT_HOME)),
    # Authorities other than the city: their complaint bodies after counselling. The city: its own before it.
    Rule(("-roles:complaint_body",), 12.0, when=(SITUATION,), unless=(*AT_THE_CITY, *COMPLAINT)),
    Rule(("-roles:complaint_body",), 5.0, when=(SITUATION, ("kinds_of_help:complaint", "wish:complaint")),
         unless=(*AT_THE_CITY, "roles:complaint_body")),
    Rule(("roles:complaint_body",), 8.0, when=(AT_THE_CITY,), unless=ORGANISED),
    # Clubs and stadiums have a body of their own, which knows them from inside.
    Rule(("life_areas:sport",), 5.0, when=(("life_areas:sport",), MOTIVE), unless=(*NO_INCIDENT, *ATTACK)),
    # A line that is there for one faith is for who names it; a line for everybody comes first.
    Rule(("-target_groups:muslims",), 2.0, when=(CRISIS,), unless=("target_groups:muslims", *FAITH)),
    Rule(("-limited:target",), 3.0, unless=("target_groups:",)),
    Rule(("roles:reporting_office",), 4.0, when=(REPORT,)),
    Rule(("roles:money",), 9.0, when=(MONEY,), unless=FUNDING),
)  # fmt: skip

# A listing that says the one also answers the other, at a share.
_TOGETHER: tuple[tuple[str, ...], ...] = (
    ("wish:training", "kinds_of_help:training", "kinds_of_help:workshop", "kind:training"),
    ("wish:report", "kinds_of_help:reporting", "roles:reporting_office"),
    ("wish:complaint", "kinds_of_help:complaint", "roles:complaint_body"),
    ("wish:legal", "kinds_of_help:legal_information"),
    MONEY,
    ("wish:therapy", "kinds_of_help:therapy", "topics:mental_health", "what:distress", "topics:trauma"),
    ("wish:group", "kinds_of_help:group", "kinds_of_help:empowerment", "kind:empowerment"),
    ("wish:language_mediation", "kinds_of_help:language_mediation", "topics:language_mediation"),
    URGENT,
    ("asker:city_employee", "life_areas:work_city", "target_groups:city_employees"),
    ("sectors:education", "target_groups:teachers", "target_groups:schools"),
    ("sectors:sport", "life_areas:sport"),
    ("sectors:health_any", "sectors:health_clinics", "sectors:health_practices", "sectors:nursing",
     "sectors:therapists", "sectors:health_insurers", "target_groups:health_professionals"),
    ("sectors:public_administration", "target_groups:public_administration"),
    ("sectors:civil_society", "target_groups:clubs"),
    ("target_groups:works_councils", "target_groups:companies", "sectors:companies_any"),
    ("topics:gender_violence", "grounds:gender"),
    ("topics:online_hate", "life_areas:online"),
)  # fmt: skip
# The narrower is also served by the broader, not the other way round.
BROADER: Mapping[str, tuple[str, ...]] = {
    "sectors:gastronomy": ("sectors:companies_any", "target_groups:companies"),
    "sectors:retail": ("sectors:companies_any", "target_groups:companies"),
    "sectors:industry": ("sectors:companies_any", "target_groups:companies"),
    "sectors:crafts": ("sectors:companies_any", "target_groups:companies"),
    "sectors:finance": ("sectors:companies_any", "target_groups:companies"),
    "sectors:housing_industry": ("sectors:companies_any", "target_groups:companies"),
    "what:insult": ("what:unequal_treatment",),
    "office:police": ("life_areas:police",),
}


def _together() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for group in _TOGETHER:
        for concept in group:
            found.setdefault(concept, []).extend(other for other in group if other != concept)
    return {concept: tuple(dict.fromkeys(others)) for concept, others in found.items()}


RELATED: Mapping[str, tuple[str, ...]] = _together()


def meant(concepts: frozenset[str], by_word: Iterable[frozenset[str]] = ()) -> frozenset[str]:
    """Without what the other words rule out: no institution asks, the group is not one to join."""
    if _of_a_trade(concepts, by_word):
        concepts |= {"asker:organisation"}
    ruled_out: tuple[str, ...] = () if _named((*TRAINING, *INSTITUTION, *RIGHT_WING), concepts) else AMBIGUOUS
    ruled_out += (*GROUP, "formats:group") if _named(RIGHT_WING, concepts) else ()
    # Who attacks out of hatred may be a man: that asks for no men's help line.
    ruled_out += OF_ONE_GENDER if _named(ATTACK, concepts) and _named(MOTIVE, concepts) else ()
    return frozenset(concept for concept in concepts if not _named(ruled_out, frozenset({concept})))


def _of_a_trade(concepts: frozenset[str], by_word: Iterable[frozenset[str]]) -> bool:
    """Two words for trades, and nothing happened: so speaks who works there. One may be where it happened."""
    trades = {frozenset(one for one in some if one.startswith("sectors:")) for some in by_word} - {frozenset()}
    apart = any(one.isdisjoint(other) for one in trades for other in trades)
    return apart and not _named(("what:", "office:", "who:"), concepts)


def asks_for_training(concepts: frozenset[str]) -> bool:
    return _named(TRAINING, concepts)


def leanings(concepts: frozenset[str], finds: bool = False) -> Iterable[Wanted]:
    return [Wanted((_value(rule),)) for rule in RULES if rule.finds == finds and rule.applies(concepts)]


def _value(rule: Rule) -> Value:
    absent = rule.first[0].startswith("-")
    return Value("concepts", tuple(one.removeprefix("-") for one in rule.first), rule.weight, absent)


def _named(some: tuple[str, ...], concepts: frozenset[str]) -> bool:
    return any(concept in some or f"{concept.split(':')[0]}:" in some for concept in concepts)
