"""Addresses of this app; the page of one customer, ``customer``, is the desk's."""

from django.urls import path

from customers.views import contacts, customers, imports, promises, sales

urlpatterns = [
    path("customers/", customers.customers, name="customers"),
    path("customers/add/", customers.add_customer, name="add_customer"),
    path("customers/<int:pk>/change/", customers.change_customer, name="change_customer"),
    path("customers/<int:pk>/remove/", customers.remove_customer, name="remove_customer"),
    path("customers/<int:pk>/restore/", customers.restore_customer, name="restore_customer"),
    path("customers/<int:pk>/hand-over/", customers.hand_over, name="hand_over"),
    path("customers/<int:pk>/contacts/", contacts.contacts, name="contacts"),
    path("customers/<int:pk>/contacts/add/", contacts.add_contact, name="add_contact"),
    path("customers/contacts/<int:pk>/change/", contacts.change_contact, name="change_contact"),
    path("customers/contacts/<int:pk>/remove/", contacts.remove_contact, name="remove_contact"),
    path("customers/contacts/<int:pk>/restore/", contacts.restore_contact, name="restore_contact"),
    path("customers/<int:pk>/sales/", sales.sales, name="sales"),
    path("customers/<int:pk>/sales/add/", sales.add_sale, name="add_sale"),
    path("sales/<int:pk>/change/", sales.change_sale, name="change_sale"),
    path("sales/<int:pk>/remove/", sales.remove_sale, name="remove_sale"),
    path("sales/<int:pk>/restore/", sales.restore_sale, name="restore_sale"),
    path("customers/<int:pk>/log/", promises.log_interaction, name="log_interaction"),
    path("customers/<int:pk>/promises/add/", promises.add_promise, name="add_promise"),
    path("promises/", promises.promises, name="promises"),
    path("promises/<int:pk>/keep/", promises.keep_promise, name="keep_promise"),
    path("promises/<int:pk>/break/", promises.break_promise, name="break_promise"),
    path("promises/<int:pk>/reopen/", promises.reopen_promise, name="reopen_promise"),
    path("imports/", imports.imports, name="imports"),
    path("imports/try/", imports.try_import, name="try_import"),
    path("imports/<int:pk>/", imports.import_run, name="import_run"),
    path("imports/<int:pk>/start/", imports.start_import, name="start_import"),
    path("imports/<int:pk>/errors.csv", imports.import_errors, name="import_errors"),
]
