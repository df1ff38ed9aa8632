"""What every resource of the API shares: tokens, scopes, cursor pages, idempotency keys, ETags, problem details.

Errors follow RFC 9457, conditional changes RFC 9110 (section 13), the key of a write the IETF's draft on them.
"""
