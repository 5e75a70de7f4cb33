-- From `counted` (one row an employer and cell that it counts in: area, year, a, b): `number` and `amount`, what each cell adds
-- up to, and `failing`, the amounts that the primary rules of secrecy do not let out. `measures` names the amounts that the
-- table uses.

-- Units are counted once, wherever their establishments are.
CREATE OR REPLACE TEMP TABLE number AS
  SELECT area, year, a, b, count(DISTINCT (country, unit)) AS units, count(*) AS establishments FROM counted GROUP BY ALL;

-- Only what headcount files give is secret. Units, and the largest of them, are those that give something.
CREATE OR REPLACE TEMP TABLE amount AS
  WITH long AS (
    UNPIVOT (SELECT area, year, a, b, country, unit, exact, size, COLUMNS(lambda c: list_contains(getvariable('measures'), c))::DOUBLE
      FROM counted) ON COLUMNS(lambda c: list_contains(getvariable('measures'), c)) INTO NAME measure VALUE value),
  by_unit AS (
    SELECT area, year, a, b, measure, country, unit, sum(value) AS value, count(*) FILTER (size <> 'SX' OR exact) AS sized,
      sum(value) FILTER (exact) AS secret
    FROM long GROUP BY ALL)
  SELECT area, year, a, b, measure, sum(value) AS value, sum(sized) AS sized, coalesce(sum(secret), 0) AS secret,
    count(*) FILTER (secret > 0) AS givers, coalesce(max(secret), 0) AS largest, count(secret) AS told
  FROM by_unit GROUP BY ALL;

-- At least so many units, none above so much, and about so many people: of each quantity that the row shows, without what is
-- public of it. Full-time equivalents and pay are not people.
CREATE OR REPLACE TEMP TABLE failing AS
  WITH strictest AS (
    SELECT kind, max(value::DOUBLE) FILTER (rule = 'min_units') AS min_units,
      min(value::DOUBLE) FILTER (rule = 'max_share') AS max_share,
      max(value::DOUBLE) FILTER (rule = 'min_employees') AS min_employees
    FROM secrecy WHERE country IN (SELECT country FROM held) GROUP BY ALL),
  judged AS (
    SELECT m.*, m.measure <> 'fte' AND p.kind <> 'pay' AS is_people, p.min_units, p.max_share, p.min_employees
    FROM amount m JOIN strictest p ON p.kind = CASE WHEN m.measure IN ('gross_pay', 'women_pay') OR starts_with(m.measure, 'pay_') THEN 'pay' ELSE 'headcount' END),
  alone AS (
    SELECT area, year, a, b, measure FROM judged
    WHERE secret > 0 AND (givers < min_units OR largest * 100 > max_share * secret OR (is_people AND secret < min_employees)))
  FROM alone UNION
  -- A part, where what it leaves of its whole fails.
  SELECT area, year, a, b, split_part(measure, 'without_', 2) FROM alone WHERE contains(measure, 'without_');
