"""Files that are longer than their budget, each with its reason. This list only shrinks."""

#: Path -> reason.
LONG_FILES: dict[str, str] = {}
#: "path:function" -> reason.
LONG_FUNCTIONS: dict[str, str] = {}
LONG_TEMPLATES: dict[str, str] = {}
