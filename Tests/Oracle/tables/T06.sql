-- T06. Each family of the ESS by size of establishment: establishments, jobs, and their parts in the family.
-- measures: jobs
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT *, who AS a, unnest([size, 'total']) AS b FROM here
  WHERE level = 'whole' AND (who = 'ess' OR who IN (FROM family));
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, f.code AS a, s.b FROM area_year, (FROM family UNION ALL SELECT 'ess') f,
    (SELECT code AS b FROM size WHERE scheme = 'common' UNION ALL SELECT 'total') s
  WHERE level = 'whole';
SELECT c.area, c.year, c.a AS family, c.b AS size, c.establishments, c.jobs,
  share(c.establishments, t.establishments) AS share_establishments, share(c.jobs, t.jobs) AS share_jobs
FROM cell c JOIN cell t USING (area, year, a) WHERE t.b = 'total';
