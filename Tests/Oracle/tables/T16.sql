-- T16. Jobs of the ESS whose holders are near retirement, by domain of activity, and a scenario of departures: 35 in a
-- hundred of those of 55 to 59 and 95 of those of 60 and over within five years; 35 of those of 50 to 54 and 95 of those of
-- 55 to 59 with all of 60 and over within ten.
-- measures: jobs jobs_of_fifties jobs_of_late_fifties age_50_59 age_55_59 age_60_plus fifties_of_late_fifties sixties_of_late_fifties without_age_50_59 without_age_55_59 fifties_without_age_55_59
CREATE OR REPLACE TEMP VIEW counted AS
  SELECT h.*, who AS a, unnest([coalesce(s.ess_domain, 'ZZ'), 'total']) AS b
  FROM here h LEFT JOIN sector s ON s.a88 = h.a88 WHERE level = 'whole' AND who = 'ess';
CREATE OR REPLACE TEMP VIEW frame AS
  SELECT area, year, 'ess' AS a, d.b FROM area_year,
    (SELECT DISTINCT ess_domain AS b FROM sector UNION ALL SELECT unnest(['ZZ', 'total'])) d
  WHERE level = 'whole';
SELECT area, year, b AS "ess-domain", jobs, age_50_59 + age_60_plus AS over_50, age_55_59 + age_60_plus AS over_55,
  share(age_50_59 + age_60_plus, jobs_of_fifties) AS share_50, share(age_55_59 + sixties_of_late_fifties, jobs_of_late_fifties) AS share_55,
  0.95 * age_60_plus + 0.35 * age_55_59 AS leaving_5,
  age_60_plus + 0.95 * age_55_59 + 0.35 * less(fifties_of_late_fifties, age_55_59) AS leaving_10
FROM cell;
