-- T29. Jobs of the ESS by where the unit has its seat: in the territory, elsewhere, in no known place.
-- measures: jobs
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT h.*, unnest([CASE WHEN s.commune IS NULL OR s.commune = '' THEN 'unknown'
      WHEN s.commune IN (SELECT code FROM held) THEN 'inside' ELSE 'outside' END, 'total']) AS a, '' AS b
  FROM here h LEFT JOIN seat s ON s.country = h.country AND s.unit = h.unit WHERE level = 'whole' AND who = 'ess';
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, unnest(['inside', 'outside', 'unknown', 'total']) AS a, '' AS b FROM area_year WHERE level = 'whole';
SELECT c.area, c.year, c.a AS seat, c.jobs, share(c.jobs, t.jobs) AS share
FROM cell c JOIN cell t USING (area, year, b) WHERE t.a = 'total';
