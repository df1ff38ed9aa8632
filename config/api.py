"""The resources of the API."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.routers import SimpleRouter

from accounts.api.problems import api_nowhere
from compensation.api import StatementResource
from customers.api import ContactResource, CustomerResource, InteractionResource, PromiseResource
from recovery.api import CaseResource
from report_cards.api import ResultResource, RoundResource
from secrets_manual.api import SecretResource

router = SimpleRouter(use_regex_path=False)
router.register("cases", CaseResource, basename="api_cases")
router.register("customers", CustomerResource, basename="api_customers")
router.register("contacts", ContactResource, basename="api_contacts")
router.register("promises", PromiseResource, basename="api_promises")
router.register("interactions", InteractionResource, basename="api_interactions")
router.register("results", ResultResource, basename="api_results")
router.register("rounds", RoundResource, basename="api_rounds")
router.register("secrets", SecretResource, basename="api_secrets")
router.register("statements", StatementResource, basename="api_statements")

urlpatterns = [
    path("openapi.json", SpectacularJSONAPIView.as_view(), name="api_document"),
    *router.urls,
    path("<path:rest>", csrf_exempt(api_nowhere), name="api_nowhere"),
]
