"""Does the directory know anything about what was asked? If not, the honest answer is none.

What happened and why, and the kinds of help that few listings offer, are what this directory is about: one such
concept is an answer, however much else was told. All else has to cover a share of the question. Every word weighs
as much as it tells: one that the directory never uses counts fully, one that stands everywhere hardly. A word is
answered by what it names or by a title or name, and less by running text: one word that happens to stand there
says little, several together say much. What only says where something is (a school, a flat) answers half:
most of what people want there is nothing that this directory has. Whoever tells of themselves, or why something
happened, asks for help with it, and is believed on less.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log

from search.analysis.chains import readers, surfaces
from search.analysis.normalise import script
from search.phrases import PART, Match
from search.places import is_small
from search.planning import Weights
from search.port import Found, Plan, Wanted
from search.understanding import Knowledge, Understood

ENOUGH, ENOUGH_OF_A_STORY = 0.48, 0.1
NAMED, SCENE, WRITTEN, RULED_OUT, FRAGMENT = 1.0, 0.5, 0.5, 0.3, 0.3
LEAST = 0.15  # even a word that stands everywhere weighs something
SCENES = frozenset(
    ("life_areas", "target_groups", "sectors", "education_stages", "office", "time", "modes", "access_features")
)
# What somebody is, which alone tells of nothing that happened: a passport is no discrimination.
TRAITS = frozenset(
    f"grounds:{trait}"
    for trait in (
        "nationality_residence", "language", "age", "disability", "family_status", "social_status", "appearance",
        "religion_belief", "gender",
    )
)  # fmt: skip
# Apart from these: nobody speaks of the police here without a reason, and some groups are who all this is for.
SUBJECT = frozenset(("life_areas:police", "office:police")) | frozenset(
    f"target_groups:{group}"
    for group in ("bipoc", "jews", "muslims", "sinti_roma", "lgbtiq", "refugees", "migrants")
)
# Of these the common ones (counselling, legal information, reporting) are asked for with many other things.
OFFERED = frozenset(("kinds_of_help", "wish", "formats"))
COMMON = 0.05  # of all listings
_ONESELF = """
ich mich mir mein meine meinen meinem meiner wir uns unser unsere i me my we us our im ive id
ben beni bana benim biz bizi bize bizim انا أنا نحن لي عندي معي
я мене мені мій моя моє мої моїй мого моєї моєму ми нас нам меня мне мой моё мои моей моего моему мы мной
ja mnie mi mój moja moje mojego mojej mojemu nas nam je m me moi mon ma mes nous notre nos
yo me mi mis mí nos nuestro nuestra من مرا منو εγώ με μου μας εμείς εμένα
"""
_BECAUSE = """
weil wegen because çünkü yüzünden diye بسبب لأن لأني لأنني لأنه لأنها لأننا через бо тому
потому bo ponieważ powodu dlatego cause parce porque خاطر چون επειδή γιατί λόγω εξαιτίας
"""
_STORY = frozenset(word for code in ("de", "el") for word in surfaces(f"{_ONESELF} {_BECAUSE}", code))


def is_story(words: Iterable[str]) -> bool:
    """Arabic says "me" at the end of the verb."""
    return any(word in _STORY or (len(word) > 3 and word.endswith("ني")) for word in words)


@dataclass(frozen=True)
class Coverage:
    """Of what was asked, by the hits of a page."""

    planned: Plan
    understood: Understood
    knowledge: Knowledge
    weights: Weights

    def suffices(self, found: Found) -> bool:
        if not self._asked or not self.weights.counts:  # where nothing is coded, words are all there is to go by
            return True
        answers = [[self.planned.wanted[one] for one in matched] for matched in found.matched.values()]
        if found.matched and any(self._tells(match) for match in self.understood.matches):
            return True
        if is_story(self.understood.words):
            return bool(self._recognised) or max(map(self.share, answers), default=0.0) >= ENOUGH_OF_A_STORY
        return max(map(self.share, answers), default=0.0) >= ENOUGH

    def share(self, answer: Iterable[Wanted]) -> float:
        """Of the question, by the weight of its words."""
        best: dict[int, float] = {}
        written: set[int] = set()
        for wanted in answer:
            for at in wanted.words & self._asked.keys():
                best[at] = max(best.get(at, 0.0), self._strength(wanted, at))
                written |= {at} if best[at] == 0.0 else set()
        together = 1 - WRITTEN ** len(written)
        best |= {at: together for at in written if best[at] == 0.0}
        return sum(self._asked[at] * strength for at, strength in best.items()) / sum(self._asked.values())

    @cached_property
    def _asked(self) -> Mapping[int, float]:
        """The words that carry a meaning, each with its weight."""
        words, place = self.understood.words, self.understood.place_words
        asked = (at for at, word in enumerate(words) if at not in place and len(word) > 1)
        return {at: self._weight(words[at]) for at in asked if at in self._recognised or not is_small(words[at])}

    @cached_property
    def _recognised(self) -> Mapping[int, float]:
        """Where a concept was recognised, and how much that tells."""
        found: dict[int, float] = {}
        for match in self.understood.matches:
            telling = match.weight * (NAMED if self._is_subject(match.concept) else SCENE)
            telling = telling if match.concept in self._meant else RULED_OUT
            found |= {at: max(found.get(at, 0.0), telling) for at in match.words}
        return found

    def _tells(self, match: Match) -> bool:
        if match.concept.partition(":")[0] in OFFERED:
            return match.weight == 1.0 and self.weights.counts.get(match.concept, 0) < COMMON * self.weights.total
        return match.weight >= PART and match.concept in self._meant and self._is_subject(match.concept)

    @cached_property
    def _meant(self) -> frozenset[str]:
        return frozenset(concept for wanted in self.planned.wanted for concept in wanted.concepts)

    def _is_subject(self, concept: str) -> bool:
        is_scene = concept.partition(":")[0] in SCENES and concept not in SUBJECT
        return not is_scene and concept not in TRAITS

    def _weight(self, word: str) -> float:
        used = self.knowledge.words.get(word, 0)
        return max(LEAST, log(1 + self.weights.total / (1 + used)) / log(1 + max(1, self.weights.total)))

    def _strength(self, wanted: Wanted, at: int) -> float:
        """0: the word stands somewhere in a text."""
        stems = {reader.stem(self._word(at)) for reader in readers(script(self._word(at)))}
        if not wanted.label or stems & self.knowledge.name_stems:
            return NAMED
        if at in self._recognised:
            return self._recognised[at]
        # Found by a part of it, or in a word of a label that means more than this one.
        is_fragment = not stems & self.knowledge.stems or stems & self.knowledge.label_stems
        return FRAGMENT if is_fragment else 0.0

    def _word(self, at: int) -> str:
        return self.understood.words[at]
