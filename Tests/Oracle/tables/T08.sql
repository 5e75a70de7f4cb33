-- T08. The part of the ESS in the jobs, the private jobs, the establishments and the pay of each département or province,
-- and of the territory.
-- measures: jobs gross_pay
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT *, who AS a, '' AS b FROM here
  WHERE level IN ('whole', 'departement', 'province') AND who IN ('ess', 'public', 'total');
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, unnest(['ess', 'public', 'total']) AS a, '' AS b FROM area_year
  WHERE level IN ('whole', 'departement', 'province');
SELECT e.area, e.year, e.jobs, share(e.jobs, t.jobs) AS weight, share(e.jobs, less(t.jobs, p.jobs)) AS private_weight,
  share(e.establishments, t.establishments) AS establishment_weight, share(e.gross_pay, t.gross_pay) AS pay_weight
FROM cell e JOIN cell t USING (area, year, b) JOIN cell p USING (area, year, b)
WHERE e.a = 'ess' AND t.a = 'total' AND p.a = 'public';
