-- Where each establishment is: the commune of today, and the areas that hold it.

CREATE TABLE commune AS
  WITH rows AS (FROM read_csv(getvariable('data') || '/communes.csv', all_varchar = true, header = true, nullstr = '\N')),
  departement AS (FROM read_csv(getvariable('data') || '/departements.csv', all_varchar = true, header = true)),
  epci AS (FROM read_csv(getvariable('data') || '/epci.csv', all_varchar = true, header = true)),
  zoning AS (FROM rules('territories/fr-zonings.csv')),
  area AS (FROM rules('territories/fr-areas.csv'))
  SELECT 'FR' AS country, 'FR-COM-' || c.code AS code, c.code AS official, c.id AS row, 0 AS position,
    'FR-REG-' || a.parent AS region, 'FR-DEP-' || d.code AS departement, NULL AS province,
    'FR-ARR-' || z.arrondissement AS arrondissement, 'FR-ZE-' || z.employment_zone AS employment_zone,
    'FR-EPCI-' || e.code AS epci
  FROM rows c JOIN departement d ON d.id = c.departement_id LEFT JOIN epci e ON e.id = c.epci_id
    LEFT JOIN zoning z ON z.commune = c.code
    LEFT JOIN area a ON a.level = 'departement' AND a.code = d.code
  WHERE c.type = 'COM'
  UNION ALL
  SELECT 'BE', 'BE-COM-' || nis, nis, NULL, row_number() OVER (), 'BE-REG-' || region, NULL,
    nullif('BE-PRO-' || coalesce(province, ''), 'BE-PRO-'), 'BE-ARR-' || arrondissement, NULL, NULL
  FROM rules('territories/be-communes.csv');

-- Every area that holds a commune.
CREATE TABLE holder AS
  SELECT code AS commune, unnest([country, code, region, departement, province, arrondissement, employment_zone, epci]) AS area
  FROM commune;

-- Territories made to measure: a file each.
CREATE TABLE made AS
  SELECT 'ZONE-' || upper(regexp_extract(filename, '([^/]+)\.csv$', 1)) AS name, code
  FROM read_csv(getvariable('share') || '/territories/made/*.csv', all_varchar = true, header = true, comment = '#',
    filename = true);

-- A French code is that of a commune, or of a part of one (delegated, associated, municipal arrondissement).
CREATE TABLE french_place AS
  WITH rows AS (FROM read_csv(getvariable('data') || '/communes.csv', all_varchar = true, header = true, nullstr = '\N'))
  SELECT r.code AS place, c.code AS commune
  FROM rows r JOIN commune c ON c.row = CASE WHEN r.type = 'COM' THEN r.id ELSE r.commune_parent_id END
  QUALIFY row_number() OVER (PARTITION BY r.code ORDER BY r.type <> 'COM') = 1;

-- Belgian addresses give a name and a postal code, and no code of the commune.
CREATE MACRO plain(name) AS
  regexp_replace(strip_accents(lower(regexp_replace(name, '\([^)]*\)', '', 'g'))), '[^\p{L}]', '', 'g');

CREATE TABLE postcode AS
  SELECT postcode::INTEGER AS postcode, 'BE-COM-' || unnest(string_split(nis, ';')) AS commune,
    unnest(range(length(string_split(nis, ';')))) AS rank
  FROM rules('territories/be-postcodes.csv');

CREATE TABLE belgian_name AS
  SELECT DISTINCT plain(unnest([name_fr, name_nl, name_de])) AS name, 'BE-COM-' || nis AS commune
  FROM rules('territories/be-communes.csv');

-- Communes that are no more, where one commune of today has all of them.
CREATE TABLE belgian_former AS
  WITH RECURSIVE life AS (SELECT row_number() OVER () AS position, * FROM rules('territories/be-history.csv')),
  step AS (SELECT nis, unnest(string_split("into", ';')) AS next FROM life WHERE "until" IS NOT NULL),
  present AS (SELECT official AS nis FROM commune WHERE country = 'BE'),
  way AS (
    SELECT nis AS start, nis AS here FROM life WHERE "until" IS NOT NULL
    UNION
    SELECT w.start, s.next FROM way w JOIN step s ON s.nis = w.here WHERE w.here NOT IN (FROM present)),
  last AS (
    SELECT start, min(here) AS today FROM way WHERE here IN (FROM present) GROUP BY start HAVING count(DISTINCT here) = 1)
  SELECT name, commune, min(position) AS position
  FROM (
    SELECT plain(unnest([name_fr, name_nl, name_de])) AS name, 'BE-COM-' || today AS commune, position
    FROM life JOIN last ON last.start = life.nis WHERE "until" IS NOT NULL)
  WHERE name IS NOT NULL GROUP BY ALL;

CREATE TABLE belgian_address AS
  WITH address AS (
    SELECT replace(EntityNumber, '.', '') AS id, TypeOfAddress AS kind,
      CASE WHEN regexp_full_match(coalesce(Zipcode, ''), '[1-9][0-9]{3}') THEN Zipcode::INTEGER END AS zip,
      plain(coalesce(MunicipalityFR, '')) AS french, plain(coalesce(MunicipalityNL, '')) AS dutch
    FROM kbo_address
    WHERE DateStrikingOff IS NULL AND TypeOfAddress IN ('REGO', 'BAET') AND CountryFR IS NULL
      AND (Zipcode IS NULL OR regexp_full_match(Zipcode, '[1-9][0-9]{3}'))),
  -- Addresses repeat: each name and postal code is looked up once.
  question AS (SELECT DISTINCT zip, french, dutch FROM address),
  spelling AS (
    SELECT *, french AS name, 1 AS language FROM question WHERE french <> ''
    UNION ALL SELECT *, dutch, 2 FROM question WHERE dutch <> ''),
  here AS (SELECT DISTINCT q.zip FROM question q JOIN postcode p ON p.postcode = q.zip),
  distance AS (
    SELECT s.*, n.commune, p.zip IS NOT NULL AS coded,
      n.commune IN (SELECT commune FROM postcode WHERE postcode = s.zip) AS fits,
      (SELECT min(abs(x.postcode - s.zip)) FROM postcode x WHERE x.commune = n.commune) AS far, c.position
    FROM spelling s JOIN belgian_name n ON n.name = s.name JOIN commune c ON c.code = n.commune
      LEFT JOIN here p ON p.zip = s.zip),
  by_name AS (
    SELECT zip, french, dutch, arg_min(commune, struct_pack(a := language, b := coalesce(far, 0), c := position)) AS commune
    FROM distance WHERE fits OR NOT coded GROUP BY ALL),
  by_former AS (
    SELECT s.zip, s.french, s.dutch,
      arg_min(f.commune, struct_pack(a := language, b := f.position)) AS commune
    FROM spelling s JOIN belgian_former f ON f.name = s.name
    WHERE EXISTS (FROM postcode p WHERE p.postcode = s.zip AND p.commune = f.commune)
      OR (s.zip NOT IN (FROM here) OR s.zip IS NULL)
        AND (SELECT count(DISTINCT commune) FROM belgian_former g WHERE g.name = s.name) = 1
    GROUP BY ALL),
  -- The code of a hamlet follows that of its centre.
  by_code AS (
    SELECT zip, (SELECT p.commune FROM postcode p WHERE p.postcode <= q.zip ORDER BY p.postcode DESC, p.rank LIMIT 1) AS commune
    FROM (SELECT DISTINCT zip FROM question WHERE zip IS NOT NULL) q)
  SELECT a.id, a.kind, coalesce(n.commune, f.commune, c.commune) AS commune
  FROM address a
    LEFT JOIN by_name n ON n.zip IS NOT DISTINCT FROM a.zip AND n.french = a.french AND n.dutch = a.dutch
    LEFT JOIN by_former f ON f.zip IS NOT DISTINCT FROM a.zip AND f.french = a.french AND f.dutch = a.dutch
    LEFT JOIN by_code c ON c.zip = a.zip;

CREATE TABLE belgian_place AS
  SELECT id, arg_min(a.commune, c.position) AS commune
  FROM belgian_address a JOIN commune c ON c.code = a.commune GROUP BY id;

-- A place without an address or an activity of its own has those of its enterprise.
INSERT INTO establishment
  SELECT 'BE', k.id, k.unit, coalesce(a.commune, b.commune, ''), '', coalesce('nacebel-' || k.main.version, ''),
    coalesce(k.main.code, ''), k.first, k.employer
  FROM kbo_place k LEFT JOIN belgian_place a ON a.id = k.id LEFT JOIN belgian_place b ON b.id = k.unit;

-- Where the unit has its seat: in France the establishment that is marked so, in Belgium the registered address; its first
-- place where that has none in the country.
CREATE TABLE seat AS
  WITH registered AS (
    SELECT a.id, arg_min(a.commune, c.position) AS commune FROM belgian_address a JOIN commune c ON c.code = a.commune
    WHERE a.kind = 'REGO' GROUP BY ALL)
  SELECT e.country, e.unit, arg_min(coalesce(r.commune, p.commune, CASE e.country WHEN 'BE' THEN e.place END), e.id) AS commune
  FROM establishment e LEFT JOIN french_place p ON e.country = 'FR' AND p.place = e.place
    LEFT JOIN registered r ON e.country = 'BE' AND r.id = e.unit
  WHERE e.head GROUP BY ALL;
