from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from extract.sample import sample_paths
from tests.graph.cli.running import paperkg

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]
ABSTRACT = "We fine-tune BERT on SQuAD and reach 91.2 F1, 2.3 points more than RoBERTa."


def write_records(path: Path, *records: object) -> Path:
    lines = (r if isinstance(r, str) else json.dumps(r) for r in records)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_build_prints_the_documented_object(capfd: Capture, sample_library: Path) -> None:
    answer = paperkg(
        capfd, "build", *sample_paths(), "--json", "--quiet", "--library", sample_library
    )
    assert answer.code == 0
    report = answer.json()
    assert {"papers", "mentions", "concepts", "edges", "communities"} <= set(report)
    counted = {k: report["papers"][k] for k in ("read", "new", "duplicate", "rejected")}
    assert counted == {"read": 42, "new": 0, "duplicate": 42, "rejected": 0}
    assert report["rejects_file"] is None


def test_refused_records_are_counted_listed_and_do_not_stop_the_rest(
    capfd: Capture, tmp_path: Path
) -> None:
    records = write_records(
        tmp_path / "records.jsonl",
        {"title": "A", "abstract": ABSTRACT},
        '{"title": "B", "abstract": ',
        {"title": "C"},
        {"abstract": "A record without a title, on ImageNet."},
    )
    library = tmp_path / "a.db"
    answer = paperkg(capfd, "build", records, "--json", "--library", library)
    assert answer.code == 0
    report = answer.json()
    assert report["papers"]["read"] == 4
    assert report["papers"]["new"] == 2
    assert report["papers"]["rejected"] == 2
    rejects = [
        json.loads(line) for line in (tmp_path / "a.rejects.jsonl").read_text("utf-8").splitlines()
    ]
    assert [(r["line"], r["file"]) for r in rejects] == [(2, str(records)), (3, str(records))]
    assert all(r["reason"] for r in rejects)

    strict = paperkg(capfd, "build", records, "--strict", "--library", library)
    assert strict.code == 1
    assert "Refused 2 records" in strict.err

    write_records(records, {"title": "A", "abstract": ABSTRACT})
    assert paperkg(capfd, "build", records, "--library", library).code == 0
    assert not (tmp_path / "a.rejects.jsonl").exists()


def test_a_named_list_of_rejects_is_written_and_never_deleted(
    capfd: Capture, tmp_path: Path
) -> None:
    # issue 3: `--rejects` used to delete the file that it named when nothing was refused
    library = tmp_path / "a.db"
    records = write_records(tmp_path / "records.jsonl", {"title": "A", "abstract": ABSTRACT})
    listed = tmp_path / "list.jsonl"
    listed.write_text("of an earlier run\n", encoding="utf-8")
    assert paperkg(capfd, "build", records, "--rejects", listed, "--library", library).code == 0
    assert listed.read_text(encoding="utf-8") == ""
    same = paperkg(capfd, "build", records, "--rejects", records, "--library", library)
    assert same.code == 2
    assert ABSTRACT in records.read_text(encoding="utf-8")


def test_a_file_of_the_users_own_beside_the_library_stays(capfd: Capture, tmp_path: Path) -> None:
    # issue 3: only a list that paperkg wrote goes when nothing was refused
    records = write_records(tmp_path / "records.jsonl", {"title": "A", "abstract": ABSTRACT})
    own = tmp_path / "a.rejects.jsonl"
    own.write_text("my notes\n", encoding="utf-8")
    assert paperkg(capfd, "build", records, "--library", tmp_path / "a.db").code == 0
    assert own.read_text(encoding="utf-8") == "my notes\n"


def test_extract_lists_its_rejects_apart_and_fails_when_strict(
    capfd: Capture, tmp_path: Path
) -> None:
    records = write_records(tmp_path / "records.jsonl", {"title": "C"}, {"abstract": ABSTRACT})
    library = tmp_path / "a.db"
    answer = paperkg(capfd, "extract", records, "--strict", "--library", library)
    assert answer.code == 1
    assert len(answer.out.splitlines()) == 1
    assert "Refused 1 record" in answer.err
    assert (tmp_path / "extract.rejects.jsonl").is_file()
    assert paperkg(capfd, "extract", records, "--library", library).code == 0


def test_the_year_completes_the_date_of_a_page(capfd: Capture, sample_library: Path) -> None:
    answer = paperkg(capfd, "build", *sample_paths(), "--year", 2025, "--library", sample_library)
    assert answer.code == 0
    stats = paperkg(capfd, "stats", "--json", "--library", sample_library).json()
    assert stats["seen_on"] == ["2025-03-12", "2025-07-29"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "no/such/file.txt"],
        ["build", "--year", "soon"],
        ["build", "--date", "12 March", "x"],
        ["extract"],
        ["extract", "no/such/*.jsonl"],
        ["no-such-command"],
        ["path", "only one"],
        ["export", "graph.docx"],
    ],
)
def test_wrong_use_exits_with_2_and_says_what_is_wrong(
    capfd: Capture, sample_library: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sample_library.parent)
    sample_library.rename("paperkg.db")
    answer = paperkg(capfd, *arguments)
    assert answer.code == 2
    assert answer.err
    assert "Traceback" not in answer.err


def test_a_mistyped_path_leaves_no_library_behind(capfd: Capture, tmp_path: Path) -> None:
    library = tmp_path / "a.db"
    assert paperkg(capfd, "build", tmp_path / "typo.txt", "--library", library).code == 2
    assert not library.exists()


def test_build_without_anything_to_read_says_what_to_do(
    capfd: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = paperkg(capfd, "build")
    assert answer.code == 2
    assert "--sample" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_extract_prints_one_object_a_paper_with_its_own_id(capfd: Capture, tmp_path: Path) -> None:
    records = write_records(
        tmp_path / "records.jsonl",
        {"id": "own-1", "title": "BERT again", "abstract": ABSTRACT},
        {"id": 7, "title": "", "abstract": "ImageNet is where ResNet-50 reaches 76.1% accuracy."},
    )
    answer = paperkg(capfd, "extract", records, "--format", "jsonl")
    assert answer.code == 0
    first, second = map(json.loads, answer.out.splitlines())
    assert (first["id"], second["id"]) == ("own-1", "7")
    texts = {"title": "BERT again", "abstract": ABSTRACT}
    assert {m["text"] for m in first["mentions"]} >= {"BERT", "SQuAD", "F1", "RoBERTa"}
    for mention in first["mentions"]:
        assert texts[mention["field"]][mention["start"] : mention["end"]] == mention["text"]
    concepts = {m["concept"] for m in first["mentions"] if m["text"] == "BERT"}
    assert len(concepts) == 1
    assert [r["value"] for r in second["results"]] == ["76.1"]


def test_extract_writes_a_file_whole(capfd: Capture, tmp_path: Path) -> None:
    records = write_records(tmp_path / "records.jsonl", {"title": "A", "abstract": ABSTRACT})
    answer = paperkg(capfd, "extract", records, "-o", tmp_path / "out.jsonl")
    assert (answer.code, answer.out) == (0, "")
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_a_removed_paper_is_named_and_gone(capfd: Capture, sample_library: Path) -> None:
    listed = paperkg(capfd, "communities", "--json", "--library", sample_library).json()
    paper = listed[0]["papers"][0]
    answer = paperkg(capfd, "remove", paper["title"], "--json", "--library", sample_library)
    assert answer.code == 0
    assert answer.json() == {"removed": [paper], "papers": 39}
    assert paperkg(capfd, "paper", paper["id"], "--library", sample_library).code == 2
    again = paperkg(capfd, "remove", paper["title"], "--library", sample_library)
    assert again.code == 2


def test_standard_input_is_read(tmp_path: Path) -> None:
    record = json.dumps({"title": "A", "abstract": ABSTRACT})
    command = [sys.executable, "-m", "graph.cli", "build", "-", "--json"]
    command += ["--library", str(tmp_path / "a.db")]
    done = subprocess.run(command, input=record.encode(), capture_output=True, check=True)
    assert json.loads(done.stdout)["papers"]["new"] == 1


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    records = write_records(
        tmp_path / "records.jsonl",
        *({"title": f"Paper {i}", "abstract": f"{ABSTRACT} {i}"} for i in range(300)),
    )
    command = f"'{sys.executable}' -m graph.cli extract '{records}' | head -c 10"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_text_is_utf_8_whatever_the_locale(tmp_path: Path, sample_library_once: Path) -> None:
    command = [sys.executable, "-X", "utf8=0", "-m", "graph.cli", "search", "Étagère", "--json"]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [*command, "--library", str(sample_library_once)],
        capture_output=True,
        check=True,
        env=environment,
    )
    assert any("Étagère" in hit["name"] for hit in json.loads(done.stdout.decode("utf-8")))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to a process")
def test_ctrl_c_stops_between_batches_and_says_how_to_go_on(tmp_path: Path) -> None:
    page = tmp_path / "many.jsonl"
    papers = ({"title": f"Paper {i}", "abstract": f"{ABSTRACT} {i}"} for i in range(3000))
    write_records(page, {"title": "refused"}, *papers)
    library = tmp_path / "a.db"
    command = [sys.executable, "-m", "graph.cli", "build", str(page), "--library", str(library)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while not library.exists():
            time.sleep(0.05)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in err
    assert "go on" in err or "goes on" in err
    assert "no abstract" in (tmp_path / "a.rejects.jsonl").read_text("utf-8")  # issue 3


def test_text_from_papers_cannot_steer_the_terminal(capfd: Capture, tmp_path: Path) -> None:
    hostile = "Red \x1b[31malert\x1b[0m \x9b2J \u202ednegel"
    records = write_records(tmp_path / "records.jsonl", {"title": hostile, "abstract": ABSTRACT})
    library = tmp_path / "a.db"
    assert paperkg(capfd, "build", records, "--library", library).code == 0
    for command in (["neighbours", "BERT"], ["path", "BERT", "SQuAD"], ["search", "31malert"]):
        for form in ([], ["--json"]):
            answer = paperkg(capfd, *command, *form, "--library", library)
            assert answer.code == 0
            assert "alert" in answer.out
            assert not set("\x1b\x9b\x00") & set(answer.out + answer.err)
    extracted = paperkg(capfd, "extract", records)  # issue 3: it printed them raw
    assert not set("\x1b\x9b\x00") & set(extracted.out)
    assert json.loads(extracted.out)["title"] == hostile
