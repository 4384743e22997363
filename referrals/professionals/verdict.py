"""Is this one body responsible in this situation? Pure, as the engine is; the words stand in lookup.py."""

from dataclasses import dataclass
from enum import StrEnum

from referrals.bodies import Body, Candidate, Referral
from referrals.competence import HARD, Exclusion, Situation, hits, match
from referrals.ranking import EMERGENCY

INSTEAD = 2  # bodies to name where no exclusion says where to go


class Standing(StrEnum):
    RESPONSIBLE = "responsible"
    OTHER_FIRST = "other_first"  # responsible, but the rules send people elsewhere first
    UNFIT = "unfit"  # made for something else
    EXCLUDED = "excluded"
    ELSEWHERE = "elsewhere"  # responsible for other places
    ONLY_IN_DANGER = "only_in_danger"
    NO_RULES = "no_rules"


@dataclass(frozen=True)
class Verdict:
    body: Body
    standing: Standing
    candidate: Candidate | None = None
    exclusions: tuple[Exclusion, ...] = ()
    place: int = 0  # in the order of the result; 0: not in it
    instead: tuple[str, ...] = ()

    @property
    def is_responsible(self) -> bool:
        return self.standing in (Standing.RESPONSIBLE, Standing.OTHER_FIRST)


def verdict(body: Body, referral: Referral) -> Verdict:
    candidate = referral.by_slug.get(body.slug)
    if candidate is None:
        return _left_out(body, referral)
    said = (*candidate.deferred_by, *candidate.beside)
    place = 1 + referral.ordered.index(candidate)
    if not candidate.match.fits:
        return Verdict(body, Standing.UNFIT, candidate, said, place, _instead(said, body, referral))
    standing = Standing.OTHER_FIRST if candidate.deferred_by else Standing.RESPONSIBLE
    return Verdict(body, standing, candidate, said, place, _sent_to(said))


def _left_out(body: Body, referral: Referral) -> Verdict:
    situation = referral.situation
    hard = tuple(each for each in body.exclusions if each.strength == HARD and hits(each, situation, body.rows))
    return Verdict(body, _why(body, hard, situation), exclusions=hard, instead=_instead(hard, body, referral))


def _why(body: Body, hard: tuple[Exclusion, ...], situation: Situation) -> Standing:
    if hard:
        return Standing.EXCLUDED
    if not body.rows:
        return Standing.NO_RULES
    if body.role == EMERGENCY and any(match(row, situation) is not None for row in body.rows):
        return Standing.ONLY_IN_DANGER
    return Standing.ELSEWHERE


def _instead(said: tuple[Exclusion, ...], body: Body, referral: Referral) -> tuple[str, ...]:
    if named := _sent_to(said):
        return named
    fitting = (each.slug for each in referral.ordered if each.match.fits and each.slug != body.slug)
    return tuple(fitting)[:INSTEAD]


def _sent_to(said: tuple[Exclusion, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slug for exclusion in said for slug in exclusion.then_go_to))
