"""Cases that people come back to: answers, links and the assessment they led to, kept in a database.

Enters: answers and tokens. Leaves: :class:`~advisor.store.records.Case` and :class:`~advisor.interview.Answers`. Works the
same on SQLite and PostgreSQL. Nothing here assesses a firm, and no token is ever stored, only its hash.
"""

from advisor.store.cases import Store
from advisor.store.database import open_database
from advisor.store.encryption import AnswerCipher
from advisor.store.records import Access, Case

__all__ = ["Access", "AnswerCipher", "Case", "Store", "open_database"]
