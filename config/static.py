"""Static files with hashed names."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed and compressed names; a source map a package does not ship is not an error.

    Modules import each other by their hashed names, too: one that is loaded under two names would run twice.
    """

    manifest_strict = False
    support_js_module_import_aggregation = True

    patterns = tuple(
        (glob, tuple(rule for rule in rules if "sourceMappingURL" not in (rule if isinstance(rule, str) else rule[0])))
        for glob, rules in CompressedManifestStaticFilesStorage.patterns
    )
