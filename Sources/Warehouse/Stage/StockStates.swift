import DuckStore
import Nomenclature

/// What the units of the ESS were in each stock that was imported: changes through time are read from two of them.
///
/// Communes are those of today, so that a merger moves nobody.
enum StockStates {
  static let schema = """
    CREATE TABLE state(country UTINYINT, vintage VARCHAR, id BIGINT, form VARCHAR, activity_scheme VARCHAR, activity VARCHAR,
      lists VARCHAR, created INTEGER, commune INTEGER, employer BOOLEAN);
    -- Active units that no perimeter may let in, of one stock; and those of them that are in the states of another.
    CREATE TABLE \(living)(id BIGINT);
    CREATE TABLE elsewhere(country UTINYINT, vintage VARCHAR, id BIGINT)
    """

  static let living = "living"

  /// Active units, with the commune of their head office where the register says which establishment that is, and of
  /// their seat where they have none.
  static func query(_ country: Country, _ vintage: String) -> String {
    """
    SELECT u.country, \(sqlText(vintage)) AS vintage, u.id, u.form, u.activity_scheme, u.activity, u.lists, u.created,
      coalesce(min(e.commune) FILTER (e.head AND e.commune >= 0), min(e.commune) FILTER (e.commune >= 0),
        min(s.commune), \(-1 - Int(Stage.index(country)))) AS commune, coalesce(bool_or(e.employer), false) AS employer
    FROM unit u LEFT JOIN establishment e ON e.country = u.country AND e.unit = u.id AND e.active
      LEFT JOIN lone_seat s ON s.country = u.country AND s.unit = u.id
    WHERE u.active AND u.country = \(Stage.index(country)) GROUP BY ALL
    """
  }

  /// Units of the other stocks that live on in this one under a form that is outside of every perimeter: they have not
  /// ceased, nor did they appear.
  static func elsewhere(_ country: Country, _ vintage: String, living path: String) -> String {
    """
    INSERT INTO elsewhere SELECT DISTINCT s.country, \(sqlText(vintage)), s.id
    FROM state s SEMI JOIN read_parquet(\(sqlText(path))) l ON l.id = s.id
      ANTI JOIN (SELECT id FROM state WHERE country = \(Stage.index(country)) AND vintage = \(sqlText(vintage))) here
        ON here.id = s.id
    WHERE s.country = \(Stage.index(country))
    """
  }
}
