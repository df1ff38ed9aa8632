"""Addresses of this app; signing in is allauth's, below accounts/."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite_person, name="invite_person"),
    path("people/roles/", views.role_changes, name="role_changes"),
    path("people/roles/<int:pk>/agree/", views.agree_role_change, name="agree_role_change"),
    path("people/roles/<int:pk>/refuse/", views.refuse_role_change, name="refuse_role_change"),
    path("people/join/<str:token>/", views.join, name="join"),
    path("people/<int:pk>/", views.change_person, name="change_person"),
    path("people/<int:pk>/roles/", views.change_roles, name="change_roles"),
    path("people/<int:pk>/invite/", views.send_invite, name="send_invite"),
    path("people/<int:pk>/reactivate/", views.reactivate_person, name="reactivate_person"),
    path("teams/", views.teams, name="teams"),
    path("teams/add/", views.add_team, name="add_team"),
    path("teams/<int:pk>/", views.change_team, name="change_team"),
    path("teams/<int:pk>/remove/", views.remove_team, name="remove_team"),
    path("me/", views.me, name="me"),
    path("me/tokens/", views.tokens, name="tokens"),
    path("me/tokens/<int:pk>/revoke/", views.revoke_token, name="revoke_token"),
]
