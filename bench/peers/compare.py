"""Are two result tables the same set of rows? If not, says which rows are in one only, and ends with 1."""

import sys

SHOWN = 10


def rows(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    return lines[0], sorted(lines[1:])


def only(these, others):
    others = set(others)
    return [row for row in these if row not in others]


first, second = sys.argv[1:]
(header, ours), (other_header, theirs) = rows(first), rows(second)
if header != other_header:
    sys.exit(f"columns differ:\n  {first}: {header}\n  {second}: {other_header}")
if ours != theirs:
    for path, missing in [(first, only(ours, theirs)), (second, only(theirs, ours))]:
        print(f"{len(missing)} rows only in {path}:", *missing[:SHOWN], sep="\n  ", file=sys.stderr)
    sys.exit(1)
print(len(ours))
