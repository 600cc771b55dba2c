"""Addresses of accounts: signing in, the desk's machines, one's own data, the roles at a unit."""

from django.urls import path

from linli.people.views import contacts, desks, own_data, roles, second_factor, sessions, signing_in

app_name = "people"
urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/code/", signing_in.sign_in_code, name="sign_in_code"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("slip/", signing_in.slip_code, name="slip_code"),
    path("slip/<str:token>/", signing_in.slip, name="slip"),
    path("me/sessions/", sessions.sessions, name="sessions"),
    path("me/contacts/", contacts.contacts, name="contacts"),
    path("me/contacts/code/", contacts.contact_code, name="contact_code"),
    path("me/contacts/<int:number>/remove/", contacts.remove, name="contact_remove"),
    path("me/confirm/", second_factor.confirm, name="confirm"),
    path("me/second-factor/", second_factor.second_factor, name="second_factor"),
    path("me/second-factor/set-up/", second_factor.set_up, name="set_up_second_factor"),
    path("me/second-factor/recovery/", second_factor.recovery, name="recovery"),
    path("me/second-factor/replace/", second_factor.replace, name="replace_second_factor"),
    path("desk/switch/", desks.switch, name="switch"),
    path("desk/pin/", desks.pin, name="pin"),
    path("desk/<slug:code>/slips/", desks.slips, name="slips"),
    path("desk/<slug:code>/machine/", desks.machine, name="machine"),
    path("me/consents/", own_data.consents, name="consents"),
    path("me/looks/", own_data.looks, name="looks"),
    path("me/export/", own_data.export, name="export"),
    path("me/erase/", own_data.erase, name="erase"),
    path("roles/<slug:code>/", roles.roles, name="roles"),
    path("roles/<slug:code>/end/", roles.end, name="end_role"),
    path("roles/<slug:code>/hand-over/", roles.hand_over_role, name="hand_over_role"),
]
