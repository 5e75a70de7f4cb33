-- The publishers' files as they are: every column text, every row in the order of its file (rowid).
--
-- `share`, `data`, `fr` and `be` are folders: the public rule tables, the list of French communes, and the files of
-- each country, unzipped. A row with too many fields is no row.

CREATE TABLE sirene_unit AS
  SELECT siren, etatAdministratifUniteLegale AS state, coalesce(categorieJuridiqueUniteLegale, '') AS form,
    coalesce(activitePrincipaleUniteLegale, '') AS activity, coalesce(nomenclatureActivitePrincipaleUniteLegale, '') AS scheme,
    coalesce(trancheEffectifsUniteLegale, '') AS band
  FROM read_csv(getvariable('fr') || '/StockUniteLegale_utf8.csv', all_varchar = true, header = true, ignore_errors = true);

CREATE TABLE sirene_establishment AS
  SELECT siret, etatAdministratifEtablissement AS state, coalesce(codeCommuneEtablissement, '') AS commune,
    coalesce(codePaysEtrangerEtablissement, '') AS abroad, coalesce(activitePrincipaleEtablissement, '') AS activity,
    coalesce(nomenclatureActivitePrincipaleEtablissement, '') AS scheme, coalesce(trancheEffectifsEtablissement, '') AS band,
    caractereEmployeurEtablissement AS employer, etablissementSiege AS head, dateDernierTraitementEtablissement AS treated
  FROM read_csv(getvariable('fr') || '/StockEtablissement_utf8.csv', all_varchar = true, header = true, ignore_errors = true);

CREATE MACRO kbo(name) AS TABLE
  SELECT * FROM read_csv(getvariable('be') || '/' || name || '.csv', all_varchar = true, header = true);
CREATE TABLE kbo_enterprise AS FROM kbo('enterprise');
CREATE TABLE kbo_establishment AS FROM kbo('establishment');
CREATE TABLE kbo_activity AS FROM kbo('activity');
CREATE TABLE kbo_address AS FROM kbo('address');
CREATE TABLE kbo_meta AS FROM kbo('meta');

-- The years of whose headcounts there are files; amounts that are not given stay null.
CREATE TABLE headcount AS
  SELECT CASE WHEN regexp_full_match(establishment, '[0-9]{14}') THEN 'FR' ELSE 'BE' END AS country,
    replace(establishment, '.', '') AS id, year::INTEGER AS year, COLUMNS(* EXCLUDE (establishment, year, origin))::DOUBLE
  FROM read_csv([getvariable('fr') || '/workforce_*.csv', getvariable('be') || '/workforce_*.csv'],
    all_varchar = true, header = true);

-- Members of lists that name organisations by their number; a list of names alone lets nobody in.
CREATE TABLE listed AS
  SELECT DISTINCT country, regexp_extract(filename, 'list_(.+)\.csv$', 1) AS list, replace(number, '.', '') AS unit
  FROM (
    SELECT 'FR' AS country, filename, siren AS number
    FROM read_csv(getvariable('fr') || '/list_*.csv', all_varchar = true, header = true, filename = true, union_by_name = true)
    WHERE siren IS NOT NULL
    UNION ALL
    SELECT 'BE', filename, bce
    FROM read_csv(getvariable('be') || '/list_*.csv', all_varchar = true, header = true, filename = true, union_by_name = true)
    WHERE bce IS NOT NULL);

-- A rule table of share/: lines `# key: value`, then CSV.
CREATE MACRO rules(path) AS TABLE
  SELECT * FROM read_csv(getvariable('share') || '/' || path, all_varchar = true, header = true, comment = '#');
