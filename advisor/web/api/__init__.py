"""``/api/v1``: the same questions asked by programs. JSON in and out, errors as problem details, OpenAPI 3.1."""
