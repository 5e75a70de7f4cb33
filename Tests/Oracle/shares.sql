-- What tables make of sums. What cannot be compared comes before what is hidden, and either stays so in whatever is made of
-- it; nothing divides by nothing.

CREATE MACRO is_apart(x) AS coalesce(isinf(x::DOUBLE), false);
CREATE MACRO is_hidden(x) AS coalesce(isnan(x::DOUBLE), false);
CREATE MACRO ratio(x, y) AS CASE WHEN is_apart(x) OR is_apart(y) THEN '-infinity'::DOUBLE
  WHEN is_hidden(x) OR is_hidden(y) THEN 'NaN'::DOUBLE WHEN y = 0 THEN NULL ELSE x::DOUBLE / y END;
CREATE MACRO share(x, y) AS 100 * ratio(x, y);
CREATE MACRO less(x, y) AS CASE WHEN is_apart(x) OR is_apart(y) THEN '-infinity'::DOUBLE
  WHEN is_hidden(x) OR is_hidden(y) THEN 'NaN'::DOUBLE ELSE x - y END;
