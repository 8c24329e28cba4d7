"""What happens to every request: security headers, the actor, and a calm answer to "no"."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from comity.core.actions.decorator import Denied
from comity.core.people.selectors import actor_for
from comity.ui.views import permission_denied

Handler = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def security_headers(get_response: Handler) -> Handler:
    """Adds the content security policy and its companions to every answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def actor_of_request(get_response: Handler) -> Handler:
    """Sets `request.actor`: who acts, by which mandates, and whether a second factor was passed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        from comity.account.second_factor import passed

        request.actor = actor_for(request.user, second_factor=passed(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


class answer_denied:
    """Turns a service's refusal into the 403 page with its reason."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Denied):
            return permission_denied(request, exception)
        return None
