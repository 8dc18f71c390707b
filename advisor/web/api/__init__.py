"""``/api/v1``: the same questions asked by programs. JSON in and out, errors as problem details, OpenAPI 3.1."""

API_ROOT = "/api/"
"""Where anything is for programs, errors included."""
API_PREFIX = f"{API_ROOT}v1"
"""Where this version of the API is."""
