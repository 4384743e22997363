import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from directory.models import Configuration, Listing
from search import indexing, reader
from search.ablation import PARTS
from tests.integration.search.making import area, found, listing, term

pytestmark = pytest.mark.usefixtures("index")


def run(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


class TestRebuild:
    def test_says_how_many(self) -> None:
        listing("one", "Rat")
        listing("two", "Rat", live=False)
        assert run("rebuild_index") == "1 listings indexed.\n"

    def test_somebody_else_is_writing(self) -> None:
        with (
            indexing.generations().building(),
            pytest.raises(CommandError, match="Another process is writing"),
        ):
            run("rebuild_index")

    def test_tells_its_progress(self) -> None:
        seen: list[tuple[int, int]] = []
        listing("one", "Rat")
        listing("two", "Rat")
        indexing.rebuild(progress=lambda done, total: seen.append((done, total)))
        assert seen == [(1, 2), (2, 2)]


class TestCheck:
    def test_an_index_that_holds_exactly_what_is_public(self) -> None:
        listing("one", "Rat")
        run("rebuild_index")
        assert "exactly" in run("check_index")

    def test_no_index(self) -> None:
        with pytest.raises(CommandError, match="no index yet"):
            run("check_index")

    def test_an_index_that_is_behind(self) -> None:
        run("rebuild_index")
        listing("new", "Rat")
        with pytest.raises(CommandError, match="behind the change log") as error:
            run("check_index")
        assert "Missing: new." in str(error.value)

    def test_what_is_no_longer_public(self) -> None:
        entry = listing("old", "Rat")
        run("rebuild_index")
        entry.delete()
        with pytest.raises(CommandError, match="No longer public: old"):
            run("check_index")

    def test_a_row_that_passed_by_the_change_log(self) -> None:
        """As by hand in the database."""
        listing("one", "Rat")
        run("rebuild_index")
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("UPDATE directory_listing SET live = %s", [False])
        assert Listing.objects.public().count() == 0
        with pytest.raises(CommandError, match="No longer public: one"):
            run("check_index")

    def test_repair(self) -> None:
        run("rebuild_index")
        listing("new", "Rat")
        next(indexing.generations().current().glob("*.json")).write_text("x")
        assert "exactly" in run("check_index", "--repair")
        reader.forget()
        assert found("Rat") == ["new"]

    def test_repair_while_another_process_is_writing(self) -> None:
        with (
            indexing.generations().building(),
            pytest.raises(CommandError, match="Another process is writing"),
        ):
            run("check_index", "--repair")


class TestEvaluate:
    @pytest.fixture
    def files(self, tmp_path: Path) -> tuple[str, str]:
        queries = [
            {"_id": "q1", "text": "Rassismus", "lang": "de", "class": "concept"},
            {"_id": "q2", "text": "Kurs", "lang": "de", "class": "name"},
            {"_id": "q3", "text": "Schwimmbad", "lang": "en", "class": "absent"},
        ]
        (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
        (tmp_path / "qrels.tsv").write_text(
            "query-id\tcorpus-id\tscore\nq1\tadvice\t3\nq2\tadvice\t3\nq2\tcourse\t1\n"
        )
        return str(tmp_path / "queries.jsonl"), str(tmp_path / "qrels.tsv")

    def figures(self, files: tuple[str, str], *arguments: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(
            run("evaluate_search", "--queries", files[0], "--qrels", files[1], "--json", *arguments)
        )
        return found

    def test_the_listings_of_the_database(self, files: tuple[str, str], index: Path) -> None:
        term("grounds", "racism", "Rassismus")
        listing("advice", "Rat", grounds=["racism"])
        listing("course", "Kurs")
        figures = self.figures(files, "--listings", "--by", "lang,class")
        overall = figures["overall"]
        assert (overall["n"], overall["s1"], overall["s3"], overall["zero"]) == (2, 0.5, 0.5, 0.0)
        assert 0.5 < overall["ndcg10"] < 1
        assert figures["groups"]["class=concept"]["s1"] == 1.0
        assert figures["groups"]["lang=de,class=name"]["s1"] == 0.0
        assert figures["absent"] == {"n": 1, "empty": 1.0}
        assert not index.exists()  # a throw-away index: the site's own is not touched

    def test_the_home_area_is_applied(self, files: tuple[str, str]) -> None:
        area("here", "Hier")
        area("there", "Dort")
        term("grounds", "racism", "Rassismus")
        listing("a-there", "Rat", grounds=["racism"], areas_served=["there"])
        listing("advice", "Rat", grounds=["racism"], areas_served=["here"])
        configuration = Configuration.load()
        configuration.home_area = "here"
        configuration.save()
        assert self.figures(files, "--listings", "--by", "class")["groups"]["class=concept"]["s1"] == 1.0

    def test_a_corpus_by_group(self, files: tuple[str, str], tmp_path: Path) -> None:
        documents = [
            {"_id": "advice", "group": "a", "texts": {"de": {"title": "Rassismus", "text": ""}}, "concepts": []},
            {"_id": "other", "group": "b", "texts": {"de": {"title": "Rassismus Rassismus", "text": "Kurs"}}},
        ]
        path = tmp_path / "corpus.jsonl"
        path.write_text("\n".join(map(json.dumps, documents)))
        asked = {"_id": "q1", "text": "Rassismus", "lang": "de", "group": "a"}
        (tmp_path / "queries.jsonl").write_text(json.dumps(asked))
        assert self.figures(files, "--corpus", str(path), "--by", "group")["groups"]["group=a"]["s1"] == 1.0

    @pytest.fixture
    def foreign(self, files: tuple[str, str], tmp_path: Path) -> list[str]:
        """A German page, a question in Ukrainian, and texts from which its words can be learnt."""
        page = {"_id": "advice", "texts": {"de": {"title": "Segelboot", "text": "Masten"}}, "concepts": []}
        other = {"_id": "other", "texts": {"de": {"title": "Zirkus", "text": "Zelt"}}, "concepts": []}
        said = [{"de": "ein Segelboot", "uk": "вітрильник"}, {"de": "Zirkus", "uk": "цирк"}]
        asked = {"_id": "q1", "text": "вітрильник", "lang": "uk"}
        written: dict[str, list[dict[str, Any]]] = {"corpus": [page, other], "parallel": said, "queries": [asked]}
        for name, lines in written.items():
            (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)))
        return ["--corpus", str(tmp_path / "corpus.jsonl"), "--parallel", str(tmp_path / "parallel.jsonl")]

    def test_parallel_texts_teach_the_lexicon(self, files: tuple[str, str], foreign: list[str]) -> None:
        assert self.figures(files, *foreign)["overall"]["s1"] == 1.0
        assert self.figures(files, *foreign[:2])["overall"]["zero"] == 1.0

    def test_what_a_part_is_worth(self, files: tuple[str, str], foreign: list[str]) -> None:
        assert self.figures(files, *foreign, "--without", "lexicon")["overall"]["zero"] == 1.0
        every = [argument for part in PARTS for argument in ("--without", part)]
        assert self.figures(files, *foreign, *every)["overall"]["zero"] == 1.0

    def test_the_stemmer_can_be_left_out_too(self, files: tuple[str, str]) -> None:
        listing("advice", "Rassismen")
        assert self.figures(files, "--listings", "--by", "class")["groups"]["class=concept"]["s1"] == 1.0
        without = self.figures(files, "--listings", "--by", "class", "--without", "stemmer", "--without", "grams")
        assert without["groups"]["class=concept"]["s1"] == 0.0

    def test_parallel_lines_hold_texts(self, files: tuple[str, str], foreign: list[str]) -> None:
        Path(foreign[3]).write_text('{"de": "Rat"}\n{"de": 3}')
        with pytest.raises(CommandError, match=r"parallel\.jsonl, line 2: expected texts by language"):
            self.figures(files, *foreign)

    def test_in_words_for_people(self, files: tuple[str, str]) -> None:
        listing("advice", "Rassismus")
        said = run("evaluate_search", "--listings", "--queries", files[0], "--qrels", files[1], "--by", "lang")
        assert "overall" in said
        assert "lang=de" in said
        assert "absent: 1.00 of 1" in said

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--listings", "--by", "colour"], "Unknown in --by: colour"),
            ([], "one of the arguments --listings --corpus"),
            (["--corpus", "nowhere.jsonl"], "nowhere.jsonl"),
            (["--listings", "--engine", "other"], "invalid choice"),
            (["--listings", "--without", "luck"], "invalid choice"),
            (["--listings", "--parallel", "nowhere.jsonl"], "nowhere.jsonl"),
        ],
    )
    def test_wrong_arguments(self, files: tuple[str, str], arguments: list[str], message: str) -> None:
        with pytest.raises(CommandError, match=message):
            self.figures(files, *arguments)

    def test_a_bad_file_is_told_with_its_line(self, files: tuple[str, str]) -> None:
        Path(files[0]).write_text('{"_id": "q", "text": "x"}\n{')
        with pytest.raises(CommandError, match=r"queries\.jsonl, line 2: no JSON"):
            self.figures(files, "--listings")
