"""OpenID Connect: an identity is issuer and subject; it comes in by an invitation or from a signed-in session."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from comity.account.configuration import oidc_provider, provider_of
from comity.account.tests.provider import Provider, running
from comity.account.tests.sign_in import person, sign_in, state
from comity.core.actions.actor import system
from comity.core.people import services
from comity.core.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: object) -> Iterator[Provider]:
    with running() as server:
        settings.COMITY_OIDC_ISSUER = server.issuer
        settings.COMITY_OIDC_NAME = "Ministry of Examples"
        settings.SOCIALACCOUNT_PROVIDERS = oidc_provider(server.issuer, "comity", "secret", "Ministry of Examples")
        yield server


def through(client: Client, answer) -> object:
    """Follows the page that leads to the provider, signs in there, and comes back."""
    text = answer.content.decode()
    assert answer.status_code == 200, text
    link = unescape(re.search(r'href="(http://127[^"]+)"', text)[1])
    assert answer["Refresh"] == f"0; url={link}", "led by a header, not by a form"
    there = requests.get(link, allow_redirects=False, timeout=5)
    back = urlsplit(there.headers["Location"])
    assert back.path == f"/account/oidc/{provider_of(link.partition('/authorize')[0])}/login/callback/"
    return client.get(f"{back.path}?{back.query}")


def invitation_link(email: str = "new@example.org", role: str = "observer") -> str:
    made = services.invite(system("test"), email=email, role=role, participant=state())
    return f"/fr/account/invitation/{made.token}/"


def accept(client: Client, link: str, **changes: str):
    client.get(link)
    values = {"email": "new@example.org", "name": "Ama", "language": "fr", "institution": "1"}
    return client.post("/fr/account/invitation/", values | changes)


def test_an_invitation_attaches_the_identity_and_it_signs_in_afterwards(provider: Provider) -> None:
    provider.claims = {"email": "quite.another@example.org", "name": "Private Claim"}
    client = Client()
    back = through(client, accept(client, invitation_link()))
    assert back.status_code == 302 and back["Location"] == "/fr/", back
    user = User.objects.get()
    assert user.email == "new@example.org" and not user.has_usable_password()
    kept = SocialAccount.objects.get()
    assert (kept.provider, kept.uid, kept.user) == (provider_of(provider.issuer), "subject-1", user)
    assert kept.extra_data == {"id_token": {"iss": provider.issuer, "sub": "subject-1"}}
    again = Client()
    assert through(again, again.post("/en/account/institution/sign-in/")).status_code == 302
    assert again.get("/en/").wsgi_request.user == user
    assert "Private Claim" not in str(SocialAccount.objects.values_list("extra_data"))


def test_the_address_of_the_claims_attaches_nothing(provider: Provider) -> None:
    user = person("known@example.org", "observer")
    provider.claims = {"email": "known@example.org", "email_verified": True}
    client = Client()
    back = through(client, client.post("/en/account/institution/sign-in/"))
    assert back["Location"] == "/en/account/login/"
    assert not client.get("/en/").wsgi_request.user.is_authenticated
    assert not SocialAccount.objects.exists()
    assert User.objects.get() == user


def test_another_subject_or_issuer_is_another_person(provider: Provider) -> None:
    client = Client()
    through(client, accept(client, invitation_link()))
    provider.subject = "subject-2"
    other = Client()
    through(other, other.post("/en/account/institution/sign-in/"))
    assert not other.get("/en/").wsgi_request.user.is_authenticated
    SocialAccount.objects.update(provider=provider_of("https://elsewhere.example"))
    provider.subject = "subject-1"
    through(other, other.post("/en/account/institution/sign-in/"))
    assert not other.get("/en/").wsgi_request.user.is_authenticated


@pytest.mark.parametrize("claims", [{"iss": "https://liar.example"}, {"aud": "somebody-else"}, {"exp": 1}])
def test_a_token_of_another_issuer_audience_or_time_is_refused(provider: Provider, claims: dict) -> None:
    client = Client()
    link = invitation_link()
    provider.claims = claims
    through(client, accept(client, link))
    assert not User.objects.exists() and not SocialAccount.objects.exists()
    provider.claims = {}
    assert through(client, accept(client, link)).status_code == 302, "a refused try uses nothing up"
    assert User.objects.count() == 1


def test_an_answer_without_our_state_is_refused(provider: Provider) -> None:
    path = f"/account/oidc/{provider_of(provider.issuer)}/login/callback/"
    answer = Client().get(f"{path}?code=x&state=made-up")
    assert answer.status_code == 401
    assert not User.objects.exists()


def test_a_signed_in_person_attaches_and_detaches(provider: Provider) -> None:
    user = person("curator@example.org", "curator")
    client = sign_in(Client(), user)
    back = through(client, client.post("/en/account/institution/attach/"))
    assert back["Location"] == "/en/account/"
    kept = SocialAccount.objects.get(user=user)
    thief = sign_in(Client(), person("other@example.org", "curator"))
    through(thief, thief.post("/en/account/institution/attach/"))
    assert SocialAccount.objects.get() == kept, "an identity belongs to one account"
    assert client.post(f"/en/account/institution/{kept.pk}/detach/", {"confirm": "yes"}).status_code == 302
    assert not SocialAccount.objects.exists()


def test_a_writer_still_needs_a_second_factor(provider: Provider) -> None:
    client = Client()
    back = through(client, accept(client, invitation_link(role="focal_point")))
    assert back["Location"] == "/fr/account/set-up/"
    assert client.get("/fr/").wsgi_request.actor.grants == ()


def test_without_a_provider_there_is_no_such_way_in() -> None:
    client = Client()
    assert client.post("/en/account/institution/sign-in/").status_code == 404
    assert "institution/sign-in" not in client.get("/en/account/login/").content.decode()
