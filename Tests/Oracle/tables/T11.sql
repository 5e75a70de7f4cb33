-- T11. Jobs of the ESS in each département or Belgian arrondissement and each sector of activity (A17), and their part in
-- the jobs of all employers there.
-- measures: jobs
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT h.*, who AS a, unnest([coalesce(s.a17, 'ZZ'), 'total']) AS b
  FROM here h LEFT JOIN sector s ON s.a88 = h.a88
  WHERE (level IN ('whole', 'departement') OR (country = 'BE' AND level = 'arrondissement')) AND who IN ('ess', 'total');
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, a, d.b FROM area_year, (SELECT unnest(['ess', 'total']) AS a),
    (SELECT DISTINCT a17 AS b FROM sector UNION ALL SELECT unnest(['ZZ', 'total'])) d
  WHERE level IN ('whole', 'departement') OR (country = 'BE' AND level = 'arrondissement');
SELECT c.area, c.year, c.b AS a17, c.jobs, share(c.jobs, t.jobs) AS weight
FROM cell c JOIN cell t USING (area, year, b) WHERE c.a = 'ess' AND t.a = 'total';
