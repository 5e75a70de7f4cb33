-- Legal units: form, activity (scheme and code), lists. Both living and ceased: an establishment may outlive its unit.

CREATE TABLE kbo_number AS
  SELECT rowid AS position, replace(EnterpriseNumber, '.', '') AS id, TypeOfEnterprise AS kind,
    coalesce(JuridicalForm, '') AS form
  FROM kbo_enterprise WHERE Status = 'AC';

-- The main activity of a Belgian entity: NACE-BEL 2008 before 2025 before 2003, main before secondary, that of those who
-- collect contributions (006, 005, 004, 007) before VAT (001) and others (003), then the lowest code.
CREATE TABLE kbo_main AS
  SELECT replace(EntityNumber, '.', '') AS id, bool_or(ActivityGroup IN ('004', '005', '006', '007')) AS employs,
    arg_min(struct_pack(version := NaceVersion, code := NaceCode), struct_pack(
      a := list_position(['2008', '2025', '2003'], NaceVersion), b := Classification IS DISTINCT FROM 'MAIN',
      c := coalesce(list_position(['006', '005', '004', '007', '001', '003'], ActivityGroup), 9), d := left(NaceCode, 5)))
      AS main
  FROM kbo_activity WHERE left(EntityNumber, 1) <> '9' GROUP BY 1;

CREATE TABLE unit AS
  SELECT 'FR' AS country, siren AS id, told(form) AS form,
    activity_scheme(told(scheme)) AS scheme,
    replace(told(activity), '.', '') AS activity
  FROM sirene_unit
  WHERE state IN ('A', 'C') AND is_siren(siren) AND (length(band) IN (0, 2) OR band = '[ND]')
  QUALIFY row_number() OVER (PARTITION BY siren ORDER BY rowid) = 1
  UNION ALL
  SELECT 'BE', e.id, e.form, coalesce('nacebel-' || m.main.version, ''), coalesce(left(m.main.code, 5), '')
  FROM (FROM kbo_number WHERE is_belgian(id) QUALIFY row_number() OVER (PARTITION BY id ORDER BY position) = 1) e
    LEFT JOIN kbo_main m ON m.id = e.id;

CREATE TABLE unit_lists AS
  SELECT country, unit AS id, list(list) AS lists FROM listed GROUP BY ALL;
