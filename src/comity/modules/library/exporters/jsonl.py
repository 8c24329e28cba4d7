"""JSON Lines: every field of every record, one record per line; `importers` read it back without loss."""

from __future__ import annotations

import json

from comity.modules.library.content import to_plain
from comity.modules.library.exporters.entry import Entry

#: Signs that some programs take for the end of a line, though JSON does not.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def line(entry: Entry) -> str:
    """Returns the record's line. Files stand in it by digest and name: their bytes are not in the export."""
    text = json.dumps({**to_plain(entry.content), "identity": entry.identity()}, ensure_ascii=False)
    return text.translate(_LINE_ENDS) + "\n"
