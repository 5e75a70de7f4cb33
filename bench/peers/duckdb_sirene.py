"""Two CSV files of SIRENE to one result table, with DuckDB: one SQL query."""

import csv
import sys

import duckdb

units, establishments, rules, output, header_of_units, header_of_establishments = sys.argv[1:7]


def source(path, header):
    """The rows of a CSV file as text, with nothing left to guess."""
    with open(header, encoding="utf-8", newline="") as file:
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in next(csv.reader(file)))
    return (f"read_csv('{path}', columns = {{{columns}}}, header = true, auto_detect = false, "
            "delim = ',', quote = '\"', escape = '\"', new_line = '\\n')")


def lookup(name):
    return f"read_csv('{rules}/{name}.csv', header = true, all_varchar = true)"


query = f"""
COPY (
  WITH unit AS (
    SELECT
      siren,
      CASE WHEN etatAdministratifUniteLegale = 'A'
        AND NOT (nomenclatureActivitePrincipaleUniteLegale IS NOT DISTINCT FROM 'NAFRev2'
          AND (form.family, activitePrincipaleUniteLegale) IN (SELECT (family, activity) FROM {lookup("excluded")}))
      THEN form.family ELSE form.rest END AS family
    FROM {source(units, header_of_units)}
    JOIN {lookup("forms")} form ON form = categorieJuridiqueUniteLegale
  ), establishment AS (
    SELECT
      siren,
      codeCommuneEtablissement AS code,
      CASE WHEN nomenclatureActivitePrincipaleEtablissement = 'NAFRev2'
      THEN activitePrincipaleEtablissement[:2] END AS division,
      trancheEffectifsEtablissement AS band
    FROM {source(establishments, header_of_establishments)}
    WHERE etatAdministratifEtablissement = 'A'
      AND (caractereEmployeurEtablissement = 'O'
        OR (length(trancheEffectifsEtablissement) = 2 AND trancheEffectifsEtablissement[1] <> 'N'))
      AND NOT coalesce(codeCommuneEtablissement[:2] = '98'
        OR codeCommuneEtablissement[:3] IN ('975', '977', '978'), false)
      AND (codeCommuneEtablissement IS NOT NULL OR codePaysEtrangerEtablissement IS NULL)
  ), counted AS (
    SELECT code, division, coalesce(unit.family, 'F0') AS family, band, count(*) AS establishments
    FROM establishment LEFT JOIN unit USING (siren)
    GROUP BY ALL
  )
  SELECT
    coalesce(place.commune, 'FR-COM-ZZZZZ') AS commune, coalesce(a88, 'ZZ') AS a88, family,
    coalesce(size, 'SX') AS size, sum(establishments)::BIGINT AS establishments,
    coalesce(sum(establishments * low::BIGINT), 0)::BIGINT AS low,
    coalesce(sum(establishments * high::BIGINT), 0)::BIGINT AS high,
    sum(establishments * coalesce(open, '1')::BIGINT)::BIGINT AS open
  FROM counted
  LEFT JOIN {lookup("communes")} place USING (code)
  LEFT JOIN {lookup("divisions")} ON a88 = division
  LEFT JOIN {lookup("bands")} bands ON bands.code = band
  GROUP BY ALL
) TO '{output}' (HEADER, DELIMITER ',')
"""

if __name__ == "__main__":
    connection = duckdb.connect(config={"threads": 2, "preserve_insertion_order": False})
    if len(sys.argv) > 7:
        print(connection.execute("EXPLAIN ANALYZE " + query).fetchall()[0][1])
    else:
        connection.execute(query)
