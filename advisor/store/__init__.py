"""Cases that people come back to: answers, links and the assessment they led to, kept in a database.

Enters: answers and tokens. Leaves: :class:`~advisor.store.records.Case` and :class:`~advisor.interview.Answers`. Works the
same on SQLite and PostgreSQL. Nothing here judges a firm, and no token is ever stored, only its hash.
"""

from advisor.store.cases import Store
from advisor.store.database import open_database
from advisor.store.records import Access, Case
from advisor.store.sealing import Seal

__all__ = ["Access", "Case", "Seal", "Store", "open_database"]
