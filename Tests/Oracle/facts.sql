-- Who employs, in each year: one row an establishment and year.
--
-- Where a headcount file has a row with jobs, full-time equivalents or pay (or the register of that year says that it
-- employs), the headcount is exact. Otherwise, in the year of the register, the jobs of an establishment that employs are
-- the middle of its size band; without a band nothing is known of them.

-- The year of the last treatment, of the day before the extract.
CREATE TABLE register_year AS
  SELECT 'FR' AS country, max(left(treated, 4))::INTEGER AS year FROM sirene_establishment
  UNION ALL
  SELECT 'BE', year(strptime(Value, '%d-%m-%Y') - INTERVAL 1 DAY)::INTEGER FROM kbo_meta WHERE Variable = 'SnapshotDate';

CREATE TABLE employer AS
  WITH known AS (
    SELECT e.*, h.year, true AS exact, h.jobs AS jobs_exact, h.* EXCLUDE (country, id, year, jobs)
    FROM establishment e JOIN headcount h ON h.country = e.country AND h.id = e.id
      JOIN register_year r ON r.country = e.country
    WHERE h.jobs > 0 OR h.fte > 0 OR h.gross_pay > 0 OR (e.employer AND h.year = r.year)),
  other AS (
    SELECT e.*, r.year, false AS exact FROM establishment e JOIN register_year r ON r.country = e.country
    WHERE e.employer AND NOT EXISTS (
      FROM headcount h WHERE h.country = e.country AND h.id = e.id AND h.year = r.year)),
  every AS (FROM known UNION ALL BY NAME FROM other)
  SELECT b.country, b.id, b.unit, CASE b.country WHEN 'FR' THEN p.commune ELSE nullif(b.place, '') END AS commune,
    b.year, b.exact, coalesce(u.form, '') AS form,
    coalesce(d.a88, c.a88, 'ZZ') AS a88,
    CASE WHEN b.exact THEN size_of(b.jobs_exact) ELSE coalesce(s.common, 'SX') END AS size,
    coalesce(b.jobs_exact, (coalesce(s.low, 0) + coalesce(s.high, s.low, 0)) / 2) AS jobs,
    -- The jobs of those whom a headcount file tells a part of: what that part is a part of.
    CASE WHEN b.women IS NOT NULL THEN b.jobs_exact END AS jobs_of_women,
    CASE WHEN b.age_15_29 IS NOT NULL THEN b.jobs_exact END AS jobs_of_ages,
    CASE WHEN b.age_50_59 IS NOT NULL THEN b.jobs_exact END AS jobs_of_fifties,
    CASE WHEN b.age_55_59 IS NOT NULL THEN b.jobs_exact END AS jobs_of_late_fifties,
    CASE WHEN b.age_55_59 IS NOT NULL AND b.exact THEN b.age_50_59 END AS fifties_of_late_fifties,
    CASE WHEN b.age_55_59 IS NOT NULL AND b.exact THEN b.age_60_plus END AS sixties_of_late_fifties,
    -- What is left of the whole without the part: nobody may find it by taking one off the other.
    b.jobs_exact::BIGINT - b.women::BIGINT AS without_women,
    b.jobs_exact::BIGINT - b.age_15_29::BIGINT AS without_age_15_29,
    b.jobs_exact::BIGINT - b.age_50_59::BIGINT AS without_age_50_59,
    b.jobs_exact::BIGINT - b.age_55_59::BIGINT AS without_age_55_59,
    b.age_50_59::BIGINT - b.age_55_59::BIGINT AS fifties_without_age_55_59,
    b.jobs_exact::BIGINT - b.permanent::BIGINT AS without_permanent,
    b.jobs_exact::BIGINT - b.full_time::BIGINT AS without_full_time,
    b.jobs_exact::BIGINT - b.part_time::BIGINT AS without_part_time,
    b.jobs_exact::BIGINT - b.managers::BIGINT AS without_managers,
    b.managers::BIGINT - b.women_managers::BIGINT AS managers_without_women_managers,
    b.women::BIGINT - b.women_managers::BIGINT AS women_without_women_managers,
    CASE WHEN b.permanent IS NOT NULL THEN b.jobs_exact END AS jobs_of_contracts,
    CASE WHEN b.full_time IS NOT NULL THEN b.jobs_exact END AS jobs_of_full_time,
    CASE WHEN b.part_time IS NOT NULL THEN b.jobs_exact END AS jobs_of_part_time,
    CASE WHEN b.fte IS NOT NULL THEN b.jobs_exact END AS jobs_of_fte,
    CASE WHEN b.managers IS NOT NULL THEN b.jobs_exact END AS jobs_of_occupations,
    b.* EXCLUDE (country, id, unit, place, band, scheme, activity, head, employer, year, exact, jobs_exact)
  FROM every b
    LEFT JOIN french_place p ON b.country = 'FR' AND p.place = b.place
    LEFT JOIN unit u ON u.country = b.country AND u.id = b.unit
    LEFT JOIN sector d ON activity_scheme(b.scheme) IN ('naf-rev2', 'nacebel-2008') AND d.a88 = left(b.activity, 2)
    LEFT JOIN recoded c ON c.scheme = activity_scheme(b.scheme) AND c.activity = b.activity
    LEFT JOIN size s ON s.scheme = 'fr-tranches' AND s.code = b.band;

-- The size of the unit in its whole country, establishments of unknown size left aside where others are known.
CREATE TABLE unit_size AS
  SELECT country, unit, year, CASE WHEN bool_and(size = 'SX') THEN 'SX' ELSE size_of(sum(jobs)) END AS size
  FROM employer GROUP BY ALL;
