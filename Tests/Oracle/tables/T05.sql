-- T05. Each family of the ESS in each sector of activity (A17): establishments, jobs, full-time equivalents.
-- measures: jobs fte
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT h.*, who AS a, unnest([coalesce(s.a17, 'ZZ'), 'total']) AS b
  FROM here h LEFT JOIN sector s ON s.a88 = h.a88 WHERE level = 'whole' AND (who = 'ess' OR who IN (FROM family));
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, f.code AS a, d.b FROM area_year, (FROM family UNION ALL SELECT 'ess') f,
    (SELECT DISTINCT a17 AS b FROM sector UNION ALL SELECT unnest(['ZZ', 'total'])) d
  WHERE level = 'whole';
SELECT area, year, a AS family, b AS a17, establishments, jobs, fte FROM cell;
