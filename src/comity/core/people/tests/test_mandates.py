"""Roles and lost factors: always by a second person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comity.account.tests.sign_in import person, state
from comity.core.actions.actor import system
from comity.core.actions.decorator import Denied
from comity.core.actions.labels import Label, Labelled, labels_for, may_see
from comity.core.people import policies, selectors, services
from comity.core.people.models import FactorReset, Invitation, Mandate, User
from comity.core.people.vocabulary import READ_PEOPLE, WRITING_ROLES, Role


def actor(user: User, second_factor: bool = True):
    return selectors.actor_for(user, second_factor=second_factor)


@pytest.mark.django_db
def test_a_second_administrator_approves_and_never_the_holder() -> None:
    first, second, third = (person(f"a{n}@example.org", "administrator") for n in range(3))
    body = services.secretariat()
    row = services.propose_mandate(actor(first), user=second, role="curator", body=body)
    assert not selectors.effective_mandates().filter(pk=row.pk).exists()
    for nobody in (first, second):
        with pytest.raises(Denied):
            services.approve_mandate(actor(nobody), mandate=row)
    services.approve_mandate(actor(third), mandate=row)
    assert actor(second).has("curator")
    with pytest.raises(Denied):
        services.approve_mandate(actor(third), mandate=row)


@pytest.mark.django_db
def test_the_records_themselves_refuse_an_approval_by_the_holder() -> None:
    user = person("a@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.create(
            user=user, role="curator", body=services.secretariat(), proposed_by="x", approved_by=f"user:{user.pk}"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.create(user=user, reason="x", requested_by="user:0", approved_by=f"user:{user.pk}")
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.create(user=user, reason="x", requested_by="user:0", approved_by="user:0")


@pytest.mark.django_db
def test_days_and_withdrawal_decide_whether_a_role_counts() -> None:
    user, today = person("a@example.org"), selectors.today()
    row = Mandate.objects.create(
        user=user,
        role="observer",
        participant=state(),
        proposed_by="x",
        approved_by="system:y",
        starts=today,
        ends=today,
    )
    assert actor(user).has("observer")
    assert not selectors.effective_mandates(today + timedelta(days=1)).exists()
    assert not selectors.effective_mandates(today - timedelta(days=1)).exists()
    services.revoke_mandate(system("x"), mandate=row, reason="moved")
    assert not actor(user).has("observer")
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.refresh_from_db()
    assert actor(user).kind == "public"


class Grants(TestCase):
    """Over any sequence of what administrators do, nobody ever holds a role they approved themselves."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["invite", "propose", "approve", "withdraw"]),
                st.integers(0, 3),
                st.integers(0, 3),
                st.sampled_from([Role.CURATOR, Role.ADMINISTRATOR, Role.OBSERVER]),
            ),
            max_size=20,
        )
    )
    def test_nobody_approves_their_own_role(self, steps: list) -> None:
        people = [person(f"p{n}@example.org", *(["administrator"] if n < 2 else [])) for n in range(4)]
        body = services.secretariat()
        for verb, who, whom, role in steps:
            by, target = actor(people[who]), people[whom]
            try:
                with transaction.atomic():
                    if verb == "invite":
                        made = services.invite(by, email=target.email, role=role, body=body)
                        services.accept_invitation(
                            services.invitee(made.invitation),
                            invitation=made.invitation,
                            email=target.email,
                            user=target,
                        )
                    elif verb == "propose":
                        services.propose_mandate(by, user=target, role=role, body=body)
                    else:
                        row = Mandate.objects.filter(user=target, revoked_at__isnull=True).order_by("-pk").first()
                        if row and verb == "approve":
                            services.approve_mandate(by, mandate=row)
                        elif row:
                            services.revoke_mandate(by, mandate=row, reason="because")
            except (Denied, ValidationError):
                continue
        for row in selectors.effective_mandates():
            assert row.approved_by
            assert row.approved_by != f"user:{row.user_id}"
            assert row.approved_by != row.proposed_by or row.approved_by.startswith("system:")
        assert selectors.administrators().exists()


@pytest.mark.django_db
def test_lost_factors_are_cleared_by_two_administrators() -> None:
    first, second, target = (person(f"a{n}@example.org", "administrator") for n in range(3))
    Authenticator.objects.create(user=target, type="totp", data={"secret": "x"})
    Authenticator.objects.create(user=target, type="recovery_codes", data={"seed": "x"})
    before = target.get_session_auth_hash()
    with pytest.raises(Denied):
        services.request_factor_reset(actor(target), user=target, reason="lost")
    with pytest.raises(ValidationError):
        services.request_factor_reset(actor(first), user=target, reason=" ")
    row = services.request_factor_reset(actor(first), user=target, reason="called back")
    for nobody in (first, target):
        with pytest.raises(Denied):
            services.approve_factor_reset(actor(nobody), reset=row)
    assert Authenticator.objects.filter(user=target).count() == 2
    cleared = services.approve_factor_reset(actor(second), reset=row)
    assert not Authenticator.objects.filter(user=target).exists()
    assert cleared.get_session_auth_hash() != before
    with pytest.raises(Denied):
        services.approve_factor_reset(actor(second), reset=row)


@pytest.mark.django_db
def test_an_old_request_clears_nothing() -> None:
    first, second, target = (person(f"a{n}@example.org", "administrator") for n in range(3))
    row = services.request_factor_reset(actor(first), user=target, reason="called back")
    FactorReset.objects.update(requested_at=row.requested_at - timedelta(days=8))
    with pytest.raises(Denied, match="seven days"):
        services.approve_factor_reset(actor(second), reset=row)


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(WRITING_ROLES))
def test_without_a_second_factor_a_writer_is_the_public(role: str) -> None:
    user = person("a@example.org", role, "observer")
    assert actor(user, second_factor=False).grants == ()
    assert {g.role for g in actor(user).grants} == {role, "observer"}
    with pytest.raises(Denied, match="second factor"):
        services.invite(actor(user, second_factor=False), email="x@example.org", role="curator")


@pytest.mark.django_db
def test_an_observer_reads_without_one() -> None:
    assert actor(person("a@example.org", "observer"), second_factor=False).has("observer")


class Row(Labelled):
    """A labelled record of the tests; it has no table."""

    class Meta:
        app_label = "people"
        managed = False


@pytest.mark.django_db
def test_an_administrator_sees_no_labelled_record_by_that_role() -> None:
    admin = actor(person("a@example.org", "administrator"))
    seen = {label for label in Label if may_see(admin, Row(label=label, owner_state="GHA"))}
    assert seen == {Label.PUBLIC}
    words = str(labels_for(admin))
    assert "officials" not in words and "own_state" not in words and "secretariat" not in words


class Scope(TestCase):
    """`can` and `scope` agree on every row for every actor."""

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(st.sampled_from(list(Role)), max_size=2),
        st.booleans(),
        st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=4),
    )
    def test_list_and_single_page_never_disagree(self, roles: list, second: bool, rows: list) -> None:
        people = [person("me@example.org", *roles), person("b@example.org"), person("c@example.org", "observer")]
        for owner, settled in rows:
            Mandate.objects.create(
                user=people[owner],
                role="observer",
                participant=state(),
                proposed_by="user:0",
                approved_by="system:x" if settled else "",
                starts=date(2020, 1, 1),
            )
            FactorReset.objects.create(user=people[owner], reason="x", requested_by="system:x")
            Invitation.objects.create(
                email="x@example.org",
                token_hash=f"{Invitation.objects.count()}",
                role="observer",
                invited_by="system:x",
                expires_at="2099-01-01T00:00Z",
                accepted_by=people[owner] if settled else None,
            )
        for who in (actor(people[0], second), system("x"), selectors.actor_for(None, False)):
            for model in (User, Mandate, FactorReset, Invitation):
                listed = set(policies.scope(who, READ_PEOPLE, model.objects.all()))
                for row in model.objects.all():
                    assert (row in listed) == bool(policies.can(who, READ_PEOPLE, row)), (who, row)
