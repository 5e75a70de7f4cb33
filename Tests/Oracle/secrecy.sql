-- The thresholds of each country: the number of units, the part of the largest, the number of employees.
CREATE TABLE secrecy AS
  SELECT 'FR' AS country, kind, rule, value FROM rules('secrecy/fr-insee.csv')
  UNION ALL
  SELECT 'BE', kind, rule, value FROM rules('secrecy/be-default.csv');
