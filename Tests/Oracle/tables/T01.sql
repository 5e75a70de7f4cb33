-- T01. The ESS, the other private sector, the public sector and the whole: units, establishments, jobs, full-time
-- equivalents, pay, and the part of each in the whole.
-- measures: jobs fte gross_pay
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT *, who AS a, '' AS b FROM here WHERE level = 'whole' AND who IN ('ess', 'private', 'public', 'total');
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, unnest(['ess', 'private', 'public', 'total']) AS a, '' AS b FROM area_year WHERE level = 'whole';
SELECT c.area, c.year, c.a AS field, c.units, c.establishments, c.jobs, c.fte, c.gross_pay,
  share(c.establishments, t.establishments) AS share_establishments, share(c.jobs, t.jobs) AS share_jobs,
  share(c.fte, t.fte) AS share_fte, share(c.gross_pay, t.gross_pay) AS share_pay
FROM cell c JOIN cell t USING (area, year, b) WHERE t.a = 'total';
