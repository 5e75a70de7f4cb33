-- From the sums and `frame` (the cells there are: area, year, a, b) to `cell`, a row each.
--
-- With secrecy (variable `protect`), what its rules hide is NaN: of the quantities that a row shows, what one of jobs,
-- full-time equivalents and pay fails hides them all and their parts, zeros too; a part that fails is hidden alone.

CREATE OR REPLACE TEMP TABLE shown AS
  SELECT m.area, m.year, m.a, m.b, m.measure,
    CASE WHEN getvariable('protect') AND m.told > 0 AND ((m.area, m.year, m.a, m.b, m.measure) IN (FROM failing)
        OR (m.area, m.year, m.a, m.b) IN (SELECT (area, year, a, b) FROM failing WHERE measure IN ('jobs', 'fte', 'gross_pay')))
      THEN 'NaN'::DOUBLE
      -- Of nobody is the size known.
      WHEN m.measure = 'jobs' AND m.sized = 0 THEN NULL
      ELSE m.value END AS value
  FROM amount m;

-- Over the border, amounts and families that are not the same thing on both sides (grades C and X) are not added up: minus
-- infinity.
CREATE OR REPLACE TEMP TABLE apart AS
  SELECT 'amount' AS kind, measure AS code FROM rules('indicators/measures.csv') WHERE grade IN ('C', 'X')
  UNION ALL
  SELECT 'family', unnest([f.code, g.code]) FROM (
    SELECT trim(string_split(substr(line, 10), '|')[1]) AS code FROM header
    WHERE starts_with(line, '# grade: ') AND trim(string_split(line, '|')[2]) IN ('C', 'X')) g
  LEFT JOIN rules('nomenclatures/ess-families.csv') f ON f.parent = g.code;
CREATE OR REPLACE TEMP TABLE shared AS
  SELECT area FROM inside GROUP BY area HAVING count(DISTINCT country) > 1;
CREATE OR REPLACE MACRO over_border(area, a, measure, value) AS
  CASE WHEN area IN (FROM shared) AND (a IN (SELECT code FROM apart WHERE kind = 'family')
    OR measure IN (SELECT code FROM apart WHERE kind = 'amount')) THEN '-infinity'::DOUBLE ELSE value END;

-- A cell without any employer is 0; what nobody in it gives, and where no source speaks of the area, is null.
CREATE OR REPLACE TEMP TABLE cell AS
  WITH place AS (SELECT DISTINCT f.*, c.area IS NOT NULL AS known FROM frame f LEFT JOIN covered c USING (area, year)),
  long AS (
    SELECT f.area, f.year, f.a, f.b, m.measure,
      over_border(f.area, f.a, m.measure, CASE WHEN NOT known THEN NULL WHEN n.units IS NULL THEN 0 ELSE s.value END) AS value
    FROM place f CROSS JOIN (SELECT unnest(getvariable('measures')) AS measure) m
      LEFT JOIN number n USING (area, year, a, b) LEFT JOIN shown s USING (area, year, a, b, measure)),
  wide AS (PIVOT long ON measure IN ('jobs', 'fte', 'gross_pay', 'women', 'women_managers', 'managers', 'age_15_29',
    'age_30_49', 'age_50_59', 'age_55_59', 'age_60_plus', 'permanent', 'fixed_term', 'other_contracts', 'assisted',
    'apprentices', 'agency', 'full_time', 'part_time', 'intermediate', 'clerks', 'workers', 'jobs_of_women', 'jobs_of_ages', 'jobs_of_fifties',
    'jobs_of_late_fifties', 'fifties_of_late_fifties', 'sixties_of_late_fifties', 'jobs_of_contracts', 'jobs_of_full_time', 'jobs_of_part_time', 'jobs_of_fte', 'jobs_of_occupations') USING first(value)
    GROUP BY area, year, a, b)
  SELECT f.area, f.year, f.a, f.b,
    over_border(f.area, f.a, 'units', CASE WHEN known THEN coalesce(n.units, 0) END) AS units,
    over_border(f.area, f.a, 'establishments', CASE WHEN known THEN coalesce(n.establishments, 0) END) AS establishments,
    w.* EXCLUDE (area, year, a, b)
  FROM place f LEFT JOIN number n USING (area, year, a, b) LEFT JOIN wide w USING (area, year, a, b);
