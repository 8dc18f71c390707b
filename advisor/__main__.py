"""``python -m advisor`` is the ``advisor`` command."""

from advisor.cli.main import advisor

advisor(prog_name="advisor")
