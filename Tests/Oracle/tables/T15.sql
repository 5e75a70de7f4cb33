-- T15. Jobs by age in the ESS, the other private sector, the public sector and the whole.
-- measures: jobs jobs_of_ages age_15_29 age_30_49 age_55_59 age_60_plus fifties_of_late_fifties without_age_15_29 fifties_without_age_55_59
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT *, who AS a, '' AS b FROM here WHERE level = 'whole' AND who IN ('ess', 'private', 'public', 'total');
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, unnest(['ess', 'private', 'public', 'total']) AS a, '' AS b FROM area_year WHERE level = 'whole';
WITH part AS (
  SELECT area, year, a AS field, jobs_of_ages AS whole, unnest([
    {'age': '15-29', 'jobs': age_15_29}, {'age': '30-49', 'jobs': age_30_49},
    {'age': '50-54', 'jobs': less(fifties_of_late_fifties, age_55_59)}, {'age': '55-59', 'jobs': age_55_59},
    {'age': '60+', 'jobs': age_60_plus}, {'age': 'total', 'jobs': jobs_of_ages}], recursive := true)
  FROM cell)
SELECT area, year, field, age, jobs, share(jobs, whole) AS share FROM part;
