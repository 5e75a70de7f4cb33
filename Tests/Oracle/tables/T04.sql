-- T04. The ESS in each domain of activity, and the part of it in the jobs of all employers of that domain.
-- measures: jobs fte gross_pay
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT h.*, who AS a, unnest([coalesce(s.ess_domain, 'ZZ'), 'total']) AS b
  FROM here h LEFT JOIN sector s ON s.a88 = h.a88 WHERE level = 'whole' AND who IN ('ess', 'total');
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, a, d.b FROM area_year, (SELECT unnest(['ess', 'total']) AS a),
    (SELECT DISTINCT ess_domain AS b FROM sector UNION ALL SELECT unnest(['ZZ', 'total'])) d
  WHERE level = 'whole';
SELECT c.area, c.year, c.b AS "ess-domain", c.units, c.establishments, c.jobs, c.fte, c.gross_pay,
  share(c.jobs, t.jobs) AS weight
FROM cell c JOIN cell t USING (area, year, b) WHERE c.a = 'ess' AND t.a = 'total';
