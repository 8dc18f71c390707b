"""The web shell: firms assess themselves without an account, and programs ask through ``/api/v1``.

Enters: requests. Leaves: pages in Chinese and English that work without script, files, and JSON. It holds no judgement of
its own: every conclusion comes from the library.
"""
