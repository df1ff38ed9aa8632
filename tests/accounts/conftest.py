"""Things of people for the tests."""
