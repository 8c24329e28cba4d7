"""The sealed stream of a backup: AES-256-GCM in chunks, the key from a passphrase by scrypt.

Layout: a magic line; a JSON line with the salt and the costs of scrypt; chunks of one MiB, each with its
16-byte tag. A chunk's nonce is its number and a flag that marks the last one, so a chunk that was changed,
moved, left out or cut off at the end is noticed (the STREAM construction).
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"COMITY-BACKUP-1\n"
CHUNK = 2**20
_TAG = 16
_COSTS = {"n": 2**16, "r": 8, "p": 1}
#: Costs that a header may ask for: a forged one must not take the memory of the machine.
_MOST = {"n": 2**20, "r": 8, "p": 4}


class ArchiveProblem(Exception):
    """Why a backup file cannot be opened, in words for a person."""


def _derive(passphrase: str, salt: bytes, costs: dict[str, int]) -> tuple[bytes, str]:
    """Returns the key, and a digest by which a wrong passphrase is told from a damaged file."""
    both = Scrypt(salt=salt, length=64, n=costs["n"], r=costs["r"], p=costs["p"]).derive(passphrase.encode())
    return both[:32], hashlib.sha256(both[32:]).hexdigest()


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


class SealingWriter(io.RawIOBase):
    """A file that seals what is written to it; `close()` writes the last chunk."""

    def __init__(self, out: BinaryIO, passphrase: str) -> None:
        salt = os.urandom(16)
        key, check = _derive(passphrase, salt, _COSTS)
        self._header = (
            MAGIC + json.dumps({"kdf": "scrypt", **_COSTS, "salt": salt.hex(), "check": check}).encode()
        )
        self._header += b"\n"
        self._cipher, self._out, self._number, self._held = AESGCM(key), out, 0, bytearray()
        out.write(self._header)

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Takes bytes; whole chunks go out as soon as it is known that more follow."""
        self._held += data
        while len(self._held) > CHUNK:
            self._seal(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Seals what is left, marked as the last chunk."""
        if not self.closed:
            self._seal(bytes(self._held), last=True)
            super().close()

    def _seal(self, plain: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last), plain, self._header))
        self._number += 1


class OpeningReader(io.RawIOBase):
    """A file that opens a sealed one. Reading raises ArchiveProblem as soon as something is wrong.

    Nothing that was read may be used before the end was reached: only the last chunk proves that all came.
    """

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        if source.readline(len(MAGIC)) != MAGIC:
            raise ArchiveProblem("This is no Comity backup.")
        line = source.readline(1000)
        try:
            told = json.loads(line)
            costs = {name: int(told[name]) for name in _COSTS}
            salt = bytes.fromhex(told["salt"])
            expected = str(told["check"])
        except (ValueError, KeyError, TypeError) as error:
            raise ArchiveProblem("The head of this backup is damaged.") from error
        if any(costs[name] > most or costs[name] < 1 for name, most in _MOST.items()):
            raise ArchiveProblem("The head of this backup is damaged.")
        key, check = _derive(passphrase, salt, costs)
        if not hmac.compare_digest(check, expected):
            raise ArchiveProblem("The passphrase is not the one this backup was made with.")
        self._cipher, self._source, self._header = AESGCM(key), source, MAGIC + line
        self._number, self._ready, self._done = 0, b"", False
        self._ahead = source.read(CHUNK + _TAG)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Fills the buffer with opened bytes; 0 at the proven end."""
        while not self._ready and not self._done:
            sealed, self._ahead = self._ahead, self._source.read(CHUNK + _TAG)
            self._done = not self._ahead
            try:
                self._ready = self._cipher.decrypt(_nonce(self._number, self._done), sealed, self._header)
            except (InvalidTag, ValueError) as error:
                raise ArchiveProblem("This backup is damaged or cut short; nothing was restored.") from error
            self._number += 1
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def finish(self) -> None:
        """Reads to the proven end. Raises ArchiveProblem where it does not come."""
        while self.read(CHUNK):
            pass
