"""Runs Rapport on one machine: its own PostgreSQL and Valkey, web, worker, beat and mail catcher.

Plain Python: Django starts in the processes that need it. Nothing here runs in production (docs/operations.md).
"""
