"""Who acts: a value that is passed, never looked up from a thread or a request."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Grant:
    """One mandate as a value: a role, and for whom (a State's ISO3 code or a body's code)."""

    role: str
    participant: str = ""
    body: str = ""


@dataclass(frozen=True)
class Actor:
    """A person, the public or the system, with what it was mandated to do today.

    `kind` is "public", "user" or "system"; `reference` is what the audit keeps;
    `second_factor` tells whether this session passed multi-factor sign-in.
    """

    kind: str
    reference: str
    user_id: int | None = None
    display: str = ""
    grants: tuple[Grant, ...] = ()
    second_factor: bool = False
    on: date | None = field(default=None, compare=False)

    @property
    def roles(self) -> frozenset[str]:
        """The roles held, whatever their scope."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def states(self) -> frozenset[str]:
        """ISO3 codes of the States this actor acts for."""
        return frozenset(grant.participant for grant in self.grants if grant.participant)

    def has(self, *roles: str) -> bool:
        """True where one of the roles is held."""
        return not self.roles.isdisjoint(roles)

    def acts_for(self, iso3: str, *roles: str) -> bool:
        """True where one of the roles is held for that State."""
        return any(grant.participant == iso3 and grant.role in roles for grant in self.grants)


PUBLIC = Actor(kind="public", reference="public", display="public")


def system(name: str) -> Actor:
    """The actor of the command line and of jobs: `system:<operating-system user or job>`."""
    return Actor(kind="system", reference=f"system:{name}", display=f"system:{name}", second_factor=True)
