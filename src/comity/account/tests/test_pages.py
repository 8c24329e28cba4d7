"""Every page of the account answers, in a left-to-right and a right-to-left language, to whom it is for."""

from __future__ import annotations

import pytest
from django.test import Client

from comity.account.tests.sign_in import person, sign_in
from comity.core.audit.models import Entry
from comity.core.people.models import FactorReset, Invitation, Mandate
from comity.core.workflow.models import Job, Notification
from comity.core.workflow.notifications import mail

pytestmark = pytest.mark.django_db

ADMINISTRATORS = ["people/", "people/invitations/", "people/invitations/new/", "people/waiting/", "audit/", "mails/"]
OWN = ["", "set-up/", "notifications/", "jobs/", "app/remove/", "keys/add/", "recovery-codes/new/", "password/change/"]
OPEN = ["login/", "password/forgotten/", "password/forgotten/sent/", "institution/cancelled/"]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_all_pages_answer(administrator: Client, lang: str) -> None:
    other = person("other@example.org", "curator", "focal_point")
    admin = Mandate.objects.get(role="administrator").user
    Mandate.objects.create(user=other, role="curator", proposed_by="user:99")
    Mandate.objects.create(user=admin, role="curator", proposed_by="user:99")
    FactorReset.objects.create(user=other, reason="phone in the sea", requested_by="user:99")
    Invitation.objects.create(
        email="new@example.org",
        role="curator",
        token_hash="x",
        invited_by=f"user:{admin.pk}",
        expires_at="2099-01-01T00:00Z",
    )
    Notification.objects.create(user=admin, subject="Something happened", url="/en/")
    job = Job.objects.create(name="treaties:import", state="running", actor="system:x", total_steps=10, done_steps=3)
    mail.send({"to": "a@example.org", "subject": "Hello", "body": "there"}, "k")
    pages = (
        ADMINISTRATORS
        + OWN
        + [
            f"people/{other.pk}/",
            f"people/{other.pk}/role/",
            f"people/{other.pk}/reset/",
            f"jobs/{job.pk}/",
            f"people/role/{other.mandates.first().pk}/withdraw/",
            f"jobs/{job.pk}/cancel/",
            f"people/invitations/{Invitation.objects.get().pk}/withdraw/",
            f"people/waiting/reset/{FactorReset.objects.get().pk}/",
        ]
    )
    for page in pages:
        answer = administrator.get(f"/{lang}/account/{page}")
        assert answer.status_code == 200, (page, answer.status_code, answer.headers)
        text = answer.content.decode()
        assert 'style="' not in text and "onclick" not in text, page
        assert f'dir="{"rtl" if lang == "ar" else "ltr"}"' in text
    for page in OPEN:
        assert Client().get(f"/{lang}/account/{page}").status_code == 200, page


def test_others_find_no_desk() -> None:
    curator = sign_in(Client(), person("curator@example.org", "curator"))
    for page in ADMINISTRATORS:
        assert curator.get(f"/en/account/{page}").status_code == 404
        assert Client().get(f"/en/account/{page}").status_code == 302


def test_the_audit_is_exported_and_says_so(administrator: Client) -> None:
    answer = administrator.get("/en/account/audit/?format=csv&verb=people")
    assert answer["Content-Type"].startswith("text/csv")
    entry = Entry.objects.get(verb="audit:log:export")
    assert entry.difference == {"verb": "people"}
    shown = administrator.get("/en/account/audit/?verb=audit:log").content.decode()
    assert "audit:log:export" in shown and "Admin" in shown


def test_a_notification_is_read_by_its_owner_only(administrator: Client) -> None:
    other = person("other@example.org")
    foreign = Notification.objects.create(user=other, subject="Theirs")
    administrator.post("/en/account/notifications/read/", {"id": foreign.pk})
    foreign.refresh_from_db()
    assert foreign.read_at is None
