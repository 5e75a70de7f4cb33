import Diagnostics
internal import DuckStore
package import Nomenclature
package import Perimeter
import Registers
package import Territory

/// The rule books that a build works with.
package struct RuleBooks: Sendable {
  package let nomenclatures: NomenclatureBook
  package let perimeters: [Perimeter]
  package let territories: TerritoryBook

  package init(_ nomenclatures: NomenclatureBook, _ perimeters: [Perimeter], _ territories: TerritoryBook) {
    self.nomenclatures = nomenclatures
    self.perimeters = perimeters
    self.territories = territories
  }

  /// Forms that some rule may let in without a list: units worth keeping with their names.
  func mayLetIn(_ form: String, _ country: Country) -> Bool {
    perimeters.contains { $0.mayLetIn(form: form, country: country) }
  }
}

/// The tables between the registers and the cube, in a DuckDB file that lives as long as the build.
///
/// Codes that repeat millions of times are small numbers here; the small tables that explain them stand
/// beside (form, commune, division, band).
final class Stage {
  let store: Store
  let books: RuleBooks
  private(set) var forms: [(country: Country, code: String)] = []
  private var formIndex: [String: UInt16] = [:]

  static let unitColumns: [ColumnType] = [
    .integer8, .integer64, .text, .text, .text, .text, .boolean, .integer32, .boolean, .text, .text, .text, .text,
  ]
  static let establishmentColumns: [ColumnType] = [
    .integer8, .integer64, .integer64, .integer16, .integer32, .integer8, .text, .text, .integer8, .boolean,
    .boolean, .boolean, .integer32, .boolean, .text, .integer8,
  ]

  init(_ store: Store, _ books: RuleBooks) throws {
    self.store = store
    self.books = books
    dimensions = Dimensions(books.nomenclatures)
    try store.run(
      """
      CREATE MACRO country_code(c) AS CASE c WHEN 0 THEN 'FR' ELSE 'BE' END;
      CREATE TABLE unit(country UTINYINT, id BIGINT, form VARCHAR, activity_scheme VARCHAR, activity VARCHAR,
        band VARCHAR, active BOOLEAN, created INTEGER, restricted BOOLEAN, name VARCHAR, association VARCHAR,
        declared VARCHAR, lists VARCHAR);
      CREATE TABLE establishment(country UTINYINT, id BIGINT, unit BIGINT, form USMALLINT, commune INTEGER,
        division UTINYINT, activity_scheme VARCHAR, activity VARCHAR, band UTINYINT, active BOOLEAN, employer BOOLEAN,
        head BOOLEAN, created INTEGER, restricted BOOLEAN, name VARCHAR, mapping UTINYINT);
      -- Where a Belgian unit has its seat; most associations have no establishment and are nowhere else.
      CREATE TABLE seat(country UTINYINT, unit BIGINT, commune INTEGER, lone BOOLEAN);
      CREATE VIEW lone_seat AS SELECT country, unit, commune FROM seat WHERE lone;
      CREATE TABLE workforce(country UTINYINT, establishment BIGINT, year INTEGER,
        \(Workforce.measures.map { "\($0) BIGINT" }.joined(separator: ", ")));
      -- Streets tell namesakes of a commune apart, where some record has but a name; of establishments and enterprises.
      CREATE TABLE door(country UTINYINT, entity BIGINT, street VARCHAR);
      \(StageAggregates.schema);
      \(StockStates.schema);
      """)
    _ = form("", .fr)  // 0: unknown
    try writeSmallTables()
  }

  /// The small number of a legal form.
  func form(_ code: String, _ country: Country) -> UInt16 {
    let key = country.rawValue + code
    if let index = formIndex[key] { return index }
    // The table of SIREN has fifteen bits for it. No register has as many forms: what comes then is none.
    guard forms.count < 1 << 14 else { return 0 }
    let index = UInt16(forms.count)
    forms.append((country, code))
    formIndex[key] = index
    return index
  }

  static func index(_ country: Country) -> UInt8 { country == .fr ? 0 : 1 }

  /// Units that have ceased are judged like the others where an establishment of theirs still counts in some year;
  /// the rest of them is of no use.
  func dropCeasedUnits() throws {
    try store.run(
      """
      DELETE FROM unit u WHERE NOT active AND NOT EXISTS (
        SELECT 1 FROM establishment e WHERE e.country = u.country AND e.unit = u.id)
      """)
  }

  /// Establishments that a register codes in another classification get the division that stands for their code.
  func mapActivities() throws {
    let codes = try store.rows(
      """
      SELECT DISTINCT activity_scheme, activity FROM establishment
      WHERE activity_scheme NOT IN ('', '\(ActivityScheme.nafRev2.rawValue)', '\(ActivityScheme.nacebel2008.rawValue)')
      """)
    try store.run("CREATE TABLE recoded(scheme VARCHAR, code VARCHAR, division UTINYINT, mapping UTINYINT)")
    let appender = try store.appender("recoded", [.text, .text, .integer8, .integer8])
    for row in codes {
      guard let scheme = ActivityScheme(rawValue: row[0].text) else { continue }
      let (division, quality) = books.nomenclatures.activities.division(of: Activity(scheme, row[1].text))
      appender.add(row[0].text)
      appender.add(row[1].text)
      appender.add(dimensions.index(ofDivision: division))
      appender.add(Dimensions.index(quality))
      try appender.endRow()
    }
    try appender.finish()
    try store.run(
      """
      UPDATE establishment SET division = r.division, mapping = r.mapping FROM recoded r
      WHERE activity_scheme = r.scheme AND activity = r.code;
      DROP TABLE recoded
      """)
  }

  /// Written at the end, when all forms are known.
  func writeForms() throws {
    try store.run("CREATE TABLE form(index USMALLINT, country VARCHAR, code VARCHAR, sector VARCHAR)")
    let appender = try store.appender("form", [.integer16, .text, .text, .text])
    for (index, form) in forms.enumerated() {
      appender.add(UInt16(index))
      appender.add(form.country.rawValue)
      appender.add(form.code)
      appender.add(books.nomenclatures.publicForms.contains(form.code, of: form.country) ? "FP" : "F0")
      try appender.endRow()
    }
    try appender.finish()
  }

  // MARK: - Small tables

  let dimensions: Dimensions

  private func writeSmallTables() throws {
    try store.run(
      """
      CREATE TABLE commune(index INTEGER, code VARCHAR, country VARCHAR);
      CREATE TABLE division(index UTINYINT, code VARCHAR);
      CREATE TABLE band(index UTINYINT, code VARCHAR, low INTEGER, high INTEGER, class VARCHAR);
      """)
    let communes = try store.appender("commune", [.integer32, .text, .text])
    for (index, commune) in books.territories.communes.enumerated() {
      communes.add(Int32(index))
      communes.add(commune.code)
      communes.add(String(commune.code.prefix(2)))
      try communes.endRow()
    }
    // What could not be placed stays in its country.
    for (offset, country) in Country.allCases.enumerated() {
      communes.add(Int32(-1 - offset))
      communes.add("\(country.rawValue)-COM-ZZZZZ")
      communes.add(country.rawValue)
      try communes.endRow()
    }
    try communes.finish()
    let divisions = try store.appender("division", [.integer8, .text])
    for (index, code) in dimensions.divisions.enumerated() {
      divisions.add(UInt8(index))
      divisions.add(code)
      try divisions.endRow()
    }
    try divisions.finish()
    let appender = try store.appender("band", [.integer8, .text, .integer32, .integer32, .text])
    for (index, band) in dimensions.bands.enumerated() {
      appender.add(UInt8(index))
      appender.add(band?.code ?? "")
      if let low = band?.low { appender.add(Int32(low)) } else { appender.addNull() }
      if let high = band?.high { appender.add(Int32(high)) } else { appender.addNull() }
      appender.add(band?.common ?? Sizes.unknown)
      try appender.endRow()
    }
    try appender.finish()
  }
}
