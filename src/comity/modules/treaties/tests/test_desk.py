"""The curators' desk: one proposes, a second publishes; every step is audited and nothing is overwritten."""

from __future__ import annotations

import json
import uuid

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.account.tests.sign_in import person, sign_in
from comity.core.actions.actor import PUBLIC, Actor, Grant, system
from comity.core.actions.decorator import Denied
from comity.core.audit.models import Entry
from comity.core.people.vocabulary import Role
from comity.modules.treaties import policies, services
from comity.modules.treaties import vocabulary as names
from comity.modules.treaties.facts import Vanished
from comity.modules.treaties.forms import ActionForm, StatementForm
from comity.modules.treaties.models import Instrument, Proposal, Statement, TreatyAction
from comity.modules.treaties.selectors.status import status
from comity.modules.treaties.tests.making import (
    CURATOR,
    FOCAL_POINT,
    PUBLISHER,
    SECOND_PUBLISHER,
    act,
    day,
    edition,
    instrument,
    participants,
)

pytestmark = pytest.mark.django_db

ACCESSION = {"kind": "accession", "deposited": "2024-05-02", "effective": None, "note": "", "as_of": "2024-05-10"}


def _treaty() -> Instrument:
    participants("AAA", "BBB")
    return Instrument.objects.filter(code="TREATY").first() or instrument()


def _propose(actor: Actor = CURATOR, **changes) -> Proposal:
    given = {
        "kind": "enter",
        "subject": "action",
        "instrument": _treaty(),
        "participant_id": "AAA",
        "payload": ACCESSION,
        "reference": "C.N.1.2024",
        "source_note": "Depositary notification",
        **changes,
    }
    return services.propose(actor, **given)


class TestPublishing:
    def test_a_proposal_is_no_fact_until_a_second_person_publishes_it(self):
        proposal = _propose()
        assert status("TREATY", day("2024-06-01")).parties == 0
        services.publish(PUBLISHER, proposal=proposal)
        row = status("TREATY", day("2024-06-01")).row("AAA")
        assert (row.is_party, row.consent.kind, row.consent.deposited) == (True, "accession", day("2024-05-02"))
        assert row.consent.reference == "C.N.1.2024"

    def test_nobody_publishes_or_sends_back_their_own(self):
        own = _propose(PUBLISHER)
        for service, more in ((services.publish, {}), (services.reject, {"note": "no"})):
            with pytest.raises(Denied, match="second person"):
                service(PUBLISHER, proposal=own, **more)
        assert services.publish(SECOND_PUBLISHER, proposal=own).state == "published"

    @pytest.mark.parametrize("actor", [PUBLIC, FOCAL_POINT, system("job")])
    def test_who_is_no_curator_enters_nothing(self, actor):
        with pytest.raises(Denied):
            _propose(actor)
        assert not Proposal.objects.exists()
        assert not Entry.objects.exists()

    def test_a_curator_does_not_publish(self):
        proposal = _propose()
        other = Actor("user", "user:9", 9, "", (Grant("curator", body="secretariat"),), True)
        with pytest.raises(Denied, match="publisher"):
            services.publish(other, proposal=proposal)

    def test_a_session_without_second_factor_writes_nothing(self):
        weak = Actor("user", "user:1", 1, "", (Grant("curator", body="secretariat"),), False)
        with pytest.raises(Denied, match="second factor"):
            _propose(weak)

    def test_what_was_decided_is_not_decided_again(self):
        proposal = _propose()
        stale = Proposal.objects.get(pk=proposal.pk)
        services.publish(PUBLISHER, proposal=proposal)
        for service, more in ((services.publish, {}), (services.reject, {"note": "late"})):
            with pytest.raises(services.Conflict):
                service(SECOND_PUBLISHER, proposal=stale, **more)
        assert TreatyAction.objects.count() == 1

    def test_sent_back_with_a_note_it_changes_nothing(self):
        proposal = services.reject(PUBLISHER, proposal=_propose(), note="The date is of the signature.")
        assert (proposal.state, proposal.decision_note) == ("rejected", "The date is of the signature.")
        assert not TreatyAction.objects.exists()


class TestCorrectingAndWithdrawing:
    def _published(self) -> uuid.UUID:
        return services.publish(PUBLISHER, proposal=_propose()).made_fact

    def test_a_correction_of_the_desks_own_word_is_a_new_version_of_the_fact(self):
        fact = self._published()
        change = _propose(kind="correct", target=fact, payload={**ACCESSION, "deposited": "2024-05-03"})
        services.publish(PUBLISHER, proposal=change)
        versions = TreatyAction.objects.filter(fact=fact).order_by("id")
        assert [v.deposited.isoformat() for v in versions] == ["2024-05-02", "2024-05-03"]
        assert [v.superseded_at is None for v in versions] == [False, True]

    def test_a_correction_of_a_pages_word_is_set_beside_it(self):
        page = act(edition(_treaty(), as_of="2024-01-01"), "AAA", "ratification", "2020-01-01")
        change = _propose(kind="correct", target=page.fact, payload={**ACCESSION, "deposited": "2020-02-01"})
        services.publish(PUBLISHER, proposal=change)
        row = status("TREATY", day("2024-06-01")).row("AAA")
        assert row.consent.deposited == day("2020-02-01")
        assert [a.deposited for a in row.contradicted_by] == [day("2020-01-01")]

    def test_withdrawn_it_stays_in_history_only(self):
        fact = self._published()
        services.publish(PUBLISHER, proposal=_propose(kind="withdraw", target=fact))
        assert status("TREATY", day("2024-06-01")).parties == 0
        (version,) = TreatyAction.objects.filter(fact=fact)
        assert version.superseded_at is not None
        assert status("TREATY", day("2024-06-01"), version.recorded_at).parties == 1

    def test_a_fact_that_vanished_meanwhile_is_a_conflict_and_the_proposal_stays_open(self):
        fact = self._published()
        first, second = (_propose(kind="withdraw", target=fact) for _ in range(2))
        services.publish(PUBLISHER, proposal=first)
        with pytest.raises(Vanished):
            services.publish(PUBLISHER, proposal=second)
        late = _propose(kind="correct", target=fact)
        with pytest.raises(services.Conflict):
            services.publish(PUBLISHER, proposal=late)
        assert set(Proposal.objects.filter(pk__in=[second.pk, late.pk]).values_list("state", flat=True)) == {"proposed"}

    def test_a_reservation_and_its_withdrawal(self):
        made = {
            "kind": "reservation",
            "text": "Not bound by 35 (2).",
            "lang": "en",
            "made_on": "2024-05-02",
            "withdrawn_on": None,
            "article": "35(3)",
            "towards": [],
            "as_of": "2024-05-10",
        }
        fact = services.publish(PUBLISHER, proposal=_propose(subject="statement", payload=made)).made_fact
        gone = _propose(
            subject="statement", kind="correct", target=fact, payload={**made, "withdrawn_on": "2025-01-01"}
        )
        services.publish(PUBLISHER, proposal=gone)
        assert [s.withdrawn_on for s in Statement.objects.filter(fact=fact).order_by("id")] == [None, day("2025-01-01")]


class TestAudit:
    def test_every_write_is_audited_with_before_and_after(self):
        fact = services.publish(PUBLISHER, proposal=_propose()).made_fact
        services.publish(
            PUBLISHER, proposal=_propose(kind="correct", target=fact, payload={**ACCESSION, "deposited": "2024-05-03"})
        )
        services.reject(PUBLISHER, proposal=_propose(), note="Twice.")
        entries = list(Entry.objects.order_by("number"))
        assert [(e.verb, e.actor) for e in entries] == [
            (names.PROPOSE, "user:1"),
            (names.PUBLISH, "user:2"),
            (names.PROPOSE, "user:1"),
            (names.PUBLISH, "user:2"),
            (names.PROPOSE, "user:1"),
            (names.REJECT, "user:2"),
        ]
        first, second = entries[1].difference, entries[3].difference
        assert (first["before"], first["after"]["deposited"]) == ({}, "2024-05-02")
        assert (second["before"]["deposited"], second["after"]["deposited"]) == ("2024-05-02", "2024-05-03")
        assert entries[3].reference == f"treaties:action:{fact}"
        assert entries[5].reason == "Twice."

    def test_a_refused_write_leaves_no_entry(self):
        own = _propose(PUBLISHER)
        before = Entry.objects.count()
        with pytest.raises(Denied):
            services.publish(PUBLISHER, proposal=own)
        assert Entry.objects.count() == before


ACTORS = st.one_of(
    st.just(PUBLIC),
    st.just(system("job")),
    st.builds(
        lambda number, roles: Actor(
            "user", f"user:{number}", number, "", tuple(Grant(r, participant="AAA") for r in roles), True
        ),
        st.integers(1, 4),
        st.lists(st.sampled_from(Role.values), max_size=3, unique=True),
    ),
)
VERBS = [policies.READ_PROPOSAL, names.PROPOSE, names.PUBLISH, names.REJECT, names.IMPORT, "treaties:unknown:verb"]


class TestAccess:
    @settings(max_examples=60, deadline=None)
    @given(st.data())
    def test_can_and_scope_agree_row_by_row(self, data):
        treaty = _treaty()
        Proposal.objects.all().delete()
        for proposer, state in data.draw(
            st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["proposed", "published", "rejected"])), max_size=5)
        ):
            Proposal.objects.create(
                kind="enter",
                subject="action",
                instrument=treaty,
                participant_id="AAA",
                payload=ACCESSION,
                reference="r",
                source_note="s",
                proposed_by=f"user:{proposer}",
                state=state,
            )
        actor, verb = data.draw(ACTORS), data.draw(st.sampled_from(VERBS))
        kept = set(policies.scope(actor, verb, Proposal.objects.all()).values_list("pk", flat=True))
        assert kept == {p.pk for p in Proposal.objects.all() if policies.can(actor, verb, p)}

    @given(ACTORS, st.sampled_from(VERBS))
    def test_every_refusal_gives_a_reason(self, actor, verb):
        decision = policies.can(actor, verb)
        assert decision or decision.reason

    @pytest.mark.parametrize("roles", [(), ("focal_point",), ("observer",), ("administrator",)])
    @pytest.mark.parametrize("place", ["/en/desk/treaties/", "/en/desk/treaties/new/action/"])
    def test_who_may_not_see_the_desk_is_not_told_that_there_is_one(self, place, roles):
        client = sign_in(Client(), person("x@example.org", *roles)) if roles else Client()
        assert client.get(place).status_code == 404


class TestForms:
    def _filled(self, **changes) -> dict[str, object]:
        _treaty()
        return {
            "instrument": "TREATY",
            "participant": "AAA",
            "kind": "accession",
            "deposited": "2024-05-02",
            "reference": "C.N.1.2024",
            "as_of": "2024-05-10",
            "source_note": "notification",
            **changes,
        }

    def test_a_whole_form_is_taken(self):
        form = ActionForm(self._filled())
        assert form.is_valid(), form.errors
        assert json.loads(json.dumps(form.payload()))["deposited"] == "2024-05-02"

    @pytest.mark.parametrize(
        ("field", "changes"),
        [
            ("deposited", {"deposited": "2999-01-01"}),
            ("as_of", {"as_of": "2999-01-01"}),
            ("deposited", {"deposited": "02/05/2024"}),
            ("effective", {"effective": "2020-01-01"}),
            ("participant", {"participant": "ZZZ"}),
            ("instrument", {"instrument": "NOPE"}),
            ("reference", {"reference": ""}),
            ("kind", {"kind": "party"}),
        ],
    )
    def test_each_mistake_is_named_at_its_field(self, field, changes):
        form = ActionForm(self._filled(**changes))
        assert not form.is_valid()
        assert list(form.errors) == [field]

    def test_a_protocol_without_its_convention_is_refused_with_the_article(self):
        """Acceptance case 2: accession to a Protocol without UNTOC is refused with article 37 (2)."""
        participants("AAA")
        parent = instrument("UNTOC")
        instrument("UNTOC-TIP", parent=parent, parent_required=True, rules={"parent_required": {"article": "37(2)"}})
        form = ActionForm(self._filled(instrument="UNTOC-TIP"))
        assert not form.is_valid()
        assert "37(2)" in str(form.errors["participant"])
        act(edition(parent), "AAA", "ratification", "2019-01-01")
        assert ActionForm(self._filled(instrument="UNTOC-TIP")).is_valid()

    def test_an_objection_names_whom_it_is_made_towards(self):
        form = StatementForm(
            {**self._filled(), "kind": "objection", "text": "We object.", "lang": "en", "made_on": "2024-01-01"}
        )
        assert list(form.errors) == ["towards"]


class TestPages:
    @pytest.fixture
    def curator(self, db) -> Client:
        return sign_in(Client(), person("curator@example.org", "curator"))

    @pytest.fixture
    def publisher(self, db) -> Client:
        return sign_in(Client(), person("publisher@example.org", "publisher"))

    def test_from_the_form_to_the_page_of_the_instrument(self, curator, publisher):
        _treaty()
        sent = curator.post(
            "/en/desk/treaties/new/action/",
            {
                "instrument": "TREATY",
                "participant": "AAA",
                "kind": "accession",
                "deposited": "2024-05-02",
                "reference": "C.N.1.2024",
                "as_of": "2024-05-10",
                "source_note": "notification",
            },
        )
        proposal = Proposal.objects.get()
        assert sent["Location"] == f"/en/desk/treaties/{proposal.pk}/"
        assert curator.post(f"/en/desk/treaties/{proposal.pk}/publish/").status_code == 403
        assert "State AAA" in publisher.get("/en/desk/treaties/").content.decode()
        assert publisher.post(f"/en/desk/treaties/{proposal.pk}/publish/").status_code == 302
        page = Client().get("/en/treaties/TREATY/?on=2024-06-01").content.decode()
        assert "State AAA" in page
        assert "desk" in page

    def test_who_proposed_sees_why_they_cannot_publish(self, publisher):
        _treaty()
        user = person("publisher@example.org")
        own = _propose(Actor("user", f"user:{user.pk}", user.pk, "", (Grant("publisher", body="x"),), True))
        assert "second person" in publisher.get(f"/en/desk/treaties/{own.pk}/").content.decode()

    def test_correct_and_withdraw_lead_to_the_desk(self, curator):
        fact = act(edition(_treaty()), "AAA", "ratification", "2020-01-01")
        page = curator.get(f"/en/desk/treaties/action/{fact.fact}/correct/").content.decode()
        assert 'value="2020-01-01"' in page
        gone = f"/en/desk/treaties/action/{fact.fact}/withdraw/"
        assert curator.get(gone).status_code == 200
        assert curator.post(gone, {"source_note": "Entered twice.", "confirm": "yes"}).status_code == 302
        assert Proposal.objects.get().kind == "withdraw"
        assert curator.get(f"/en/desk/treaties/action/{uuid.uuid4()}/correct/").status_code == 404

    def test_deciding_twice_says_so(self, publisher):
        proposal = _propose(Actor("user", "user:999", 999, "", (Grant("curator", body="x"),), True))
        publisher.post(f"/en/desk/treaties/{proposal.pk}/publish/")
        again = publisher.post(f"/en/desk/treaties/{proposal.pk}/reject/", {"note": "late"}, follow=True)
        assert "already" in again.content.decode()

    def test_what_is_kept_of_a_page_never_outlives_a_change_nor_shows_one_reader_anothers(self, curator):
        """The long part of the page is written once per question: a publication asks a new one."""
        act(edition(_treaty()), "BBB", "ratification", "2020-01-01")
        address = "/en/treaties/TREATY/?on=2024-06-01"
        assert "/correct/" in curator.get(address).content.decode()
        before = Client().get(address).content.decode()
        assert "/correct/" not in before
        assert "State AAA" not in before
        services.publish(PUBLISHER, proposal=_propose())
        assert "State AAA" in Client().get(address).content.decode()
        arabic = Client().get("/ar/treaties/TREATY/?on=2024-06-01").content.decode()
        assert "أيار/مايو" in arabic
