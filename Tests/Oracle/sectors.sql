-- The division of each activity, its groups, and the public sector by legal form.

CREATE TABLE sector AS FROM rules('nomenclatures/sectors.csv');

-- Codes of other classifications go to the heaviest division of the longest code that they begin with.
CREATE TABLE recoded AS
  WITH target AS (
    SELECT scheme, code, arg_min(a88, struct_pack(a := -weight::DOUBLE, b := a88)) AS a88
    FROM rules('nomenclatures/to-a88.csv') GROUP BY ALL),
  alike AS (
    FROM target
    UNION ALL SELECT 'naf-rev1', code, a88 FROM target WHERE scheme = 'nacebel-2003'
    UNION ALL SELECT 'naf-1993', code, a88 FROM target WHERE scheme = 'nacebel-2003'
    UNION ALL SELECT 'naf-2025', code, a88 FROM target WHERE scheme = 'nacebel-2025'),
  asked AS (
    SELECT DISTINCT activity_scheme(scheme) AS scheme, activity FROM establishment
    WHERE activity_scheme(scheme) NOT IN ('', 'naf-rev2', 'nacebel-2008'))
  SELECT q.scheme, q.activity, arg_max(t.a88, length(t.code)) AS a88
  FROM asked q JOIN alike t ON t.scheme = q.scheme AND starts_with(q.activity, t.code) GROUP BY ALL;

CREATE TABLE public_form AS
  SELECT CASE scheme WHEN 'fr-legal-forms' THEN 'FR' ELSE 'BE' END AS country, code FROM rules('nomenclatures/public-forms.csv');

CREATE TABLE size AS
  SELECT scheme, code, low::INTEGER AS low, high::INTEGER AS high, common FROM rules('nomenclatures/size-bands.csv');
CREATE MACRO size_of(jobs) AS (
  SELECT min(code) FROM size WHERE scheme = 'common' AND jobs >= low AND (high IS NULL OR jobs < high + 1));
