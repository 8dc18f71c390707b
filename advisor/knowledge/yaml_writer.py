"""YAML as :mod:`advisor.yaml_source` reads it: it comes back as it was, ``yes`` and ``2027-03-31`` as words."""

from __future__ import annotations

from typing import Any

import yaml

from advisor.yaml_source import SCALARS

WIDTH, LONG = 120, 1_000_000
ONE_LINE = 90
"""A mapping or list of about so many characters stands on one line of a file."""


class _Dumper(yaml.CSafeDumper):
    """PyYAML's safe dumper, which quotes exactly the words that our reader would take for something else."""

    yaml_implicit_resolvers = SCALARS

    def ignore_aliases(self, data: Any) -> bool:
        """Every time in full: our reader refuses aliases."""
        return True


class _LineDumper(_Dumper):
    """The same, with everything on one line."""


def _is_short(dumper: yaml.SafeDumper, data: object) -> bool:
    return isinstance(dumper, _LineDumper) or len(repr(data)) <= ONE_LINE


def _mapping(dumper: Any, data: dict[Any, Any]) -> yaml.Node:
    node: yaml.Node = dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), _is_short(dumper, data))
    return node


def _sequence(dumper: Any, data: list[Any]) -> yaml.Node:
    node: yaml.Node = dumper.represent_sequence("tag:yaml.org,2002:seq", data, _is_short(dumper, data))
    return node


for _writer in (_Dumper, _LineDumper):
    _writer.add_representer(dict, _mapping)
    _writer.add_representer(list, _sequence)
    _writer.add_multi_representer(dict, _mapping)  # those that remember where they stood in a file
    _writer.add_multi_representer(list, _sequence)


def file_text(content: Any) -> str:
    """A whole file: in blocks, with short lists and mappings on one line."""
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)


def line_text(content: Any) -> str:
    """A value on one line, as it stands in a cell.

    >>> line_text({"staff": {"at_most": 2}}), line_text([1, "1"]), line_text(True)
    ('{staff: {at_most: 2}}', "[1, '1']", 'true')
    """
    written = yaml.dump(content, Dumper=_LineDumper, allow_unicode=True, sort_keys=False, width=LONG)
    return written.removesuffix("\n").removesuffix("\n...").strip()
