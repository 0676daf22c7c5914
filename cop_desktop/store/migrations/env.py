"""Run by Alembic with the connection that `cop_desktop.store.schema` gives it."""

from alembic import context

from cop_desktop.store.kept import KEPT

context.configure(connection=context.config.attributes["connection"], target_metadata=KEPT)
context.run_migrations()
