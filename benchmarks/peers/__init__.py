"""Peers that we are measured beside, each in an environment of its own."""

import subprocess
import sys
import tempfile
from pathlib import Path

# So that both sides are counted on one processor.
ONE_THREAD = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"
)


def environment(package: str, version: str, *more: str) -> Path:
    """The Python of a virtual environment with that package, kept under the system's temporary folder for the next time."""
    python_version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    home = Path(tempfile.gettempdir()) / f"linli-peer-{package}-{version}-{python_version}"
    python = home / "bin" / "python"
    if not (home / "done").exists():
        print(f"  {package} {version} into {home} …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        install = [str(python), "-m", "pip", "install", "-q", f"{package}=={version}", *more]
        subprocess.run(install, check=True)
        (home / "done").touch()
    return python
