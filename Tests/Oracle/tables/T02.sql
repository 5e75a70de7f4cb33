-- T02. Each family of the ESS and the ESS: units, establishments, jobs, full-time equivalents, pay, and the part of each in
-- the ESS.
-- measures: jobs fte gross_pay
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT *, who AS a, '' AS b FROM here WHERE level = 'whole' AND (who = 'ess' OR who IN (FROM family));
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, f.code AS a, '' AS b FROM area_year, (FROM family UNION ALL SELECT 'ess') f WHERE level = 'whole';
SELECT c.area, c.year, c.a AS family, c.units, c.establishments, c.jobs, c.fte, c.gross_pay,
  share(c.establishments, t.establishments) AS share_establishments, share(c.jobs, t.jobs) AS share_jobs,
  share(c.fte, t.fte) AS share_fte, share(c.gross_pay, t.gross_pay) AS share_pay
FROM cell c JOIN cell t USING (area, year, b) WHERE t.a = 'ess';
