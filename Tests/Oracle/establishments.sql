-- Establishments: whose, where, of what division, of what size band, whether the register says that they employ.

-- A band other than NN (00 included) or the letter O: the two columns disagree now and then, and either is evidence.
-- The closed ones are there for the years in which somebody paid wages in them.
CREATE TABLE establishment AS
  SELECT 'FR' AS country, siret AS id, left(siret, 9) AS unit, commune AS place, band,
    told(scheme) AS scheme, replace(told(activity), '.', '') AS activity, head = 'true' AS head,
    state = 'A' AND ((length(band) = 2 AND left(band, 1) <> 'N') OR coalesce(employer = 'O', false)) AS employer
  FROM sirene_establishment e
  WHERE is_siret(siret) AND NOT regexp_matches(commune, '^9(8|7[578])') AND NOT (commune = '' AND abroad <> '')
    AND ((state = 'A' AND length(commune) IN (0, 4, 5) AND (length(commune) <> 4 OR commune = '[ND]')
        AND (length(band) IN (0, 2) OR band = '[ND]'))
      OR (state = 'F' AND siret IN (FROM (SELECT id FROM headcount WHERE jobs > 0 OR fte > 0 OR gross_pay > 0))))
  QUALIFY row_number() OVER (PARTITION BY siret ORDER BY e.rowid) = 1;

-- The KBO has no sizes. Where an enterprise pays wages and none of its places says so, its first place does.
CREATE TABLE kbo_place AS
  WITH own AS (
    SELECT replace(EstablishmentNumber, '.', '') AS id, replace(EnterpriseNumber, '.', '') AS unit, rowid AS position
    FROM kbo_establishment),
  valid AS (
    FROM own WHERE is_belgian(id) AND is_belgian(unit) QUALIFY row_number() OVER (PARTITION BY id ORDER BY position) = 1)
  SELECT v.id, v.unit, coalesce(m.main, u.main) AS main,
    coalesce(m.employs, false) OR (coalesce(u.employs, false)
      AND NOT bool_or(coalesce(m.employs, false)) OVER whole AND v.id = min(v.id) OVER whole) AS employer,
    v.id = min(v.id) OVER whole AS first
  FROM valid v LEFT JOIN kbo_main m ON m.id = v.id LEFT JOIN kbo_main u ON u.id = v.unit
  WINDOW whole AS (PARTITION BY v.unit);
