"""What to run, and running it: jobs, kernels, bounds, the lock and the manifest."""

import sys

# jsonschema, which nbformat imports, would compile this grammar for a second, for a check that no
# notebook needs; without it jsonschema leaves that check out.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: not to be found
