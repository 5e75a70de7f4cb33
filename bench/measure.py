"""What bench/run and bench/full-scale share: a run with its time and memory, the machine, and the results."""

import datetime
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import time
import zlib
from dataclasses import asdict, dataclass

BENCH = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(BENCH)
WORK = os.path.join(BENCH, "work")
ESSOR = os.path.join(ROOT, ".build/release/essor")
PYTHON = os.path.join(WORK, "venv/bin/python")
CORES = len(os.sched_getaffinity(0))


def say(text):
    print(text, file=sys.stderr, flush=True)


def fail(text):
    say(f"bench: {text}")
    sys.exit(1)


def fresh(folder):
    """An empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder


def need_tools(*tools):
    if not os.path.exists(ESSOR):
        fail("the program is not built: make build")
    for tool in tools:
        if not shutil.which(tool):
            fail(f"{tool} is missing: script/bootstrap")


# A run


@dataclass
class Run:
    seconds: float
    cpu_seconds: float
    """Peak resident memory in bytes: of the processes that ran at once, the sum."""
    peak: int
    """Cores that other programs kept busy meanwhile: where it is not near 0, the time says little."""
    others: float


def busy():
    """Seconds that the cores have worked since the start of the machine, for anyone."""
    with open("/proc/stat", encoding="ascii") as file:
        ticks = [int(field) for field in file.readline().split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


def floor():
    """A child's peak counts the memory that it had as our copy, before it became its program."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def run(steps, environment=None):
    """Runs steps one after the other, the commands of one step at once; all are new processes."""
    os.makedirs(WORK, exist_ok=True)
    log = os.path.join(WORK, "log")
    environment = {**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})}
    cpu, peak = 0.0, 0
    with open(log, "wb") as errors:
        before, start = busy(), time.perf_counter()
        for step in steps:
            started = [(command, subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, env=environment))
                for command in step]
            together, failed = 0, None
            for command, process in started:
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                if process.returncode:
                    failed = failed or f"{process.returncode}: {' '.join(command)}"
                cpu += usage.ru_utime + usage.ru_stime
                together += usage.ru_maxrss * 1024
            if failed:
                with open(log, encoding="utf-8", errors="replace") as text:
                    fail(f"ended with {failed}\n{text.read()[-4000:]}")
            peak = max(peak, together)
        seconds = time.perf_counter() - start
        others = max(0.0, (busy() - before - cpu) / seconds)
    os.sync()  # what was written must not cost the next run
    return Run(round(seconds, 3), round(cpu, 3), peak, round(others, 2))


# The machine


def line(*command, start=""):
    """The first line of what a command prints, from `start` on."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "–"
    lines = (done.stdout or done.stderr).strip().splitlines()
    return lines[0].removeprefix(start).strip() if lines and done.returncode == 0 else "–"


def machine():
    def value(path, key):
        with open(path, encoding="utf-8") as file:
            return next((row.split(":")[1].strip() for row in file if row.startswith(key)), "–")

    return {
        "cpu": value("/proc/cpuinfo", "model name"), "cores": CORES,
        "memory": int(value("/proc/meminfo", "MemTotal").split()[0]) * 1024,
        "kernel": platform.release(), "system": platform.freedesktop_os_release().get("PRETTY_NAME", "–"),
    }


def versions(peers=False):
    commit = line("git", "-C", ROOT, "describe", "--always", "--dirty")
    found = {
        "essor": f"{line(ESSOR, '--version', start='essor')} ({commit})",
        "swift": line("swift", "--version", start="Swift version"),
    }
    if peers:
        for name in ["duckdb", "polars"]:
            found[name] = line(PYTHON, "-c", f"import {name}; print({name}.__version__)")
        found |= {
            "isal": line("igzip", "--version", start="igzip command line interface"),
            "unzip": line("unzip", "-v", start="UnZip").split(" of ")[0], "zlib": zlib.ZLIB_RUNTIME_VERSION,
            "python": line(PYTHON, "--version", start="Python"),
        }
    return found


# The results


def table(header, rows):
    """A table in Markdown, which a terminal shows well too. The first column to the left, others to the right."""
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]

    def drawn(row):
        cells = [cell.ljust(width) if column == 0 else cell.rjust(width)
                 for column, (cell, width) in enumerate(zip(row, widths))]
        return "| " + " | ".join(cells) + " |"

    rules = ["-" * (width + 1) + ("-" if column == 0 else ":") for column, width in enumerate(widths)]
    return "\n".join([drawn(header), f"|{'|'.join(rules)}|", *map(drawn, rows)])


def megabytes(count):
    return f"{count / 1e6:,.0f} MB".replace(",", " ")


def number(count):
    return f"{count:,}".replace(",", " ")


def surroundings(machine, versions):
    return (f"{machine['cpu']}, {machine['cores']} cores, {megabytes(machine['memory'])}; "
            f"{machine['system']}, Linux {machine['kernel']}\n\n"
            + ", ".join(f"{name} {version}" for name, version in versions.items()))


def write(name, data, text):
    """Writes results/DATE-NAME.json and .md."""
    path = os.path.join(BENCH, "results", f"{datetime.date.today().isoformat()}-{name}")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".json", "w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False, indent=2, default=asdict)
        file.write("\n")
    with open(path + ".md", "w", encoding="utf-8") as file:
        file.write(text + "\n")
    say(f"bench: {os.path.relpath(path)}.json and .md")
