#!/usr/bin/env python3
"""Reads the SDMX files of a folder made by `essor export catalogue` with sdmx1, and holds them against the CSV there.

    read_sdmx.py FOLDER

Needs: pip install sdmx1. Exits with 1 where anything differs, and says what.
"""

import argparse
import csv
import logging
import multiprocessing
import pathlib
import sys

import sdmx

LANGUAGES = {"fr", "nl", "en"}
STATUS = {"suppressed": "Q", "not_available": "O", "not_comparable": "M"}
BASIS = {"exact": "A", "partial": "U", "approximated_partial": "U", "not_available": "O"}


def code(text):
    """A code as SDMX files write it: what is neither a letter, a digit, - nor _ is $ and two digits."""
    if text == "total":
        return "_T"
    if not text:
        return "$"
    plain = b"-_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    return "".join(
        chr(byte) if byte in plain and not (byte == ord("_") and place == 0) else f"${byte:02X}"
        for place, byte in enumerate(text.encode())
    )


class Faults(list):
    def check(self, holds, text):
        if not holds:
            self.append(text)


def rows(path):
    """Figures of a CSV by their key: codes of the axes by SDMX dimension, and of the measure."""
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names = reader.fieldnames
        axes = names[names.index("table") + 1 : names.index("measure")]
        # Territories come first, then the time.
        dimensions = {axes[0]: "REF_AREA"}
        if len(axes) > 1:
            dimensions[axes[1]] = "TIME_PERIOD"
        for axis in axes[2:]:
            dimensions[axis] = axis.upper()
        figures = {}
        for row in reader:
            key = {dimensions[a]: row[a] if dimensions[a] == "TIME_PERIOD" else code(row[a]) for a in axes}
            key["MEASURE"] = code(row["measure"])
            figures[frozenset(key.items())] = row
        return figures


def number(text):
    return None if text in (None, "") else float(text)


def compare(figures, observations, structure, where, faults):
    """Observations are triples: key, value, attributes."""
    lists = {d.id: d.local_representation.enumerated for d in structure.dimensions if d.local_representation}
    seen = set()
    for key, value, attributes in observations:
        name = ", ".join(f"{k}={v}" for k, v in sorted(key.items()))
        frozen = frozenset(key.items())
        faults.check(frozen not in seen, f"{where}: {name} twice")
        seen.add(frozen)
        for dimension, text in key.items():
            known = lists.get(dimension)
            faults.check(known is None or text in known.items, f"{where}: {dimension} {text} is in no list")
        row = figures.get(frozen)
        if row is None:
            faults.append(f"{where}: {name} is not in the CSV")
            continue
        faults.check(number(value) == number(row["value"]), f"{where}: {name}: {value} is not {row['value']}")
        state = row["value_status"]
        expected = STATUS.get(state) or BASIS.get(row["basis"], "E")
        status = attributes.get("OBS_STATUS")
        # A figure of a provisional year is P, whatever it rests on: the CSV does not tell which are.
        is_provisional = status == "P" and state not in STATUS
        faults.check(status == expected or is_provisional, f"{where}: {name}: status {status}")
        hidden = "C" if state == "suppressed" else "F"
        faults.check(attributes.get("CONF_STATUS") == hidden, f"{where}: {name}: CONF_STATUS of {state}")
        faults.check(attributes.get("UNIT_MEASURE") == code(row["unit"]), f"{where}: {name}: unit")
        if state in STATUS:
            bounds = [attributes.get("LOWER_BOUND"), attributes.get("UPPER_BOUND")]
            faults.check(not any(bounds) and number(value) is None, f"{where}: {name}: a number for {state}")
        elif attributes.get("LOWER_BOUND"):
            faults.check(number(attributes["LOWER_BOUND"]) == number(row["low"]), f"{where}: {name}: lower bound")
    faults.check(len(seen) == len(figures), f"{where}: {len(seen)} figures, {len(figures)} in the CSV")


def named(thing, faults):
    languages = {language for language, text in thing.name.localizations.items() if text}
    faults.check(LANGUAGES <= languages, f"{thing!r}: named in {sorted(languages)}")


def structures(folder, faults):
    messages = [sdmx.read_sdmx(path) for path in sorted(folder.glob("*structure*.xml"))]
    found = {}
    for message in messages:
        for scheme in [*message.codelist.values(), *message.concept_scheme.values()]:
            named(scheme, faults)
            for item in scheme:
                named(item, faults)
        for flow in message.dataflow.values():
            named(flow, faults)
            definition = message.structure[flow.structure.id]
            named(definition, faults)
            flow.structure = definition
            found[flow.id] = flow
    return found


def plain(value):
    value = getattr(value, "value", value)
    return getattr(value, "id", value)


def from_xml(path, structure):
    arguments = {"structure": structure} if structure else {}
    message = sdmx.read_sdmx(path, **arguments)
    for data in message.data:
        for observation in data.obs:
            key = {k: str(plain(v)) for k, v in observation.key.values.items()}
            yield key, observation.value, {k: str(plain(v)) for k, v in observation.attrib.items()}


def from_csv(path, flow):
    message = sdmx.read_sdmx(path, structure=flow)
    for data in message.data:
        for observation in data.obs:
            key = {k: str(plain(v)) for k, v in observation.dimension.values.items()}
            attributes = {k: plain(v) for k, v in observation.attached_attribute.items()}
            yield key, observation.value, attributes


# Tables of no more figures are also read without their structure.
FEW = 2000
known = {}


def keep(flows):
    known.update(flows)


def table(path):
    """What is wrong with the SDMX files of a table, or nothing where it has none."""
    logging.getLogger("sdmx").setLevel(logging.ERROR)
    flow = known.get(f"DF_{code(path.stem)}")
    xml, text = path.with_suffix(".sdmx.xml"), path.with_suffix(".sdmx.csv")
    if flow is None or not (xml.exists() or text.exists()):
        return None
    faults = Faults()
    figures = rows(path)
    try:
        if xml.exists():
            compare(figures, from_xml(xml, flow.structure), flow.structure, xml.name, faults)
            if len(figures) <= FEW:
                compare(figures, from_xml(xml, None), flow.structure, f"{xml.name} without its structure", faults)
        if text.exists():
            compare(figures, from_csv(text, flow), flow.structure, text.name, faults)
    except Exception as error:  # whatever makes the reader stop is a fault of the file
        faults.append(f"{path.name}: {type(error).__name__}: {error}")
    return list(faults)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    logging.getLogger("sdmx").setLevel(logging.ERROR)
    faults = Faults()
    flows = structures(folder, faults)
    faults.check(flows, f"{folder}: no structures")
    paths = [path for path in folder.glob("*.csv") if not path.name.endswith(".sdmx.csv")]
    paths.sort(key=lambda path: (-path.stat().st_size, path.name))
    # The structures are read once: each process has them from the start.
    with multiprocessing.get_context("fork").Pool(initializer=keep, initargs=(flows,)) as pool:
        found = [result for result in pool.imap(table, paths, chunksize=1) if result is not None]
    tables = len(found)
    faults += [fault for result in found for fault in result]
    faults.check(tables, f"{folder}: no table in SDMX beside its CSV")
    for fault in faults[:50]:
        print(fault, file=sys.stderr)
    print(f"SDMX: {tables} tables, {len(flows)} dataflows, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
