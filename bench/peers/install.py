"""The environment of the peers, in bench/work/venv: another list of packages makes another."""

import os
import shutil
import subprocess
import sys

from measure import BENCH, PYTHON, WORK, fail, say


def make_venv():
    requirements = os.path.join(BENCH, "peers/requirements.txt")
    done = os.path.join(WORK, "venv/requirements.txt")
    with open(requirements, encoding="utf-8") as file:
        wanted = file.read()
    if os.path.exists(done):
        with open(done, encoding="utf-8") as file:
            if file.read() == wanted:
                return
    say("bench: installing the peers into bench/work/venv")
    shutil.rmtree(os.path.join(WORK, "venv"), ignore_errors=True)
    for command in [
        [sys.executable, "-m", "venv", "--without-pip", os.path.join(WORK, "venv")],
        [sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet", "--disable-pip-version-check",
         "--only-binary", ":all:", "--requirement", requirements],
    ]:
        if subprocess.run(command, check=False).returncode:
            fail(f"failed: {' '.join(command)}")
    shutil.copy(requirements, done)
