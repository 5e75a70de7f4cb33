-- T09. Each family of the ESS in each département or Belgian arrondissement: establishments, jobs, full-time equivalents, pay.
-- measures: jobs fte gross_pay
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT *, who AS a, '' AS b FROM here
  WHERE (level IN ('whole', 'departement') OR (country = 'BE' AND level = 'arrondissement'))
    AND (who = 'ess' OR who IN (FROM family));
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, f.code AS a, '' AS b FROM area_year, (FROM family UNION ALL SELECT 'ess') f
  WHERE level IN ('whole', 'departement') OR (country = 'BE' AND level = 'arrondissement');
SELECT area, year, a AS family, establishments, jobs, fte, gross_pay FROM cell;
