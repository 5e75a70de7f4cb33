-- T03. Each family of the ESS, each of its sub-families, and the ESS: units, establishments, jobs, full-time equivalents, pay.
-- measures: jobs fte gross_pay
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT *, who AS a, '' AS b FROM here WHERE level = 'whole' AND who NOT IN ('total', 'private', 'public');
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, f.code AS a, '' AS b FROM area_year,
    (SELECT code FROM rules('nomenclatures/ess-families.csv') UNION ALL SELECT 'ess') f
  WHERE level = 'whole';
SELECT area, year, a AS subfamily, units, establishments, jobs, fte, gross_pay FROM cell;
