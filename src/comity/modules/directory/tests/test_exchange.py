"""Files in and out: import, export and import again are equal; what is wrong is refused with its reason."""

from __future__ import annotations

import argparse
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pypdf import PdfReader

from comity.core.actions.actor import PUBLIC
from comity.core.audit.models import Entry
from comity.core.vault.models import Quarantine
from comity.modules.directory import cli, exports
from comity.modules.directory import vocabulary as v
from comity.modules.directory.exporters import exchange, sheet
from comity.modules.directory.exporters.blocks import booklet
from comity.modules.directory.importers import csv_file, json_file
from comity.modules.directory.models import Authority, Network, NetworkMembership
from comity.modules.directory.records import AuthorityRecord, ContactRecord, TextRecord, from_plain, to_plain
from comity.modules.directory.selectors.content import record_of
from comity.modules.directory.selectors.pages import card
from comity.modules.directory.tests import making
from comity.modules.directory.tests.making import CURATOR, FOCAL_A, FOCAL_B, SYSTEM, record, shown

_text = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1, max_size=30).filter(
    lambda s: s.strip()
)
_records = st.builds(
    lambda name, contacts, langs, functions, note: record(
        texts=[TextRecord("name", "en", name, "original"), TextRecord("limits", "ar", note, "unofficial")],
        contacts=[ContactRecord(k, value, "ar", label, urgent, n) for k, value, label, urgent, n in contacts],
        languages=langs, functions=functions,
    ),
    _text,
    st.lists(
        st.tuples(st.sampled_from(v.ContactKind.values), _text, st.sampled_from(["public", "officials"]),
                  st.booleans(), st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=9)),
        max_size=4,
    ),
    st.lists(st.sampled_from(["en", "fr", "ar", "zh"]), unique=True),
    st.lists(st.sampled_from(v.Function.values), unique=True),
    _text,
)  # fmt: skip


def parsed(text: str, parser: Any, folder: Path, name: str) -> list[dict[str, Any]]:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    rows: list[dict[str, Any]] = parser.parse(path)["authorities"]
    return rows


class RoundTrip(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(made=_records)
    def test_written_files_are_read_back_without_loss(self, made: AuthorityRecord) -> None:
        import tempfile

        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for text, parser, ending in (
                (exchange.to_json([made]), json_file, "json"),
                (exchange.to_csv([made]), csv_file, "csv"),
            ):
                rows = parsed(text, parser, folder, f"x.{ending}")
                assert to_plain(from_plain(rows[0]["record"])) == to_plain(made)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(made=_records)
    def test_what_the_database_holds_is_what_was_written(self, made: AuthorityRecord) -> None:
        making.world()
        row = making.write(made, step_by="t", edited_by="t")
        assert to_plain(record_of(Authority.objects.get(pk=row.pk))) == to_plain(made)


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    making.world()


def take(path: Path, actor: Any = SYSTEM, dry_run: bool = False) -> dict[str, Any]:
    return cli.import_path(actor, path, dry_run=dry_run)


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_import_export_import_is_equal_and_again_changes_nothing(kind: str, tmp_path: Path) -> None:
    shown()
    shown("BBB-central", state="nominated")
    shown("BBB-old", state="superseded", superseded_by="BBB-new")
    first = exports.export(SYSTEM, kind, exports.current(SYSTEM, every=True), lang="en", at=making.timezone.now())
    path = tmp_path / f"all.{kind}"
    path.write_bytes(first)
    assert take(path) == {"file": path.name, "imported": 0, "updated": 0, "unchanged": 3, "refused": []}
    for model in (Authority,):
        model.objects.all().delete()
    assert take(path)["imported"] == 3
    second = exports.export(SYSTEM, kind, exports.current(SYSTEM, every=True), lang="en", at=making.timezone.now())
    assert second == first
    assert take(path)["unchanged"] == 3


def test_formula_cells_are_neutralised_and_restored(tmp_path: Path) -> None:
    nasty = [ContactRecord("phone", "+000 1"), ContactRecord("email", "@x"), ContactRecord("fax", "'=1")]
    made = record(contacts=nasty, texts=[TextRecord("name", "en", "=HYPERLINK(1)", "original")],
                  notification_reference="'-2+3")  # fmt: skip
    text = exchange.to_csv([made])
    import csv

    for cell in next(iter(list(csv.reader(io.StringIO(text)))[1:])):
        assert not cell.startswith(("=", "+", "-", "@"))
    rows = parsed(text, csv_file, tmp_path, "x.csv")
    assert to_plain(from_plain(rows[0]["record"])) == to_plain(made)


def test_a_persons_import_waits_for_verification(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text(exchange.to_json([record("AAA-central"), record("BBB-central")]))
    told = take(path, FOCAL_A)
    assert told["imported"] == 1 and [r["row"] for r in told["refused"]] == [2]
    row = Authority.objects.get()
    assert (row.state, row.edited_by) == ("nominated", FOCAL_A.reference)
    assert take(path, FOCAL_A)["unchanged"] == 1
    assert take(path, CURATOR)["imported"] == 1


def test_the_public_imports_nothing(tmp_path: Path) -> None:
    from comity.core.actions.decorator import Denied

    path = tmp_path / "x.json"
    path.write_text(exchange.to_json([record()]))
    with pytest.raises(Denied):
        take(path, PUBLIC)
    with pytest.raises(Denied):
        take(path, making.OBSERVER_B)


BAD = [
    ({"participant": "XYZ", "code": "XYZ-a"}, "XYZ"),
    ({"functions": ["teleportation"]}, "teleportation"),
    ({"last_confirmed_on": "31.12.2025"}, "31.12.2025"),
    ({"last_confirmed_on": "2999-01-01"}, "future"),
    ({"provisions": [{"instrument": "NOPE", "article": "1"}]}, "NOPE"),
    ({"zone": "Mars/Base"}, "Mars/Base"),
    ({"code": "BBB-wrong"}, "BBB-wrong"),
    ({"texts": []}, "name"),
    ({"state": "perfect"}, "perfect"),
    ({"contacts": [{"kind": "email", "value": "x", "label": "secretariat"}]}, "secretariat"),
    ({"contacts": [{"kind": "email"}]}, "contacts"),
    ({"hours": [{"weekday": 9, "opens": "08:00", "closes": "09:00"}]}, "weekday"),
    ({"hours": [{"weekday": 1, "opens": "18:00", "closes": "09:00"}]}, "closes"),
    ({"surprise": 1}, "surprise"),
    ({"languages": ["english!"]}, "english!"),
    ({"functions": ["mla", "mla"]}, "twice"),
    ({"round_the_clock": "yes"}, "round_the_clock"),
]


@pytest.mark.parametrize(("change", "word"), BAD)
def test_a_wrong_row_is_refused_with_its_reason_and_the_good_one_is_taken(
    change: dict[str, Any], word: str, tmp_path: Path
) -> None:
    document = json.loads(exchange.to_json([record(), record("AAA-good")]))
    document["authorities"][0].update(change)
    path = tmp_path / "mixed.json"
    path.write_text(json.dumps(document))
    told = take(path)
    assert told["imported"] == 1 and len(told["refused"]) == 1
    assert word in told["refused"][0]["reason"] and told["refused"][0]["row"] == 1
    assert Authority.objects.get().code == "AAA-good"
    assert Quarantine.objects.count() == 1
    again = take(path)
    assert (again["imported"], again["unchanged"]) == (0, 1) and Quarantine.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("cut.json", b'{"format": "comity-directory", "version": 1, "authorities": [{"code": "AA', "cut off"),
        ("other.json", b'{"format": "something"}', "format"),
        ("latin.json", "{“é”}".encode("cp1252"), "UTF-8"),
        ("latin.csv", "code,participant,name\r\nAAA-x,AAA,Autorité".encode("latin-1"), "UTF-8"),
        ("other.csv", b"a,b\r\n1,2\r\n", "missing"),
        ("deep.json", b"[" * 100_000, "nested"),
        ("empty.csv", b"", "missing"),
        ("list.json", b"[1, 2]", "format"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(name: str, content: bytes, word: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    told = take(path)
    assert told["imported"] == 0 and word in told["refused"][0]["reason"], told
    assert Quarantine.objects.count() == 1 and not Authority.objects.exists()


def test_a_sheet_made_by_hand_is_taken_and_its_broken_line_refused(tmp_path: Path) -> None:
    path = tmp_path / "hand.csv"
    path.write_text(
        "code,participant,name,lang,functions,provisions,languages,email,phone,zone,hours,last_confirmed_on,state\r\n"
        "AAA-hand,AAA,Hand-made office,en,mla; extradition,UNTOC 18; UNCAC,en; fr,a@example.org,'+000 1,"
        '+03:00,"mon 08:00-12:00,13:00-17:00; tue 08:00-24:00",2026-01-31,published\r\n'
        "AAA-day,AAA,Office,en,mla,,en,,,,,31/01/2026,published\r\n"
        "AAA-short,AAA\r\n",
        newline="",
    )
    told = take(path)
    assert told["imported"] == 1 and [r["row"] for r in told["refused"]] == [3, 4]
    row = Authority.objects.get()
    assert [c.value for c in row.contacts.all()] == ["+000 1", "a@example.org"]
    assert row.hours.count() == 3 and row.last_confirmed_on == date(2026, 1, 31)


def test_dry_run_writes_no_record(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(exchange.to_json([record()]))
    assert take(path, dry_run=True)["imported"] == 1
    assert not Authority.objects.exists() and not Quarantine.objects.exists()


def test_networks_come_back_equal_and_keep_their_past(tmp_path: Path) -> None:
    network = {
        "code": "ring", "kind": "judicial", "website": "", "fictitious": True, "source": "test",
        "texts": [{"kind": "name", "lang": "en", "value": "Ring", "status": "original"}],
        "members": [{"participant": "AAA", "since": "2020-01-01", "until": None}],
    }  # fmt: skip
    path = tmp_path / "n.json"
    path.write_text(exchange.to_json([], [network]))
    assert take(path)["imported"] == 1 and take(path)["unchanged"] == 1
    network["members"] = [{"participant": "BBB", "since": None, "until": None}]
    path.write_text(exchange.to_json([], [network]))
    assert take(path)["updated"] == 1
    assert exports.plain_network(Network.objects.get())["members"] == network["members"]
    assert NetworkMembership.objects.count() == 2
    path.write_text(exchange.to_json([], [{**network, "members": [{"participant": "???"}]}]))
    assert take(path)["refused"]


def command(**options: Any) -> argparse.Namespace:
    base = {"as_email": None, "actor": PUBLIC, "json": True, "dry_run": False, "lang": "en", "all": False,
            "out": None}  # fmt: skip
    return argparse.Namespace(**{**base, **options})


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(exchange.to_json([record()]))
    bad.write_text("{")
    assert cli._import(command(files=[good])) == 0
    assert cli._import(command(files=[good, bad])) == 1
    told = json.loads(capsys.readouterr().out.split("\n{")[-1].join(["{", ""]))
    assert {f["file"] for f in told["files"]} == {"good.json", "bad.json"}
    assert cli._import(command(files=[tmp_path / "none.json"])) == 2
    assert cli._import(command(files=[Path(__file__)])) == 2
    out = tmp_path / "out.csv"
    assert cli._export(command(format="csv", out=out)) == 0 and b"AAA-central" in out.read_bytes()


def test_an_export_holds_what_the_reader_may_see_and_is_audited() -> None:
    shown()
    shown("BBB-office", audience="officials")
    for kind in ("json", "csv", "vcard"):
        public = exports.export(PUBLIC, kind, exports.current(PUBLIC), lang="en", at=making.timezone.now()).decode()
        assert "555" not in public and "secret desk" not in public and "BBB-office" not in public
    assert not Entry.objects.filter(verb=v.EXPORT).exists()
    full = exports.export(FOCAL_B, "json", exports.current(FOCAL_B), lang="en", at=making.timezone.now()).decode()
    assert "555" in full and "secret desk" in full and "BBB-office" in full
    entry = Entry.objects.get(verb=v.EXPORT)
    assert entry.actor == FOCAL_B.reference and entry.difference == {"label": "officials"}


def test_vcard_is_version_four_and_reads_back() -> None:
    shown(texts=[TextRecord("name", "en", "Office; of, “Quotes”\nand lines", "original"),
                 TextRecord("name", "ar", "مكتب التعاون", "official")])  # fmt: skip
    text = exports.export(SYSTEM, "vcard", exports.current(SYSTEM), lang="ar", at=making.timezone.now()).decode()
    lines = text.split("\r\n")
    assert lines[:3] == ["BEGIN:VCARD", "VERSION:4.0", "KIND:org"]
    assert all(len(line.encode()) <= 75 for line in lines)
    read = next(vobject.readComponents(text))
    assert read.fn.value == "مكتب التعاون"
    assert {f.value for f in read.contents["fn"]} == {"مكتب التعاون", "Office; of, “Quotes”\nand lines"}
    assert read.contents["tel"][0].value == "+000 1 555 01"


def _document(lang: str, name: str) -> dict[str, Any]:
    row = shown(texts=[TextRecord("name", lang, name, "original")])
    return booklet([card(row, at=making.timezone.now(), lang=lang)], lang=lang, at=making.timezone.now())


def test_a_pdf_is_refused_with_the_package_where_a_font_is_missing() -> None:
    arabic, chinese = _document("ar", "السلطة المركزية"), None
    with pytest.raises(sheet.FontMissing, match="Noto Sans Arabic") as missing:
        sheet.pdf(arabic, available=frozenset({"Noto Sans"}))
    assert "fonts-noto-core" in missing.value.reason
    Authority.objects.all().delete()
    chinese = _document("zh", "中央机关")
    with pytest.raises(sheet.FontMissing) as missing:
        sheet.pdf(chinese, available=frozenset({"Noto Sans", "Noto Sans Arabic"}))
    assert "fonts-noto-cjk" in missing.value.reason


def test_a_latin_pdf_needs_no_font_of_the_machine_and_holds_the_text() -> None:
    document = _document("fr", "Autorité #strong[x] $y$ \\ éà Москва")
    content = sheet.pdf(document, available=frozenset())
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "#strong[x]" in text and "Москва" in text
    assert sheet.pdf(document, available=frozenset()) == content
