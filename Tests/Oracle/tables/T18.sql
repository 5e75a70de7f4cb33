-- T18. Full and part time in the ESS, the other private sector, the public sector and the whole, and full-time equivalents
-- a job.
-- measures: jobs jobs_of_full_time jobs_of_part_time jobs_of_fte fte full_time part_time without_full_time without_part_time
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT *, who AS a, '' AS b FROM here WHERE level = 'whole' AND who IN ('ess', 'private', 'public', 'total');
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, unnest(['ess', 'private', 'public', 'total']) AS a, '' AS b FROM area_year WHERE level = 'whole';
SELECT area, year, a AS field, jobs, full_time, part_time, share(full_time, jobs_of_full_time) AS share_full,
  share(part_time, jobs_of_part_time) AS share_part, ratio(fte, jobs_of_fte) AS fte_per_job
FROM cell;
