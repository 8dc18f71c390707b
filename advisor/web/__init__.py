"""The web application: firms assess themselves without an account, and programs use ``/api/v1``.

Enters: requests. Leaves: pages in Chinese and English that work without script, files, and JSON. Nothing is assessed here:
every conclusion comes from the library.
"""
