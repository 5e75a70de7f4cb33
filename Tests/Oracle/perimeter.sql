-- Who is of the ESS under one perimeter (variable `perimeter`), and of which family: its rules, applied anew.
--
-- In this order: a list that puts out; a legal form that is out; a list that brings in; a form that needs a list; an
-- activity that puts out; a form that is in. Of forms the longest code decides, of other rules the first.

CREATE OR REPLACE TEMP TABLE header AS
  SELECT unnest(string_split(content, chr(10))) AS line
  FROM read_text(getvariable('share') || '/perimeters/' || getvariable('perimeter') || '.csv');
SET VARIABLE countries = (
  SELECT string_split(substr(line, 14), ' ') FROM header WHERE starts_with(line, '# countries: '));
CREATE OR REPLACE TEMP TABLE setting AS
  SELECT trim(parts[1]) AS option, trim(parts[2]) = 'on' AS is_on
  FROM (SELECT string_split(substr(line, 11), '|') AS parts FROM header WHERE starts_with(line, '# option: '));

CREATE OR REPLACE TEMP TABLE rule AS
  SELECT row_number() OVER () AS position, r.effect, r."on" AS subject, r.scheme, replace(coalesce(r.code, ''), '.', '') AS code,
    r.family, r.subfamily, string_split(coalesce(r."except", ''), ' ') AS spared, r.option
  FROM rules('perimeters/' || getvariable('perimeter') || '.csv') r;
DELETE FROM rule WHERE option IS NOT NULL AND NOT EXISTS (
  FROM setting s WHERE s.option = ltrim(rule.option, '!') AND s.is_on <> starts_with(rule.option, '!'));

CREATE OR REPLACE TEMP TABLE verdict AS
  WITH profile AS (
    SELECT DISTINCT u.country, u.form, u.scheme, u.activity, coalesce(l.lists, []) AS lists
    FROM unit u LEFT JOIN unit_lists l USING (country, id)
    WHERE (u.country, u.id) IN (SELECT (country, unit) FROM employer)),
  form AS (
    SELECT p.country, p.form, arg_min(r, struct_pack(a := -length(r.code), b := r.position)) AS rule
    FROM (SELECT DISTINCT country, form FROM profile) p JOIN rule r
      ON r.subject = 'form' AND starts_with(p.form, r.code) AND r.scheme = lower(p.country) || '-legal-forms'
    GROUP BY ALL),
  judged AS (
    SELECT p.*, f.rule AS form_rule,
      (SELECT arg_min(r, r.position) FROM rule r WHERE r.subject = 'list' AND r.effect = 'exclude'
        AND list_contains(p.lists, r.scheme) AND starts_with(p.form, r.code)) AS list_out,
      (SELECT arg_min(r, r.position) FROM rule r WHERE r.subject = 'list' AND r.effect = 'include'
        AND list_contains(p.lists, r.scheme) AND starts_with(p.form, r.code)) AS list_in,
      EXISTS (FROM rule r WHERE r.subject = 'activity' AND r.scheme = p.scheme AND starts_with(p.activity, r.code)
        AND NOT list_contains(r.spared, coalesce(f.rule.family, '-'))) AS activity_out
    FROM profile p LEFT JOIN form f ON f.country = p.country AND f.form = p.form)
  SELECT country, form, scheme, activity, lists,
    CASE WHEN list_out IS NOT NULL OR coalesce(form_rule.effect, '') = 'exclude' THEN NULL
      WHEN list_in IS NOT NULL THEN coalesce(list_in.family, form_rule.family, 'commercial_ess')
      WHEN coalesce(form_rule.effect, '') <> 'include' OR activity_out THEN NULL
      ELSE form_rule.family END AS family,
    CASE WHEN family IS NULL THEN NULL
      WHEN list_in IS NOT NULL THEN CASE WHEN list_in.family IS NULL THEN form_rule.subfamily ELSE list_in.subfamily END
      ELSE form_rule.subfamily END AS subfamily
  FROM judged
  WHERE list_contains(getvariable('countries'), country);

-- What each unit counts as: the whole; the ESS, its family and its sub-family; or else the public or the other private.
CREATE OR REPLACE TEMP TABLE who AS
  WITH found AS (
    SELECT e.country, e.unit, v.family, v.subfamily,
      EXISTS (FROM public_form p WHERE p.country = e.country AND starts_with(e.form, p.code)) AS public
    FROM (SELECT DISTINCT country, unit, form FROM employer) e
      LEFT JOIN unit u ON u.country = e.country AND u.id = e.unit
      LEFT JOIN unit_lists l ON l.country = e.country AND l.id = e.unit
      LEFT JOIN verdict v ON v.country = u.country AND v.form = u.form AND v.scheme = u.scheme AND v.activity = u.activity
        AND v.lists = coalesce(l.lists, []))
  SELECT country, unit, unnest(list_filter(
    CASE WHEN family IS NOT NULL THEN ['total', 'ess', family, subfamily] ELSE ['total', if(public, 'public', 'private')] END,
    lambda m: m IS NOT NULL)) AS who
  FROM found;
