"""Pages below `/LANG/account/`. Names without namespace: django-allauth reverses many of them itself."""

from allauth.account import views as sign
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as identity
from django.urls import path, re_path

from comity.account.views import audit, entrance, invitation, invitations, oidc, people, security, waiting, work

urlpatterns = [
    path("", security.home, name="account_home"),
    path("set-up/", security.set_up, name="account_set_up"),
    path("invitation/", invitation.accept, name="account_invitation"),
    path("invitation/<str:token>/", invitation.link, name="account_invitation_link"),
    path("login/", entrance.SignIn.as_view(), name="account_login"),
    path("logout/", sign.logout, name="account_logout"),
    path("closed/", sign.account_inactive, name="account_inactive"),
    path("confirm/", sign.reauthenticate, name="account_reauthenticate"),
    path("password/change/", security.ChangePassword.as_view(), name="account_change_password"),
    path("password/set/", security.SetPassword.as_view(), name="account_set_password"),
    path("password/forgotten/", sign.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", sign.password_reset_done, name="account_reset_password_done"),
    path("password/new/done/", sign.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("code/", factor.authenticate, name="mfa_authenticate"),
    path("code/again/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("factors/", security.home, name="mfa_index"),
    path("app/", security.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("app/remove/", security.DeactivateApp.as_view(), name="mfa_deactivate_totp"),
    path("recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", security.MakeCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("keys/", security.home, name="mfa_list_webauthn"),
    path("keys/add/", security.AddKey.as_view(), name="mfa_add_webauthn"),
    path("keys/login/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("keys/again/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("keys/<int:pk>/remove/", security.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("institution/sign-in/", oidc.sign_in, name="account_oidc_sign_in"),
    path("institution/attach/", oidc.attach, name="account_oidc_attach"),
    path("institution/<int:pk>/detach/", oidc.detach, name="account_oidc_detach"),
    path("institution/cancelled/", identity.login_cancelled, name="socialaccount_login_cancelled"),
    path("institution/error/", identity.login_error, name="socialaccount_login_error"),
    path("institution/", security.home, name="socialaccount_connections"),
    path("notifications/", work.notifications, name="account_notifications"),
    path("notifications/read/", work.mark_read, name="account_notifications_read"),
    path("jobs/", work.jobs, name="account_jobs"),
    path("jobs/<int:pk>/", work.job, name="account_job"),
    path("jobs/<int:pk>/cancel/", work.cancel_job, name="account_job_cancel"),
    path("mails/", work.mails, name="account_mail"),
    path("audit/", audit.log, name="account_audit"),
    path("people/", people.listing, name="account_people"),
    path("people/<int:pk>/", people.person, name="account_person"),
    path("people/<int:pk>/role/", people.propose, name="account_propose"),
    path("people/<int:pk>/reset/", people.ask_reset, name="account_ask_reset"),
    path("people/role/<int:pk>/withdraw/", people.withdraw_role, name="account_withdraw_role"),
    path("people/waiting/", waiting.listing, name="account_waiting"),
    path("people/waiting/role/<int:pk>/", waiting.approve_role, name="account_approve_role"),
    path("people/waiting/reset/<int:pk>/", waiting.approve_reset, name="account_approve_reset"),
    path("people/invitations/", invitations.listing, name="account_invitations"),
    path("people/invitations/new/", invitations.new, name="account_invite"),
    path("people/invitations/<int:pk>/resend/", invitations.resend, name="account_resend"),
    path("people/invitations/<int:pk>/withdraw/", invitations.withdraw, name="account_withdraw_invitation"),
]
