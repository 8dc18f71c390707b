"""Fail where a package's statement and branch coverage lies under a limit: ``coverage_gate.py FILE PERCENT PACKAGE …``."""

import json
import sys
from pathlib import Path

report = json.loads(Path(sys.argv[1]).read_text())
limit = float(sys.argv[2])
failed = False
for package in sys.argv[3:]:
    files = [data["summary"] for name, data in report["files"].items() if name.startswith(f"advisor/{package}/")]
    covered = sum(f["covered_lines"] + f.get("covered_branches", 0) for f in files)
    whole = sum(f["num_statements"] + f.get("num_branches", 0) for f in files)
    share = 100 * covered / whole
    print(f"coverage {package}: {share:.1f} %")
    failed |= share < limit
sys.exit(failed)
