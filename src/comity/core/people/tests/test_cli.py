"""`comity user …` on a real node, in processes of its own."""

from __future__ import annotations

import json
from typing import Any


def test_first_administrator_and_invitations_by_link(node: Any) -> None:
    first = node.must("user", "first-admin", "first@example.org")
    assert first.startswith("http://localhost:8000/en/account/invitation/")
    link = node.must("user", "invite", "kofi@example.org", "--role", "focal_point", "--for", "gha", "--language", "fr")
    assert link.strip().startswith("http://localhost:8000/fr/account/invitation/")
    token = link.strip().split("/")[-2]
    assert len(token) >= 43
    for wrong in (
        ["x@example.org", "--role", "emperor"],
        ["x@example.org", "--role", "focal_point", "--for", "XXX"],
        ["x@example.org", "--role", "focal_point"],
        ["no address", "--role", "curator"],
        ["x@example.org", "--role", "curator", "--language", "tlh"],
    ):
        refused = node.comity("user", "invite", *wrong)
        assert refused.returncode == 2 and refused.stderr and "Traceback" not in refused.stderr, refused.stderr
    assert json.loads(node.must("user", "list", "--json")) == []


def test_an_unknown_person_cannot_act(node: Any) -> None:
    refused = node.comity("--as", "nobody@example.org", "user", "list")
    assert refused.returncode == 2 and "nobody here has that address" in refused.stderr
