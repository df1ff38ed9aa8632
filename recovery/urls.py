"""Addresses of this app."""

from django.urls import path

from recovery import views

urlpatterns = [
    path("oops/", views.cases, name="cases"),
    path("oops/open/", views.held(views.open_case), name="open_case"),
    path("oops/gestures/", views.gestures, name="gestures"),
    path("oops/gestures/add/", views.add_gesture, name="add_gesture"),
    path("oops/gestures/<int:pk>/", views.change_gesture, name="change_gesture"),
    path("oops/gestures/<int:pk>/retire/", views.retire_gesture, name="retire_gesture"),
    path("oops/gestures/<int:pk>/restore/", views.restore_gesture, name="restore_gesture"),
    path("oops/goodwill/", views.goodwill, name="goodwill"),
    path("oops/<int:pk>/", views.case, name="case"),
    path("oops/<int:pk>/apology/", views.apology, name="apology"),
    path("oops/<int:pk>/keep-drafts/", views.held(views.keep_drafts), name="keep_drafts"),
    path("oops/<int:pk>/acknowledge/", views.held(views.acknowledge_case), name="acknowledge_case"),
    path("oops/<int:pk>/fix/", views.held(views.fix_case), name="fix_case"),
    path("oops/<int:pk>/suggest/", views.suggest_surprise, name="suggest_surprise"),
    path("oops/<int:pk>/surprise/", views.held(views.surprise_case), name="surprise_case"),
    path("oops/<int:pk>/apologise/", views.apologise_case, name="apologise_case"),
    path("oops/<int:pk>/<slug:kind>/due/", views.change_due, name="change_due"),
    path("oops/<int:pk>/<slug:kind>/untick/", views.untick_milestone, name="untick_milestone"),
    path("oops/<int:pk>/close/", views.close_case, name="close_case"),
    path("oops/<int:pk>/reopen/", views.reopen_case, name="reopen_case"),
    path("oops/<int:pk>/hand-over/", views.hand_over_case, name="hand_over_case"),
    path("oops/<int:pk>/check-back/", views.check_back, name="check_back"),
    path("oops/<int:pk>/renewed/", views.say_renewed, name="say_renewed"),
    path("oops/failed/", views.failed_recoveries, name="failed_recoveries"),
    path("oops/failed/<int:pk>/next-step/", views.plan_next_step, name="plan_next_step"),
    path("oops/failed/<int:pk>/handle/", views.handle_failure, name="handle_failure"),
    path("f/<str:token>/", views.follow_up, name="follow_up"),
    path("f/<str:token>/thanks/", views.followed_up, name="followed_up"),
    path("f/<str:token>/unsubscribe/", views.stop_follow_ups, name="stop_follow_ups"),
    path("f/<str:token>/ask-again/", views.restart_follow_ups, name="restart_follow_ups"),
]
