"""The sign-in page."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView

from comity.account.views import oidc


class SignIn(LoginView):
    """Address and password, a passkey, or the institution's sign-in where this node has one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the name of the institution's sign-in."""
        return {**super().get_context_data(**kwargs), "institution": oidc.provider_name()}
