"""What each data file may hold. Keys are the model's field names; texts carry their language: title_de."""

from collections.abc import Mapping

from directory.areas import LEVELS
from directory.languages import SHIPPED, column
from directory.vocabulary_files import DIMENSION_VOCABULARY
from wegweiser.demo.sheets import (
    Shape,
    day,
    flag,
    hours,
    language,
    many,
    matching,
    moment,
    number,
    one_of,
    record,
    reference,
    slug,
    table_of,
    text,
)

KNOWN = one_of("unknown", "yes", "no")
WORDS = many(text())
AREAS = many(reference("areas"))


def translated(field: str, longest: int = 0) -> Mapping[str, Shape]:
    return {column(field, code): text(longest) for code in SHIPPED}


def codes(**vocabularies: str) -> Mapping[str, Shape]:
    return {field: many(reference(vocabulary)) for field, vocabulary in vocabularies.items()}


AREA = record(
    {
        "slug": slug(50),
        "level": one_of(*LEVELS),
        "parent": reference("areas"),
        **translated("name", 200),
        "ags": matching(r"[0-9]{2,12}", "official key (digits)"),
        "aliases": WORDS,
        "postcodes": many(matching(r"[0-9]{5}", "postcode")),
        "quarters": WORDS,
        "sources": WORDS,
    },
    required=("slug", "level", "name_de"),
)

CONTACT = record(
    {
        "kind": one_of("phone", "email", "website", "chat"),
        "value": text(500),
        "label": text(200),
        "opening_hours": hours,
        "opening_hours_note": text(300),
        "on_bill": KNOWN,
        "audience": one_of("public", "professionals"),
        "source": text(500),
        "confirmed_on": day,
    },
    required=("kind", "value"),
)

PLACE = record(
    {
        "name": text(200),
        "address": text(300),
        "visibility": one_of("full", "partial", "hidden"),
        "areas": AREAS,
        "since": day,
        "sources": WORDS,
    },
    required=("address",),
)

LANGUAGE = record({"language": language, "note": text(200), "times": text(200)}, required=("language",))

DATE = record(
    {"starts_at": moment, "ends_at": moment, "recurrence": text(200), "note": text(200)},
    required=("starts_at",),
)

CONDITIONS: Mapping[str, Shape] = {
    **codes(**DIMENSION_VOCABULARY),
    "danger_now": flag,
    "areas": AREAS,
    "outside_areas": AREAS,
    "area_basis": many(one_of("incident", "residence")),
    "unknown": WORDS,
    "sources": WORDS,
    "valid_from": day,
    "check_by": day,
}

COMPETENCE_ROW = record({**CONDITIONS, "weight": one_of("secondary")})

EXCLUSION = record(
    {
        **CONDITIONS,
        "strength": one_of("hard", "prefer_other", "prefer_alternative"),
        "then_go_to": many(reference("listings")),
        **translated("reason", 400),
    },
    required=("strength", "reason_de"),
)

TRAINING: Mapping[str, Shape] = {
    **codes(sectors="sectors", formats="formats", education_stages="education_stages"),
    **{field: text(100) for field in ("level", "duration", "group_size", "price")},
    "in_house": KNOWN,
    "obligation": one_of("unknown", "mandatory", "voluntary"),
    "target_role": text(200),
    "intersectional": KNOWN,
    "accreditation": text(200),
}

LISTING = record(
    {
        "slug": slug(120),
        "kind": one_of("counselling", "offer", "training", "empowerment", "funding"),
        "source_language": one_of(*SHIPPED),
        **translated("title", 250),
        **translated("helps_with", 300),
        **translated("description"),
        **translated("what_happens"),
        "aliases": WORDS,
        "audience": one_of("affected", "institutions", "both"),
        "role": reference("roles"),
        "belongs_to": one_of("none", "city_administration", "land_authority", "federal_authority"),
        "belongs_to_area": reference("areas"),
        **codes(
            topics="topics",
            life_areas="life_areas",
            kinds_of_help="kinds_of_help",
            grounds="grounds",
            ground_sets="ground_sets",
            target_groups="target_groups",
            space_for="target_groups",
            modes="modes",
            access_features="access_features",
        ),
        "languages": many(LANGUAGE),
        "languages_note": text(300),
        **translated("languages_note", 300),
        "interpreter": one_of("unknown", "none", "on_request", "pool"),
        "interpreter_booked_by": text(200),
        "areas_served": AREAS,
        "area_note": text(300),
        "contacts": many(CONTACT),
        "opening_hours": hours,
        "opening_hours_note": text(300),
        "places": many(PLACE),
        "dates": many(DATE),
        "cost": one_of("unknown", "free", "free_for_entitled", "free_entry", "paid"),
        "cost_note": text(200),
        "anonymous": one_of("unknown", "yes", "no", "on_request", "first_talk"),
        "confidential": KNOWN,
        "capacity": one_of("unknown", "open", "waiting_list", "full"),
        "waiting_weeks": number,
        **TRAINING,
        "competence_rows": many(COMPETENCE_ROW),
        "exclusions": many(EXCLUSION),
        "awards": WORDS,
        "internal_only": flag,
        "valid_until": day,
        "last_confirmed_on": day,
        "last_confirmed_by": text(200),
        "needs_check": flag,
        "note": text(),
        "competence_note": text(),
        "unsettled": WORDS,
        "split_from": reference("listings"),
        "sources": WORDS,
        "field_sources": table_of(text()),
    },
    required=("slug", "kind", "source_language", "audience", "areas_served", "sources"),
)

ORGANISATION = record(
    {
        "slug": slug(120),
        **translated("name", 250),
        "aliases": WORDS,
        **translated("description"),
        "type": one_of("state", "municipal", "independent", "self_organisation", "church", "police"),
        "funding": text(250),
        "website": matching(r"https?://\S{1,490}", "web address (https://…)"),
        "contacts": many(CONTACT),
        "sites": many(PLACE),
        "awards": WORDS,
        "sources": WORDS,
        "listings": many(LISTING),
    },
    required=("slug", "name_de"),
)

DEADLINE = record(
    {
        "slug": slug(60),
        **translated("scope", 300),
        **translated("act"),
        **translated("period", 100),
        "period_iso": matching(r"P[0-9]{1,3}[DWMY]", "period such as P2M, P3W or P10D"),
        **translated("starts"),
        **translated("law", 300),
        **translated("only_if", 300),
        **translated("status", 300),
        **translated("note"),
        "applies": record({**codes(**DIMENSION_VOCABULARY), "areas": AREAS, "outside_areas": AREAS}),
        "follows": reference("deadlines"),
        "unless_ground": many(reference("grounds")),
        "written_required": flag,
        "weekend_extension": one_of("not_assumed", "next_working_day"),
        "sources": WORDS,
        "valid_from": day,
        "check_by": day,
    },
    required=("slug", "act_de", "period_de", "starts_de", "law_de", "applies"),
)

DEADLINES = record({"deadlines": many(DEADLINE)}, required=("deadlines",))

SITE = record({"home_area": reference("areas"), "demo": flag}, required=("home_area",))
