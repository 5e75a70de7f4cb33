#!/usr/bin/env python3
"""Reads the tables of a folder with other people's libraries, and compares each format with the CSV.

pip install csvw frictionless pyjstat openpyxl duckdb, then read_tables.py FOLDER. Status 1 where something differs.
"""
import argparse
import csv
import json
import pathlib
import sys
import warnings

FIGURES = ("value", "low", "high")


def csv_rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def number(text):
    return float(text) if text else None


def check_csv(path, rows):
    from frictionless import Detector, validate

    # Types are those of all rows: a first hundred of whole numbers says nothing of the next.
    whole = Detector(sample_size=len(rows) + 1, field_confidence=1)
    report = validate(path.name, basepath=str(path.parent), detector=whole)
    if not report.valid:
        yield f"frictionless: {report.flatten(['rowNumber', 'fieldName', 'type', 'message'])[:3]}"


def check_csvw(path, rows):
    from csvw import CSVW, Table

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        document = CSVW(str(path), validate=True)
        if not document.is_valid:
            yield f"csvw: {document.warnings}"
        table = Table.from_file(path)
        if len(list(table)) != len(rows):
            yield "csvw: another number of rows"
        if not table.check_primary_key():
            yield "csvw: the primary key has doubles"
    for warning in told:
        if "csvw" in warning.filename:
            yield f"csvw: {warning.message}"


def check_json_stat(path, rows):
    from pyjstat import pyjstat

    text = path.read_text(encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = pyjstat.Dataset.read(text).write("dataframe")
    values = [None if value != value else float(value) for value in frame["value"]]
    if values != [number(row["value"]) for row in rows]:
        yield "json-stat: other values"
    flags = {int(place): flag for place, flag in json.loads(text)["status"].items()}
    if [flags.get(place, "") for place in range(len(rows))] != [row["flag"] for row in rows]:
        yield "json-stat: other symbols"


def check_xlsx(path, rows):
    from openpyxl import load_workbook

    book = load_workbook(path)
    if len(book.sheetnames) != 2:
        yield "xlsx: not two sheets"
    sheet = book.worksheets[0]
    measures = len({row["measure"] for row in rows})
    first = sheet[sheet.freeze_panes]
    found = []
    for line in range(first.row, first.row + len(rows) // measures):
        found += [sheet.cell(line, first.column + place).value for place in range(measures)]
    expected = [row["flag"] if row["value"] == "" else float(row["value"]) for row in rows]
    if found != expected:
        yield "xlsx: other figures"
    if book.properties.created is None:
        yield "xlsx: no date"


def check_parquet(path, rows):
    import duckdb

    read = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)])
    names = [column[0] for column in read.description]
    lines = read.fetchall()
    if names != list(rows[0]) or len(lines) != len(rows):
        yield "parquet: another shape"
        return
    for line, row in zip(lines, rows):
        for name, value in zip(names, line):
            text = row[name]
            # A name that a spreadsheet would compute begins with a space in the CSV, and there only.
            same = value == number(text) if name in FIGURES else ("" if value is None else str(value)) == text.lstrip()
            if not same:
                yield f"parquet: {name} is {value!r}, not {text!r}"
                return


CHECKS = {
    "csv": check_csv,
    "csv-metadata.json": check_csvw,
    "json": check_json_stat,
    "xlsx": check_xlsx,
    "parquet": check_parquet,
}


def faults(check, path, rows):
    """What a check says, and what makes its library stop."""
    try:
        yield from check(path, rows)
    except Exception as error:
        yield f"{type(error).__name__}: {error}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    wrong = read = 0
    for table in sorted(folder.rglob("*.csv")):
        if table.name.endswith(".sdmx.csv"):
            continue
        rows = csv_rows(table)
        # Other CSV files may lie beside the tables.
        if not rows or "value_status" not in rows[0]:
            continue
        for ending, check in CHECKS.items():
            path = table.with_name(f"{table.name.removesuffix('.csv')}.{ending}")
            if not path.exists():
                continue
            read += 1
            for fault in faults(check, path, rows):
                wrong += 1
                print(f"{path}: {fault}", file=sys.stderr)
    print(f"{read} files read, {wrong} faults")
    sys.exit(1 if wrong or not read else 0)


if __name__ == "__main__":
    main()
