-- T07. Units of the ESS by their size, all their establishments of the country together, and their jobs in the territory.
-- measures: jobs
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT h.* EXCLUDE (size), h.size, unnest([u.size, 'total']) AS a, '' AS b
  FROM here h JOIN unit_size u USING (country, unit, year) WHERE level = 'whole' AND who = 'ess';
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, s.a, '' AS b FROM area_year,
    (SELECT code AS a FROM size WHERE scheme = 'common' UNION ALL SELECT 'total') s
  WHERE level = 'whole';
SELECT c.area, c.year, c.a AS "employer-size", c.units, c.jobs, share(c.units, t.units) AS share_units,
  share(c.jobs, t.jobs) AS share_jobs
FROM cell c JOIN cell t USING (area, year, b) WHERE t.a = 'total';
