"""Our own small package, written for these tests with every mess we met, and the real one where it lies at hand."""

import os
from datetime import date
from pathlib import Path

from linli.directory.hsds.hours import Setting

HERE = Path(__file__).parent
PACKAGE = HERE / "package"
SHARED = Path(os.environ.get("LINLI_SHARED") or HERE.parents[3] / "shared")
REAL_PACKAGE = SHARED / "data" / "hsds-dc"
SETTING = Setting.of("America/New_York", date(2026, 11, 22))
