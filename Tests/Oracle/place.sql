-- The territory that is asked for (variable `territory`): itself (level `whole`), and each area of each level as far as it
-- lies in it. A made-to-measure territory is what its file under share/ names.

CREATE OR REPLACE TEMP TABLE held AS
  WITH asked AS (
    SELECT code FROM made WHERE name = getvariable('territory') UNION ALL SELECT getvariable('territory'))
  FROM commune WHERE code IN (SELECT commune FROM holder WHERE area IN (FROM asked));

CREATE OR REPLACE TEMP TABLE inside AS
  SELECT 'whole' AS level, country, getvariable('territory') AS area, code AS commune FROM held
  UNION ALL SELECT 'commune', country, code, code FROM held
  UNION ALL SELECT 'departement', country, departement, code FROM held WHERE departement IS NOT NULL
  UNION ALL SELECT 'province', country, province, code FROM held WHERE province IS NOT NULL
  UNION ALL SELECT 'arrondissement', country, arrondissement, code FROM held WHERE arrondissement IS NOT NULL
  UNION ALL SELECT 'employment_zone', country, employment_zone, code FROM held WHERE employment_zone IS NOT NULL;

-- Employers there, once for each area that they are in and each way in which they count (`who`).
CREATE OR REPLACE TEMP TABLE present AS
  FROM employer WHERE year BETWEEN getvariable('first') AND getvariable('last') AND commune IN (SELECT code FROM held);
CREATE OR REPLACE TEMP VIEW here AS
  SELECT i.level, i.area, w.who, e.* FROM inside i JOIN present e ON e.commune = i.commune
    JOIN who w ON w.country = e.country AND w.unit = e.unit;

CREATE OR REPLACE TEMP TABLE family AS
  SELECT code FROM rules('nomenclatures/ess-families.csv') WHERE level = '1';

CREATE OR REPLACE TEMP TABLE area_year AS
  SELECT DISTINCT level, country, area, year FROM inside, (SELECT unnest(range(getvariable('first'), getvariable('last') + 1)) AS year);

-- An area is covered in a year where its regions have any employer then; nothing is known of the others.
CREATE OR REPLACE TEMP TABLE covered AS
  SELECT DISTINCT i.area, r.year FROM inside i JOIN commune c ON c.code = i.commune
    JOIN (SELECT DISTINCT m.region, e.year FROM employer e JOIN commune m ON m.code = e.commune) r ON r.region = c.region;
