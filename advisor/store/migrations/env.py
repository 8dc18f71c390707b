"""How the migrations are run: inside the transaction of whoever calls :func:`advisor.store.migrate.migrate`."""

from alembic import context

from advisor.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
