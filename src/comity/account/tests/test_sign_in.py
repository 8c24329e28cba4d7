"""From the invitation to a first change: passwords, codes, recovery codes, and what is closed without them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from comity.account import demonstration, second_factor
from comity.account.tests.sign_in import person, sign_in, state
from comity.core.actions.actor import system
from comity.core.audit.models import Entry
from comity.core.people import services
from comity.core.people.models import Mandate, User
from comity.core.workflow import mail

pytestmark = pytest.mark.django_db

PASSWORD = "seven wise owls fly"


def code_of(secret: str, at: float | None = None) -> str:
    """The six digits of RFC 6238 for a base32 secret."""
    counter = struct.pack(">Q", int((at or time.time()) // 30))
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def invited(role: str = "focal_point", email: str = "new@example.org") -> str:
    scope = {"participant": state()} if role in {"focal_point", "observer"} else {"body": services.secretariat()}
    return services.invite(system("test"), email=email, role=role, **scope).token


def accept(client: Client, token: str, lang: str = "en", **changes: str):
    opened = client.get(f"/{lang}/account/invitation/{token}/")
    assert opened.status_code == 302 and token not in opened["Location"]
    values = {
        "email": "new@example.org",
        "name": "Ama Example",
        "language": "fr",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    return client.post(f"/{lang}/account/invitation/", values | changes)


def test_an_invited_writer_sets_up_a_second_factor_before_anything_else() -> None:
    client = Client()
    answer = accept(client, invited())
    assert answer.status_code == 302 and answer["Location"].endswith("/account/set-up/"), answer.content.decode()
    assert User.objects.get().language == "fr"
    for page in ("", "notifications/", "jobs/"):
        assert client.get(f"/en/account/{page}")["Location"] == "/en/account/set-up/"
    assert client.get("/en/").status_code == 200, "public pages stay open"
    assert client.get("/en/").wsgi_request.actor.grants == ()
    page = client.get("/en/account/app/")
    secret = page.context["form"].secret
    assert client.post("/en/account/app/", {"code": "000000"}).status_code == 200
    done = client.post("/en/account/app/", {"code": code_of(secret)})
    assert done["Location"] == "/en/account/recovery-codes/"
    codes = re.findall(r"<code dir=\"ltr\">(\S+)</code>", client.get(done["Location"]).content.decode())
    assert len(codes) == 10
    assert codes[0] not in client.get("/en/account/recovery-codes/").content.decode(), "shown once"
    home = client.get("/en/account/")
    assert home.status_code == 200
    assert [g.role for g in home.wsgi_request.actor.grants] == ["focal_point"]
    stored = str(Authenticator.objects.values_list("data", flat=True).first())
    assert secret not in stored, "the secret lies encrypted"
    assert Entry.objects.filter(verb="account:factor:add").exists()
    again = Client()
    first = again.post("/en/account/login/", {"login": "new@example.org", "password": PASSWORD})
    assert first["Location"] == "/en/account/code/"
    assert not again.get("/en/").wsgi_request.user.is_authenticated
    assert again.post("/en/account/code/", {"code": codes[3]}).status_code == 302
    assert again.get("/en/").wsgi_request.actor.second_factor
    third = Client()
    third.post("/en/account/login/", {"login": "new@example.org", "password": PASSWORD})
    assert third.post("/en/account/code/", {"code": codes[3]}).status_code == 200, "a recovery code works once"


def test_an_observer_needs_none() -> None:
    client = Client()
    answer = accept(client, invited("observer"))
    assert answer["Location"] == "/en/"
    assert client.get("/en/account/").status_code == 200


def test_a_form_with_errors_keeps_what_was_typed() -> None:
    client = Client()
    token = invited()
    wrong = accept(client, token, email="other@example.org", name="Ama Example")
    text = wrong.content.decode()
    assert wrong.status_code == 422 and "not the address that was invited" in text and "Ama Example" in text
    short = accept(client, token, password1="short", password2="shirt")
    assert short.status_code == 422 and "differ" in short.content.decode()
    assert not User.objects.exists()
    assert accept(client, token).status_code == 302


def test_a_used_link_and_a_made_up_one_are_gone() -> None:
    token = invited()
    accept(Client(), token)
    assert Client().get(f"/en/account/invitation/{token}/").status_code == 410
    assert Client().get("/en/account/invitation/nothing/").status_code == 410
    assert Client().get("/ar/account/invitation/").status_code == 410


def test_a_second_role_goes_to_the_account_of_the_address_only() -> None:
    user, other = person("new@example.org", "observer"), person("other@example.org", "observer")
    token = invited("curator")
    anonymous = accept(Client(), token)
    assert anonymous.status_code == 422 and "Sign in" in anonymous.content.decode()
    wrong = sign_in(Client(), other)
    wrong.get(f"/en/account/invitation/{token}/")
    assert wrong.post("/en/account/invitation/").status_code == 422
    right = sign_in(Client(), user)
    right.get(f"/en/account/invitation/{token}/")
    assert right.post("/en/account/invitation/").status_code == 302
    assert set(Mandate.objects.filter(user=user).values_list("role", flat=True)) == {"observer", "curator"}
    assert Mandate.objects.filter(user=other).count() == 1


def test_nobody_signs_up() -> None:
    assert Client().get("/en/account/signup/").status_code == 404
    answer = Client().post("/en/account/login/", {"login": "nobody@example.org", "password": "x" * 12})
    assert "The address or the password is not right" in answer.content.decode()


def test_failed_attempts_are_counted() -> None:
    person("new@example.org", "observer")
    for _ in range(5):
        Client().post("/en/account/login/", {"login": "new@example.org", "password": "wrong"})
    answer = Client().post("/en/account/login/", {"login": "new@example.org", "password": "correct horse battery"})
    assert "Too many attempts" in answer.content.decode()


def test_without_a_factor_a_writer_changes_nothing_and_opens_no_desk() -> None:
    client = sign_in(Client(), person("c@example.org", "administrator"), second_factor=False)
    for page in ("people/", "audit/", "people/invitations/new/"):
        assert client.get(f"/en/account/{page}")["Location"] == "/en/account/set-up/"
    answer = client.post("/en/account/people/invitations/new/", {"email": "x@example.org", "role": "observer"})
    assert answer["Location"] == "/en/account/set-up/"
    assert not Entry.objects.filter(verb="people:invitation:create").exists()


def test_the_last_factor_of_a_writer_stays() -> None:
    user = person("c@example.org", "curator")
    client = sign_in(Client(), user)
    answer = client.post("/en/account/app/remove/")
    assert "add another one" in answer.content.decode()
    assert second_factor.has_factor(user)


def test_a_reset_ends_sessions_and_forces_a_new_factor() -> None:
    user = person("c@example.org", "curator")
    client = sign_in(Client(), user)
    assert client.get("/en/account/").status_code == 200
    one, two = (sign_in(Client(), person(f"a{n}@example.org", "administrator")) for n in range(2))
    one.post(f"/en/account/people/{user.pk}/reset/", {"reason": "called back", "confirm": "yes"})
    pk = user.factor_resets.get().pk
    assert one.post(f"/en/account/people/waiting/reset/{pk}/", {"confirm": "yes"}).status_code == 403
    assert two.get(f"/en/account/people/waiting/reset/{pk}/").status_code == 200
    assert second_factor.has_factor(user)
    assert two.post(f"/en/account/people/waiting/reset/{pk}/", {"confirm": "yes"}).status_code == 302
    assert not client.get("/en/").wsgi_request.user.is_authenticated, "the old session ended"
    again = Client()
    signed = again.post("/en/account/login/", {"login": user.email, "password": "correct horse battery"})
    assert signed["Location"] == "/en/account/set-up/"
    assert user.notifications.filter(subject__contains="cleared").exists()


def test_a_forgotten_password_comes_by_mail_and_the_link_works_once() -> None:
    person("new@example.org", "observer")
    Client().post("/en/account/password/forgotten/", {"email": "new@example.org"})
    Client().post("/en/account/password/forgotten/", {"email": "nobody@example.org"})
    written = mail.written_mails()
    assert [m.to for m in written] == ["new@example.org"]
    link = re.search(r"http://localhost:8000(/\S+)", written[0].body)[1]
    client = Client()
    form = client.get(link, follow=True)
    target = form.redirect_chain[-1][0]
    assert client.post(target, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    assert User.objects.get().check_password(PASSWORD)
    assert "not valid any more" in Client().get(link, follow=True).content.decode()


def test_an_invitation_is_made_on_the_page_shown_once_and_mailed(administrator: Client) -> None:
    state()
    values = {"email": "new@example.org", "role": "focal_point", "body": "", "language": "es", "mail": "on"}
    wrong = administrator.post("/en/account/people/invitations/new/", values)
    assert wrong.status_code == 422 and "new@example.org" in wrong.content.decode()
    values |= {"participant": "GHA"}
    made = administrator.post("/en/account/people/invitations/new/", values)
    link = re.search(r"http://localhost:8000(/es/account/invitation/[\w-]+/)", made.content.decode())[1]
    assert "no-store" in made["Cache-Control"]
    assert link in mail.written_mails()[0].body
    assert link not in administrator.get("/en/account/people/invitations/").content.decode()
    assert Client().get(link).status_code == 302


def test_people_of_the_demonstration_sign_in() -> None:
    for iso3 in ("GHA", "MEX", "EGY", "FRA"):
        state(iso3)
    people = demonstration.load()
    assert {p["role"] for p in people} >= {"focal_point", "curator", "publisher", "administrator", "observer"}
    assert demonstration.load() == []
    someone = next(p for p in people if p["role"] == "publisher")
    client = Client()
    client.post("/en/account/login/", {"login": someone["email"], "password": someone["password"]})
    assert client.post("/en/account/code/", {"code": code_of(someone["totp"])}).status_code == 302
    assert client.get("/en/").wsgi_request.actor.has("publisher")
