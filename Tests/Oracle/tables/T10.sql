-- T10. The ESS, the other private sector, the public sector and the whole in each employment zone, or each commune of
-- Belgium: establishments, jobs, and their part in the jobs of the place.
-- measures: jobs
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT *, who AS a, '' AS b FROM here
  WHERE (level IN ('whole', 'employment_zone') OR (country = 'BE' AND level = 'commune'))
    AND who IN ('ess', 'private', 'public', 'total');
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, unnest(['ess', 'private', 'public', 'total']) AS a, '' AS b FROM area_year
  WHERE level IN ('whole', 'employment_zone') OR (country = 'BE' AND level = 'commune');
SELECT c.area, c.year, c.a AS field, c.establishments, c.jobs, share(c.jobs, t.jobs) AS weight
FROM cell c JOIN cell t USING (area, year, b) WHERE t.a = 'total';
