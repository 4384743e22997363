"""The smallest complete demo folder, to break one thing at a time."""

from pathlib import Path

SITE = "home_area: town\n"
COUNTRY = "slug: land\nlevel: country\nname_de: Land\n"
TOWN = "slug: town\nlevel: city\nparent: land\nname_de: Stadt\npostcodes:\n  - '01067'\n"
HOUSE = """\
slug: house
name_de: Haus
type: independent
listings:
  - slug: advice
    kind: counselling
    source_language: de
    title_de: Rat
    title_de_simple: Rat in einfachen Worten
    audience: affected
    role: general
    grounds:
      - racism
    areas_served:
      - town
    contacts:
      - kind: phone
        value: 0211 000000
        opening_hours: Mo-Fr 09:00-12:00
    places:
      - address: Weg 1, 40210 Stadt
        since: 2025-08-15
    dates:
      - starts_at: 2026-02-23 17:00
    anonymous: no
    competence_rows:
      - what:
          - violence
        danger_now: false
        areas:
          - town
    exclusions:
      - strength: hard
        who:
          - business
        then_go_to:
          - other
        reason_de: Nicht dafür.
    valid_until: 2030-01-31
    waiting_weeks: 3
    field_sources:
      cost: a page
    sources:
      - a page
  - slug: other
    kind: offer
    source_language: de
    title_de: Anderes
    audience: both
    areas_served:
      - land
    note:
    sources:
      - a page
"""
DEADLINES = """\
deadlines:
  - slug: claim
    act_de: fordern
    period_de: 2 Monate
    period_iso: P2M
    starts_de: Ablehnung
    law_de: AGG
    applies:
      life_area:
        - work
  - slug: sue
    act_de: klagen
    period_de: 3 Monate
    starts_de: Forderung
    law_de: ArbGG
    applies:
      areas:
        - land
    follows: claim
"""
FILES = {
    "site.yaml": SITE,
    "areas/land.yaml": COUNTRY,
    "areas/town.yaml": TOWN,
    "organisations/house.yaml": HOUSE,
    "deadlines.yaml": DEADLINES,
}


def write(folder: Path, **changed: str) -> Path:
    """Keyword arguments replace whole files: house="slug: …"."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed.get(path.stem, text), encoding="utf-8")
    return folder
