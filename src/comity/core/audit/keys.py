"""The node's own keys: one to sign checkpoints, one for digests of personal values."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def _file(name: str) -> Path:
    folder = Path(settings.COMITY_DATA) / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / name


def _create_once(path: Path, content: bytes) -> bytes:
    """Writes `content` if the file is absent and returns what the file holds; safe with several processes."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
    return content


def digest_key() -> bytes:
    """Returns the secret of keyed digests; made on first use."""
    path = _file("digest.key")
    return path.read_bytes() if path.exists() else _create_once(path, secrets.token_bytes(32))


def signing_key() -> Ed25519PrivateKey:
    """Returns the Ed25519 key of this node's checkpoints; made on first use."""
    path = _file("checkpoint.key")
    if path.exists():
        raw = path.read_bytes()
    else:
        raw = _create_once(
            path,
            Ed25519PrivateKey.generate().private_bytes(
                serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
            ),
        )
    return Ed25519PrivateKey.from_private_bytes(raw)
