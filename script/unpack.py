"""Unpacks named entries of a wheel: ENTRY=NAME[:-COLUMN,COLUMN…] (an .lzma entry is decompressed,
and the columns after the minus sign are left out)."""

import csv
import io
import lzma
import sys
import zipfile

wheel, folder, *wanted = sys.argv[1:]
csv.field_size_limit(1 << 30)
with zipfile.ZipFile(wheel) as archive:
    for item in wanted:
        entry, _, target = item.partition("=")
        target, _, without = target.partition(":-")
        data = archive.read(entry)
        if entry.endswith(".lzma"):
            data = lzma.decompress(data)
        if without:
            rows = csv.reader(io.StringIO(data.decode()))
            header = next(rows)
            kept = [i for i, name in enumerate(header) if name not in without.split(",")]
            out = io.StringIO()
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(header[i] for i in kept)
            writer.writerows([row[i] for i in kept] for row in rows)
            data = out.getvalue().encode()
        with open(f"{folder}/{target}", "wb") as file:
            file.write(data)
