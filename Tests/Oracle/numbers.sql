-- What makes a number one: check digits of SIREN and SIRET (Luhn; La Poste's own by their plain sum), of the KBO (97).

CREATE MACRO digits(text) AS list_transform(string_split(text, ''), lambda d: d::INTEGER);
CREATE MACRO luhn(text) AS list_sum(list_transform(list_reverse(digits(text)), lambda d, i:
  CASE WHEN i % 2 = 1 THEN d WHEN d * 2 > 9 THEN d * 2 - 9 ELSE d * 2 END)) % 10 = 0;
CREATE MACRO is_siren(text) AS
  CASE WHEN regexp_full_match(text, '[0-9]{9}') THEN text::BIGINT > 0 AND luhn(text) ELSE false END;
CREATE MACRO is_siret(text) AS
  CASE WHEN regexp_full_match(text, '[0-9]{14}') THEN text::BIGINT > 0 AND luhn(text)
    OR (left(text, 9) = '356000000' AND list_sum(digits(text)) % 5 = 0) ELSE false END;
CREATE MACRO is_belgian(text) AS
  CASE WHEN regexp_full_match(text, '[0-9]{10}')
    THEN text::BIGINT > 0 AND right(text, 2)::INTEGER = 97 - left(text, 8)::BIGINT % 97 ELSE false END;
-- Withheld at somebody's wish: as if nothing stood there.
CREATE MACRO told(text) AS CASE WHEN text = '[ND]' THEN '' ELSE text END;
-- The names that SIRENE gives to classifications.
CREATE MACRO activity_scheme(name) AS CASE name WHEN 'NAFRev2' THEN 'naf-rev2' WHEN 'NAF2025' THEN 'naf-2025'
  WHEN 'NAFRev1' THEN 'naf-rev1' WHEN 'NAF1993' THEN 'naf-1993' WHEN 'NAP' THEN 'nap-1973' ELSE
  CASE WHEN starts_with(name, 'nacebel-') THEN name ELSE '' END END;
