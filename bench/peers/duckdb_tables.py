"""Standard tables by DuckDB alone: one SQL query a table, on the employers of a release that are in memory already.

    duckdb_tables.py RELEASE SHARE PERIMETER PLAN OUTPUT

PLAN: JSON with `turns`, `communes` (by territory, its communes), `within` (by commune, what it lies in), `questions`
(table, territory, first and last year), and `catalogue` (territories, the one whose parts are shown, folder). OUTPUT: JSON
with the rows of each question, its times in milliseconds, and what the catalogue took.
"""

import csv
import json
import os
import sys
import time

import duckdb

release, share, perimeter, plan, output = sys.argv[1:]
FAMILY, FIELD = ["ess"], ["ess", "private", "public", "total"]

# Of each table: the members of who employs beside the families, the activity, and what is made of the sums.
SHARES = ", ".join(
    f"100.0 * {column} / nullif(max({column}) FILTER (who = '{{whole}}') OVER same, 0) AS share_{name}"
    for column, name in [("establishments", "establishments"), ("jobs", "jobs"), ("fte", "fte"), ("gross_pay", "pay")])
WHOLE = "WINDOW same AS (PARTITION BY area, year, act)"
KEYS = "area, year, who, act"
GATE = "givers_jobs, largest_jobs, givers_fte, largest_fte, givers_pay, largest_pay"
TABLES = {
    "T01": (FIELD, False, None, False, f"SELECT {KEYS}, units, establishments, jobs, fte, gross_pay, "
            f"{SHARES.format(whole='total')}, {GATE} FROM total {WHOLE}"),
    "T02": (FAMILY, True, None, False, f"SELECT {KEYS}, units, establishments, jobs, fte, gross_pay, "
            f"{SHARES.format(whole='ess')}, {GATE} FROM total {WHOLE}"),
    "T05": (FAMILY, True, "a17", False, f"SELECT {KEYS}, establishments, jobs, fte, {GATE} FROM total"),
    "T09": (FAMILY, True, None, True, f"SELECT {KEYS}, establishments, jobs, fte, gross_pay, {GATE} FROM total"),
    "T11": (["ess", "total"], False, "a17", True,
            f"SELECT {KEYS}, jobs, 100.0 * jobs / nullif(max(jobs) FILTER (who = 'total') OVER same, 0) AS weight, {GATE} "
            f"FROM total {WHOLE} QUALIFY who = 'ess'"),
    # A year in which nobody employs counts as zero in what becomes of the others.
    "T22": (FIELD, True, "a10", False, f"""
        SELECT {KEYS}, jobs, 100.0 * (jobs / nullif(before, 0) - 1) AS change,
          100.0 * (jobs - before) / nullif(max(before) FILTER (act = 'total') OVER (PARTITION BY area, who, year), 0) AS contribution,
          100.0 * jobs / nullif(first, 0) AS index, {GATE}
        FROM (
          SELECT k.*, y.year, t.* EXCLUDE (area, who, act, year, jobs),
            CASE WHEN t.establishments IS NULL THEN 0 ELSE t.jobs END AS jobs,
            lag(CASE WHEN t.establishments IS NULL THEN 0 ELSE t.jobs END) OVER through AS before,
            first(CASE WHEN t.establishments IS NULL THEN 0 ELSE t.jobs END) OVER through AS first
          FROM (SELECT DISTINCT area, who, act FROM total) k CROSS JOIN (SELECT DISTINCT year FROM total) y
            LEFT JOIN total t ON t.area = k.area AND t.who = k.who AND t.act = k.act AND t.year = y.year
          WINDOW through AS (PARTITION BY k.area, k.who, k.act ORDER BY y.year))"""),
}
FAMILIES = {"T02", "T05", "T09", "T22"}
"""Tables with a row for each family."""


def load(database, territories, within):
    """What an expert would lay out beforehand: numbers and enumerations, one perimeter, sorted as the facts of Essor are."""
    def enumeration(name, query):
        database.execute(f"CREATE TYPE {name} AS ENUM ({query})")

    files = {name: f"read_parquet('{release}/{name}.parquet')" for name in ["employers", "decisions", "establishments"]}
    with open(f"{share}/nomenclatures/sectors.csv", encoding="utf-8", newline="") as file:
        rows = [(row["a88"], row["a17"], row["a10"]) for row in csv.DictReader(line for line in file if not line.startswith("#"))]
    database.execute("CREATE TABLE sector AS SELECT unnest($1) AS a88, unnest($2) AS a17, unnest($3) AS a10", list(map(list, zip(*rows))))
    enumeration("who", f"""SELECT DISTINCT family FROM {files['decisions']} WHERE family IS NOT NULL
        UNION SELECT unnest(['ess', 'private', 'public', 'total'])""")
    for scheme in ["a17", "a10"]:
        enumeration(scheme, f"SELECT {scheme} FROM sector UNION SELECT unnest(['ZZ', 'total'])")
    database.execute(f"""
        CREATE TABLE commune AS SELECT (row_number() OVER (ORDER BY code) - 1)::UINTEGER AS commune, code
          FROM (SELECT DISTINCT territory AS code FROM {files['employers']});
        CREATE TABLE fact AS
          SELECT e.year::USMALLINT AS year, d.family IS NOT NULL AS ess,
            dense_rank() OVER (ORDER BY e.country, e.unit)::UINTEGER AS unit, c.commune,
            coalesce(d.family, if(e.sector = 'FP', 'public', 'private'))::who AS who,
            coalesce(s.a17, 'ZZ')::a17 AS a17, coalesce(s.a10, 'ZZ')::a10 AS a10, e.basis = 'exact' AS exact,
            e.basis = 'exact' OR e.size <> 'SX' AS sized,
            -- Jobs in halves, full-time equivalents in tenths.
            (if(e.basis = 'exact', 2 * e.jobs, e.low + e.high))::INTEGER AS jobs, round(e.fte * 10)::INTEGER AS fte, e.gross_pay
          FROM {files['employers']} e JOIN commune c ON c.code = e.territory
            JOIN {files['establishments']} p ON p.country = e.country AND p.id = e.id
            LEFT JOIN sector s ON s.a88 = p.a88
            LEFT JOIN {files['decisions']} d ON e.candidate AND d.perimeter = '{perimeter}'
              AND d.profile = if(d.judged_at = 'unit', e.unit_profile, e.own_profile)
          ORDER BY year, ess DESC, unit;
        CREATE TABLE given(territory VARCHAR, area VARCHAR, part BOOLEAN, code VARCHAR)""")
    rows = []
    for territory, communes in territories.items():
        # The parts that T09 and T11 show: départements in France, arrondissements in Belgium, or in one département.
        level = "-ARR-" if "-DEP-" in territory else "-DEP-"
        for code in communes:
            kind = level if code.startswith("FR-") else "-ARR-"
            rows += [(territory, area, True, code) for area in within.get(code, []) if kind in area]
            rows.append((territory, territory, False, code))
    database.execute("INSERT INTO given SELECT unnest($1), unnest($2), unnest($3), unnest($4)", list(map(list, zip(*rows))))
    database.execute("""
        CREATE TABLE place AS SELECT DISTINCT territory, area, part, commune FROM given JOIN commune USING (code) ORDER BY ALL;
        DROP TABLE given""")
    return database.execute("SELECT count(*) FROM fact").fetchall()[0][0]


def query(table):
    """$first, $last: years; $territories, $parts: those of `place` that are asked for."""
    members, families_only, act, has_parts, select = TABLES[table]
    families_only = families_only and table != "T22"
    if table in FAMILIES:
        member = "SELECT who, unnest(CASE WHEN who NOT IN ('private', 'public') THEN [who, 'ess'] ELSE [who] END) AS member FROM single"
    else:
        member = "SELECT who, CASE WHEN who IN ('private', 'public') THEN who ELSE 'ess' END AS member FROM single"
    if "total" in members:
        member += " UNION ALL SELECT who, 'total' FROM single"
    both = "(year, area, who, unit, act), (year, area, who, unit)" if act else "(year, area, who, unit)"
    return f"""
        WITH single AS (SELECT unnest(enum_range(NULL::who)) AS who),
        member AS (SELECT who::who AS who, member::who AS member FROM ({member}) WHERE who NOT IN ('ess', 'total')),
        here AS (
          SELECT f.year, p.area, f.who, {f'f.{act}' if act else "'total'"} AS act, f.unit, f.exact, f.sized, f.jobs, f.fte, f.gross_pay
          FROM fact f JOIN place p ON p.commune = f.commune
          WHERE p.territory IN (SELECT unnest($territories)) AND {'true' if has_parts else 'NOT p.part'}
            AND f.year BETWEEN $first AND $last {'AND f.ess' if families_only else ''}),
        by_unit AS (
          SELECT year, area, who, unit, {'act' if act else "'total' AS act"}, count(*) AS establishments, count(*) FILTER (sized) AS sized,
            sum(jobs) AS jobs, sum(jobs) FILTER (exact) AS told, sum(fte) AS fte, sum(gross_pay) AS gross_pay
          FROM here GROUP BY GROUPING SETS ({both})),
        total AS (
          SELECT year, area, m.member AS who, coalesce(act, 'total') AS act, count(*) AS units, sum(establishments)::BIGINT AS establishments,
            CASE WHEN sum(sized) > 0 THEN sum(jobs) / 2.0 END AS jobs, sum(fte) / 10.0 AS fte, sum(gross_pay)::BIGINT AS gross_pay,
            count(*) FILTER (told > 0) AS givers_jobs, max(told) / 2.0 AS largest_jobs, count(*) FILTER (fte > 0) AS givers_fte,
            max(fte) / 10.0 AS largest_fte, count(*) FILTER (gross_pay > 0) AS givers_pay, max(gross_pay)::BIGINT AS largest_pay
          FROM by_unit JOIN member m USING (who) GROUP BY year, area, m.member, act)
        {select}"""


def main():
    with open(plan, encoding="utf-8") as file:
        asked = json.load(file)
    started = time.perf_counter()
    database = duckdb.connect()
    facts = load(database, asked["communes"], asked["within"])
    loading = time.perf_counter() - started
    queries = {table: query(table) for table in TABLES}
    questions = asked["questions"]
    for question in questions:
        question["milliseconds"] = []
    for turn in range(asked["turns"] + 1):  # the first brings everything into memory, and gives the rows
        for question in questions:
            values = {"territories": [question["territory"]], "first": question["first"], "last": question["last"]}
            started = time.perf_counter()
            cursor = database.execute(queries[question["table"]], values)
            rows = cursor.fetchall()
            taken = (time.perf_counter() - started) * 1e3
            if turn:
                question["milliseconds"].append(taken)
            else:
                names = [column[0] for column in cursor.description]
                question["rows"] = [dict(zip(names, row)) for row in rows]

    catalogue = asked["catalogue"]
    started, count, size = time.perf_counter(), 0, 0
    for table in TABLES:
        territories = [catalogue["own"]] if TABLES[table][3] else catalogue["territories"]
        values = {"territories": territories, "first": catalogue["first"], "last": catalogue["last"]}
        database.execute(f"CREATE OR REPLACE TEMP TABLE written AS {queries[table]}", values)
        for form, options in [("csv", "FORMAT csv, HEADER"), ("parquet", "FORMAT parquet, COMPRESSION zstd")]:
            path = os.path.join(catalogue["folder"], f"{table}.{form}")
            database.execute(f"COPY (FROM written ORDER BY area, year, who, act) TO '{path}' ({options})")
            count, size = count + 1, size + os.path.getsize(path)
    with open(output, "w", encoding="utf-8") as file:
        json.dump({
            "facts": facts, "load_seconds": loading, "questions": questions, "catalogue": {
                "seconds": time.perf_counter() - started, "files": count, "bytes": size, "tables": len(TABLES)},
        }, file, default=float)


if __name__ == "__main__":
    main()
