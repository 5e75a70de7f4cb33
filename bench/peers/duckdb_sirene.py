"""Two CSV files of SIRENE to one result table, with DuckDB: one SQL query."""

import csv
import sys

import duckdb

units, establishments, rules, output, threads = sys.argv[1:]


def source(path):
    """The rows of a CSV file as text, with nothing left to guess."""
    with open(path, encoding="utf-8", newline="") as file:
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in next(csv.reader(file)))
    return (f"read_csv('{path}', columns = {{{columns}}}, header = true, auto_detect = false, "
            "delim = ',', quote = '\"', escape = '\"', new_line = '\\n')")


QUERY = f"""
COPY (
  WITH unit AS (
    -- Units of any other form are of the private sector: what a LEFT JOIN leaves.
    SELECT
      siren,
      CASE WHEN NOT (nomenclatureActivitePrincipaleUniteLegale IS NOT DISTINCT FROM 'NAFRev2'
          AND (forms.family, activitePrincipaleUniteLegale) IN (SELECT (family, activity) FROM excluded))
      THEN forms.family ELSE forms.rest END AS family
    FROM {source(units)}
    JOIN forms ON form = categorieJuridiqueUniteLegale
  ), establishment AS (
    SELECT
      siren,
      codeCommuneEtablissement AS code,
      CASE WHEN nomenclatureActivitePrincipaleEtablissement = 'NAFRev2'
        THEN activitePrincipaleEtablissement[:2] END AS division,
      trancheEffectifsEtablissement AS band
    FROM {source(establishments)}
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
    coalesce(commune, 'FR-COM-ZZZZZ') AS commune, coalesce(a88, 'ZZ') AS a88, family,
    coalesce(size, 'SX') AS size, sum(establishments)::BIGINT AS establishments,
    coalesce(sum(establishments * low::BIGINT), 0)::BIGINT AS low,
    coalesce(sum(establishments * high::BIGINT), 0)::BIGINT AS high,
    sum(establishments * coalesce(open, '1')::BIGINT)::BIGINT AS open
  FROM counted
  LEFT JOIN communes USING (code)
  LEFT JOIN divisions ON a88 = division
  LEFT JOIN bands ON bands.code = band
  GROUP BY ALL
) TO '{output}' (HEADER, DELIMITER ',')
"""

if __name__ == "__main__":
    connection = duckdb.connect(config={"threads": int(threads), "preserve_insertion_order": False})
    # In tables their sizes are known, and the joins are ordered by them.
    for name in ["communes", "divisions", "bands", "forms", "excluded"]:
        connection.execute(f"CREATE TEMP TABLE {name} AS FROM read_csv('{rules}/{name}.csv', all_varchar = true)")
    connection.execute(QUERY)
