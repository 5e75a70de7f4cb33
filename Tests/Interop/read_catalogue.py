#!/usr/bin/env python3
"""Reads the catalogue of a folder made by `essor export catalogue` with rdflib, judges it with the SHACL shapes beside
this file, and holds it against the files there.

    read_catalogue.py FOLDER

Needs: pip install rdflib pyshacl. Exits with 1 where anything differs, and says what.
"""

import argparse
import csv
import hashlib
import json
import pathlib
import sys
import urllib.parse

import pyshacl
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.compare import graph_diff, to_isomorphic
from rdflib.namespace import DCAT, DCTERMS, RDF, SKOS

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
STAT = Namespace("http://data.europa.eu/s1n/")
SHAPES = pathlib.Path(__file__).with_name("shapes.ttl")
LANGUAGES = {"fr", "nl", "en"}
MATCHES = [SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch]


class Faults(list):
    def check(self, holds, text):
        if not holds:
            self.append(text)


def file_name(address):
    return urllib.parse.unquote(str(address).rsplit("/", 1)[-1])


def read(path):
    """rdflib normalises some values as it reads; both forms of a graph must be read alike."""
    graph = Graph()
    graph.parse(path, format="turtle" if path.suffix == ".ttl" else "json-ld")
    return graph


def without_syntax(graph):
    """A graph whose pages are named without the ending of their files: pages of a syntax lead to the same syntax."""
    plain = Graph()

    def rename(term):
        if isinstance(term, URIRef) and term.endswith((".ttl", ".jsonld")):
            return URIRef(term.rsplit(".", 1)[0])
        return term

    for triple in graph:
        plain.add(tuple(rename(term) for term in triple))
    return plain


def same_in_both(turtle, faults):
    """The Turtle of a graph, once its JSON-LD says the same."""
    graph = read(turtle)
    twin = turtle.with_suffix(".jsonld")
    if not twin.exists():
        faults.append(f"{turtle.name}: no JSON-LD beside it")
        return graph
    one, other = to_isomorphic(without_syntax(graph)), to_isomorphic(without_syntax(read(twin)))
    if one != other:
        _, first, second = graph_diff(one, other)
        examples = [str(triple) for triple in [*list(first)[:2], *list(second)[:2]]]
        faults.append(f"{turtle.name} and its JSON-LD differ: {examples}")
    return graph


def pages(folder, faults):
    """All pages, followed from the first."""
    whole = Graph()
    name, seen, total = "catalogue-1.ttl", [], None
    while name and name not in seen:
        path = folder / name
        if not path.exists():
            faults.append(f"{name} is missing")
            break
        seen.append(name)
        page = same_in_both(path, faults)
        faults.check(len(set(page.subjects(RDF.type, DCAT.Dataset))) <= 20, f"{name}: more than 20 datasets")
        total = next(page.objects(None, HYDRA.totalItems), None)
        following = next(page.objects(None, HYDRA.next), None)
        name = file_name(following) if following else None
        whole += page
    present = {path.name for path in folder.glob("catalogue-*.ttl")}
    faults.check(present == set(seen), f"pages that no page leads to: {sorted(present - set(seen))}")
    count = len(set(whole.objects(None, DCAT.dataset)))
    faults.check(total is not None and int(total) == count, f"{count} datasets, of {total}")
    return whole


def judge(graph, faults):
    conforms, _, text = pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES, format="turtle"))
    if not conforms:
        faults.append(text[:4000])


def distributions(graph, folder, faults):
    for node in graph.subjects(RDF.type, DCAT.Distribution):
        name = file_name(graph.value(node, DCAT.downloadURL))
        path = folder / name
        if not path.exists():
            faults.append(f"{name} is in the catalogue and not in the folder")
            continue
        content = path.read_bytes()
        faults.check(int(graph.value(node, DCAT.byteSize)) == len(content), f"{name}: size")
        checksum = graph.value(graph.value(node, SPDX.checksum), SPDX.checksumValue)
        written = str(checksum).lower() if checksum is not None else ""
        faults.check(written == hashlib.sha256(content).hexdigest(), f"{name}: checksum")


def against_tables(graph, folder, faults):
    """What is said of a table is what its CSV holds."""
    count = 0
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        name = str(graph.value(dataset, DCTERMS.identifier))
        path = folder / f"{name}.csv"
        if not path.exists():
            continue
        count += 1
        with open(path, encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            names = reader.fieldnames
            rows = list(reader)
        axes = names[names.index("table") + 1 : names.index("measure")]
        dimensions = len(set(graph.objects(dataset, STAT.dimension)))
        faults.check(dimensions == len(axes) + 1, f"{name}: {dimensions} dimensions for {axes}")
        time = axes[1] if len(axes) > 1 else None
        series = {tuple(row[a] for a in axes if a != time) + (row["measure"],) for row in rows}
        said = int(graph.value(dataset, STAT.numSeries))
        faults.check(said == len(series), f"{name}: {said} series, {len(series)} in the CSV")
        units = {str(graph.value(unit, SKOS.notation)) for unit in graph.objects(dataset, STAT.statUnitMeasure)}
        faults.check(units == {row["unit"] for row in rows}, f"{name}: units {sorted(units)}")
        period = graph.value(dataset, DCTERMS.temporal)
        years = {row[time] for row in rows} if time else set()
        if period is not None and years:
            start = str(graph.value(period, DCAT.startDate))
            end = str(graph.value(period, DCAT.endDate))
            faults.check((start[:4], end[:4]) == (min(years), max(years)), f"{name}: from {start} to {end}")
    faults.check(count, f"{folder}: no table in the catalogue beside its CSV")
    return count


def schema_org(folder, faults):
    """Descriptions for search engines, in the files whose context is schema.org."""
    count = 0
    wanted = [
        "name", "description", "url", "creator", "variableMeasured", "distribution", "isAccessibleForFree",
        "includedInDataCatalog",
    ]
    for path in sorted(folder.rglob("*.jsonld")):
        text = json.loads(path.read_text(encoding="utf-8"))
        if text.get("@context") != "https://schema.org/":
            continue
        count += 1
        faults.check(text.get("@type") == "Dataset", f"{path.name}: no Dataset")
        faults.check(all(text.get(key) not in (None, "", []) for key in wanted), f"{path.name}: something is missing")
        # What search engines take of a description.
        faults.check(5 <= len(text.get("description", "")) <= 5000, f"{path.name}: length of the description")
        for download in text.get("distribution", []):
            name = file_name(download.get("contentUrl", ""))
            faults.check((folder / name).exists(), f"{path.name}: {name} is not there")
    return count


def nomenclatures(folder, faults):
    """SKOS: concepts with their names, and correspondences that lead somewhere."""
    whole = Graph()
    for path in sorted(folder.rglob("*.ttl")):
        if not path.name.startswith("catalogue-") and "skos/core#" in path.read_text(encoding="utf-8"):
            whole += same_in_both(path, faults)
    concepts = set(whole.subjects(SKOS.inScheme, None))
    for concept in concepts:
        languages = {label.language for label in whole.objects(concept, SKOS.prefLabel) if isinstance(label, Literal)}
        faults.check(languages == LANGUAGES, f"{concept}: named in {languages}")
        for above in whole.objects(concept, SKOS.broader):
            faults.check((above, SKOS.narrower, concept) in whole, f"{concept}: not under {above}")
    for match in MATCHES:
        for concept, other in whole.subject_objects(match):
            faults.check(other in concepts, f"{concept}: {other} is no concept")
    return len(concepts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    faults = Faults()
    graph = pages(folder, faults)
    judge(graph, faults)
    distributions(graph, folder, faults)
    tables = against_tables(graph, folder, faults)
    described = schema_org(folder, faults)
    concepts = nomenclatures(folder, faults)
    for fault in faults[:50]:
        print(fault, file=sys.stderr)
    print(
        f"catalogue: {len(graph)} statements, {tables} tables, {described} descriptions for search engines, "
        f"{concepts} concepts, {len(faults)} faults"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
