"""Unpacks named entries of a wheel: ENTRY=NAME[:-COLUMN,COLUMN…] (an .lzma entry is decompressed,
and the columns after the minus sign are left out; after a plus sign, only those are kept)."""

import csv
import io
import lzma
import os
import re
import sys
import zipfile

wheel, folder, *wanted = sys.argv[1:]
csv.field_size_limit(1 << 30)
with zipfile.ZipFile(wheel) as archive:
    for item in wanted:
        entry, _, target = item.partition("=")
        target, sign, names = re.fullmatch(r"(.*?)(?::([-+])(.*))?", target).groups()
        data = archive.read(entry)
        if entry.endswith(".lzma"):
            data = lzma.decompress(data)
        if sign:
            rows = csv.reader(io.StringIO(data.decode()))
            header = next(rows)
            kept = [i for i, name in enumerate(header) if (name in names.split(",")) == (sign == "+")]
            out = io.StringIO()
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(header[i] for i in kept)
            writer.writerows([row[i] for i in kept] for row in rows)
            data = out.getvalue().encode()
        path = f"{folder}/{target}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
