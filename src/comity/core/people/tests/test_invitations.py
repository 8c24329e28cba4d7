"""Invitations: once, for one address, for ten days."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from comity.account.tests.sign_in import person, state
from comity.core.actions.actor import PUBLIC, Actor, system
from comity.core.actions.decorator import Denied
from comity.core.audit.models import Entry
from comity.core.people import selectors, services
from comity.core.people.models import Invitation, Mandate, User

ADDRESS = "new@example.org"


def invite(actor: Actor | None = None, **changes: object) -> services.Invited:
    values: dict = {"email": ADDRESS, "role": "focal_point", "participant": state()} | changes
    return services.invite(actor or system("test"), **values)


def accept(invited: services.Invited, **changes: object) -> User:
    values: dict = {"invitation": invited.invitation, "email": ADDRESS, "name": "Ama", "password": "a b c d e f g"}
    return services.accept_invitation(services.invitee(invited.invitation), **(values | changes))


@pytest.mark.django_db
def test_an_accepted_invitation_gives_the_role_and_works_once() -> None:
    invited = invite()
    assert selectors.invitation_by_token(invited.token) == invited.invitation
    user = accept(invited)
    assert [(g.role, g.participant) for g in selectors.grants_of(user)] == [("focal_point", "GHA")]
    assert selectors.invitation_by_token(invited.token) is None
    User.objects.filter(pk=user.pk).update(email="moved@example.org")
    with pytest.raises(Denied):
        accept(invited)
    assert Mandate.objects.count() == 1


@pytest.mark.django_db
def test_the_token_is_stored_nowhere() -> None:
    invited = invite()
    assert len(invited.token) >= 43  # 256 bits in base64
    stored = " ".join(str(v) for row in Invitation.objects.values() for v in row.values())
    logged = " ".join(str(v) for row in Entry.objects.values() for v in row.values())
    assert invited.token not in stored + logged
    assert ADDRESS not in logged


@pytest.mark.django_db
def test_it_ends_after_ten_days() -> None:
    invited = invite()
    now = timezone.now()
    Invitation.objects.update(expires_at=now + timedelta(seconds=30))
    assert selectors.invitation_by_token(invited.token)
    assert invited.invitation.expires_at - now <= timedelta(days=10)
    Invitation.objects.update(expires_at=now - timedelta(seconds=1))
    assert selectors.invitation_by_token(invited.token) is None
    with pytest.raises(Denied, match="ten days"):
        accept(invited)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_it_is_bound_to_the_invited_address() -> None:
    invited = invite()
    with pytest.raises(ValidationError):
        accept(invited, email="somebody.else@example.org")
    other = person("other@example.org")
    with pytest.raises(ValidationError):
        accept(invited, user=other)
    assert selectors.invitation_by_token(invited.token), "a refused acceptance uses nothing up"
    assert accept(invited, email=" NEW@example.org ").email == ADDRESS


@pytest.mark.django_db
def test_a_new_link_ends_the_old_one() -> None:
    first = invite()
    second = services.resend(system("test"), invitation=first.invitation)
    assert selectors.invitation_by_token(first.token) is None
    assert selectors.invitation_by_token(second.token)
    services.revoke_invitation(system("test"), invitation=second.invitation)
    assert selectors.invitation_by_token(second.token) is None


@pytest.mark.django_db
def test_who_may_invite() -> None:
    admin, curator = person("admin@example.org", "administrator"), person("curator@example.org", "curator")
    with pytest.raises(Denied):
        invite(PUBLIC)
    with pytest.raises(Denied):
        invite(selectors.actor_for(curator, second_factor=True))
    with pytest.raises(Denied):
        invite(selectors.actor_for(admin, second_factor=False))
    with pytest.raises(Denied, match="themselves"):
        invite(selectors.actor_for(admin, second_factor=True), email="Admin@example.org")
    assert invite(selectors.actor_for(admin, second_factor=True)).invitation.invited_by == f"user:{admin.pk}"


@pytest.mark.django_db
def test_a_role_fits_whom_it_is_for() -> None:
    for changes in (
        {"participant": None},
        {"role": "curator"},
        {"role": "emperor"},
        {"email": "no address"},
        {"body": services.secretariat()},
    ):
        with pytest.raises(ValidationError):
            invite(**changes)
    assert not Invitation.objects.exists()


@pytest.mark.django_db
def test_invitations_end_with_the_role_of_who_invited() -> None:
    admin, second = person("admin@example.org", "administrator"), person("second@example.org", "administrator")
    invited = invite(selectors.actor_for(admin, second_factor=True))
    services.revoke_mandate(
        selectors.actor_for(second, second_factor=True), mandate=admin.mandates.get(), reason="left"
    )
    assert selectors.invitation_by_token(invited.token) is None
    with pytest.raises(Denied, match="last administrator"):
        services.revoke_mandate(system("test"), mandate=second.mandates.get(), reason="left")


@pytest.mark.django_db(transaction=True)
def test_of_racing_acceptances_one_wins() -> None:
    invited = invite()
    outcomes: list[str] = []
    gate = threading.Barrier(4)

    def run() -> None:
        gate.wait()
        try:
            accept(invited)
            outcomes.append("accepted")
        except (Denied, ValidationError):
            outcomes.append("refused")
        except Exception as error:
            outcomes.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["accepted", "refused", "refused", "refused"]
    assert User.objects.count() == Mandate.objects.count() == 1
