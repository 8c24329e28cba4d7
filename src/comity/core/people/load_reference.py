"""Loads the bundled participants and the names by which sources call them.

Source of every row: its own column `source`; the files are made by `tools/reference.py`.
"""

from __future__ import annotations

import csv
from pathlib import Path

from comity.core.people.models import Participant, ParticipantName
from comity.core.people.names import fold

REFERENCE = Path(__file__).resolve().parent / "reference"
_LANGUAGES = ("en", "ar", "es", "fr", "ru", "zh")
_SAME = ("iso2", "m49", "kind", "regional_group", "m49_region", "m49_subregion", "source")
_FLAGS = ("ldc", "lldc", "sids")


def load_reference() -> None:
    """Brings participants and printed names to the state of the bundled files; running again changes nothing.

    Participants are never removed (others may refer to them). Call it inside a transaction.
    """
    participants = [
        Participant(
            iso3=row["iso3"],
            names={lang: row[f"name_{lang}"] for lang in _LANGUAGES},
            **{name: row[name] for name in _SAME},
            **{flag: row[flag] == "1" for flag in _FLAGS},
        )
        for row in _rows("participants.csv")
    ]
    Participant.objects.bulk_create(
        participants, update_conflicts=True, unique_fields=["iso3"], update_fields=["names", *_SAME, *_FLAGS]
    )
    wanted = {(row["iso3"], row["name"], row["lang"]): row for row in _rows("names.csv")}
    present = {
        (iso3, name, lang): key
        for key, iso3, name, lang in ParticipantName.objects.values_list("id", "participant_id", "name", "lang")
    }
    ParticipantName.objects.bulk_create(
        ParticipantName(
            participant_id=iso3,
            name=name,
            folded=fold(name),
            lang=lang,
            kind=row["kind"],
            source=row["source"],
        )
        for (iso3, name, lang), row in wanted.items()
        if (iso3, name, lang) not in present
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
