"""The icons a page may use: each is drawn by bootstrap-icons and copied into one sprite by `build`."""

from __future__ import annotations

#: Our name of the icon -> file name in the package bootstrap-icons.
ICONS: dict[str, str] = {
    "arrow": "arrow-right",
    "bell": "bell",
    "calendar": "calendar3",
    "check": "check-circle",
    "clock": "clock",
    "close": "x-lg",
    "document": "file-earmark-text",
    "download": "download",
    "edit": "pencil",
    "feed": "rss",
    "filter": "funnel",
    "gap": "circle-half",
    "globe": "globe2",
    "handshake": "people",
    "home": "house",
    "info": "info-circle",
    "key": "key",
    "languages": "translate",
    "link": "box-arrow-up-right",
    "list": "list-ul",
    "lock": "lock",
    "mail": "envelope",
    "map": "geo-alt",
    "next": "chevron-right",
    "person": "person-circle",
    "phone": "telephone",
    "previous": "chevron-left",
    "print": "printer",
    "question": "question-circle",
    "scales": "bank",
    "search": "search",
    "shield": "shield-check",
    "sort": "chevron-expand",
    "sort-down": "chevron-down",
    "sort-up": "chevron-up",
    "source": "bookmark",
    "stop": "x-octagon",
    "swap": "arrow-left-right",
    "trash": "trash3",
    "treaty": "journal-text",
    "upload": "upload",
    "warning": "exclamation-triangle",
}

#: Icons that point along the line of reading and are mirrored in right-to-left pages.
MIRRORED = frozenset({"arrow", "link", "list", "next", "previous"})
