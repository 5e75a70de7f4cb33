-- T17. Jobs by kind of contract in the ESS, the other private sector, the public sector and the whole.
-- measures: jobs jobs_of_contracts permanent fixed_term other_contracts assisted apprentices agency without_permanent
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT *, who AS a, '' AS b FROM here WHERE level = 'whole' AND who IN ('ess', 'private', 'public', 'total');
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, unnest(['ess', 'private', 'public', 'total']) AS a, '' AS b FROM area_year WHERE level = 'whole';
WITH part AS (
  SELECT area, year, a AS field, jobs_of_contracts AS whole, unnest([
    {'contract': 'permanent', 'jobs': permanent}, {'contract': 'fixed_term', 'jobs': fixed_term},
    {'contract': 'assisted', 'jobs': assisted}, {'contract': 'apprentices', 'jobs': apprentices},
    {'contract': 'agency', 'jobs': agency},
    {'contract': 'other', 'jobs': less(less(less(other_contracts, assisted), apprentices), agency)},
    {'contract': 'total', 'jobs': jobs_of_contracts}], recursive := true)
  FROM cell)
SELECT area, year, field, contract, jobs, share(jobs, whole) AS share FROM part;
