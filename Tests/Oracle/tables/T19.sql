-- T19. Jobs by group of occupations in the ESS, the other private sector, the public sector and the whole.
-- measures: jobs jobs_of_occupations managers intermediate clerks workers without_managers
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT *, who AS a, '' AS b FROM here WHERE level = 'whole' AND who IN ('ess', 'private', 'public', 'total');
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, unnest(['ess', 'private', 'public', 'total']) AS a, '' AS b FROM area_year WHERE level = 'whole';
WITH part AS (
  SELECT area, year, a AS field, jobs_of_occupations AS whole, unnest([
    {'occupation': 'managers', 'jobs': managers}, {'occupation': 'intermediate', 'jobs': intermediate},
    {'occupation': 'clerks', 'jobs': clerks}, {'occupation': 'workers', 'jobs': workers},
    {'occupation': 'total', 'jobs': jobs_of_occupations}], recursive := true)
  FROM cell)
SELECT area, year, field, occupation, jobs, share(jobs, whole) AS share FROM part;
