-- T14. Women and men in each family, the ESS, the other private sector, the public sector and the whole, and among managers.
-- measures: jobs jobs_of_women women women_managers managers without_women managers_without_women_managers women_without_women_managers
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT *, who AS a, '' AS b FROM here
  WHERE level = 'whole' AND (who IN ('ess', 'private', 'public', 'total') OR who IN (FROM family));
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, f.code AS a, '' AS b FROM area_year,
    (FROM family UNION ALL SELECT unnest(['ess', 'private', 'public', 'total'])) f
  WHERE level = 'whole';
SELECT area, year, a AS everyone, jobs, women, less(jobs_of_women, women) AS men, share(women, jobs_of_women) AS share_women,
  share(women_managers, managers) AS share_women_managers, share(women_managers, women) AS women_who_manage
FROM cell;
