import DuckStore
import Nomenclature
package import Registers
package import Territory

/// The tables of publishers that a release holds, and their sums for one territory.
package struct AggregateReading {
  package struct Table {
    package let source: String
    package let layout: String
    package let vintage: String
    package fileprivate(set) var years: [Int] = []
    /// The years for which the table speaks of the territory itself; otherwise its parts are added up.
    package fileprivate(set) var direct: Set<Int> = []
    /// By year, the territories larger than a commune of which it speaks and that lie wholly in this one.
    fileprivate var parts: [Int: Set<String>] = [:]
    /// By year, the measures that no newer table of its layout tells: surveys of one year ask different things.
    fileprivate var measures: [Int: Set<String>] = [:]

    fileprivate init(_ edition: Edition) {
      (source, layout, vintage) = (edition.source, edition.layout, edition.vintage)
    }
  }

  /// What one table says of the territory and one year.
  fileprivate struct Edition {
    let source: String
    let layout: String
    let vintage: String
    /// The last year that the name of the vintage tells.
    let age: String
    let year: Int
    let isDirect: Bool
    let hasCommunes: Bool
    let parts: Set<String>
    var measures: Set<String>
  }

  /// What a publisher shows to everybody: it has protected it himself.
  package struct Sum {
    package let field: String
    package let family: String
    package let measure: String
    package internal(set) var value: Double?
    package internal(set) var hidden = 0
    package internal(set) var missingQuarters: [Int] = []
  }

  let release: Release
  private let territory: String
  private let inside: AreaParts
  package let tables: [Table]

  package init(_ release: Release, _ territory: Territory, _ book: TerritoryBook) throws {
    self.release = release
    self.territory = territory.code
    let inside = AreaParts(territory, book)
    self.inside = inside
    try Self.lend(territory, book, to: release.store)
    try Self.lend(inside.codes.map { [$0] }, as: "inside(territory VARCHAR)", to: release.store)
    // Some parts of the territory alone, without a word of the rest, are no figure of it.
    let told = try Self.editions(territory, in: release.store).filter { edition in
      edition.isDirect || edition.hasCommunes || inside.areWhole(edition.parts, in: edition.year)
    }
    var found: [String: Table] = [:]
    for edition in Self.newest(told).sorted(by: { $0.year < $1.year }) {
      let key = "\(edition.layout) \(edition.vintage)"
      var table = found[key] ?? Table(edition)
      table.years.append(edition.year)
      table.parts[edition.year] = edition.parts
      table.measures[edition.year] = edition.measures
      if edition.isDirect { table.direct.insert(edition.year) }
      found[key] = table
    }
    tables = found.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Of two editions of one table, the newer speaks for what both tell of a year: that of 2010-2024 is newer than that
  /// of 2018-2023. Each with the measures that are left to it.
  private static func newest(_ editions: [Edition]) -> [Edition] {
    var told: [String: Set<String>] = [:]
    return editions.sorted { ($1.age, $1.vintage) < ($0.age, $0.vintage) }.compactMap { edition -> Edition? in
      var edition = edition
      let key = "\(edition.layout) \(edition.year)"
      edition.measures.subtract(told[key] ?? [])
      told[key, default: []].formUnion(edition.measures)
      return edition.measures.isEmpty ? nil : edition
    }
  }

  /// Every table and year that speaks of the territory, of a commune of it, or of a larger part.
  private static func editions(_ territory: Territory, in store: Store) throws -> [Edition] {
    let rows = try store.rows(
      """
      WITH places AS (
        SELECT territory, '' AS part FROM asked UNION ALL SELECT territory, territory AS part FROM inside)
      SELECT source, layout, vintage, \(age("vintage")) AS age, year::INTEGER AS year,
        bool_or(a.territory = \(sqlText(territory.code))) AS direct, bool_or(p.part = '') AS communes,
        coalesce(string_agg(DISTINCT nullif(p.part, ''), ' '), '') AS parts,
        string_agg(DISTINCT a.measure, ' ') AS measures
      FROM aggregates a JOIN places p ON p.territory = a.territory
      GROUP BY ALL
      """)
    return rows.map { row in
      Edition(
        source: row[0].text, layout: row[1].text, vintage: row[2].text, age: row[3].text, year: row[4].integer ?? 0,
        isDirect: row[5].text == "true", hasCommunes: row[6].text == "true",
        parts: Set(row[7].text.split(separator: " ").map(String.init)),
        measures: Set(row[8].text.split(separator: " ").map(String.init)))
    }
  }

  /// Paris, Lyon and Marseille, of which tables may give the arrondissements.
  private static let cities = ["FR-COM-75056", "FR-COM-69123", "FR-COM-13055"]

  /// The last year that the name of a vintage tells.
  private static func age(_ column: String) -> String {
    "coalesce(nullif(regexp_extract(\(column), '[0-9]{4}-([0-9]{4})$', 1), ''), regexp_extract(\(column), '([0-9]{4})(-[0-9]{2})*$', 1))"
  }

  /// The territory and its communes, those of before among them: tables of communes keep the codes of their year.
  private static func lend(_ territory: Territory, _ book: TerritoryBook, to store: Store) throws {
    let communes = Set(book.communes(of: territory.code).map(\.code))
    var codes = Dictionary(uniqueKeysWithValues: communes.map { ($0, $0) })
    codes[territory.code] = territory.code
    for (country, positions) in [("FR", book.french), ("BE", book.belgian)] {
      for (code, position) in positions where communes.contains(book.communes[position].code) {
        codes["\(country)-COM-\(code)"] = book.communes[position].code
      }
    }
    // Of a commune that was divided, no part has a figure: it counts where all its parts do.
    var split: [[String]] = []
    for (country, history) in book.histories {
      for code in history.codes {
        guard case .divided(let shares) = history.fate(of: code) else { continue }
        let today = shares.map { "\(country.rawValue)-COM-\($0.code)" }
        let own = "\(country.rawValue)-COM-\(code)"
        if codes[own] != nil || !today.contains(where: communes.contains) { continue }
        if today.allSatisfy(communes.contains) {
          codes[own] = today[0]
        } else {
          split += today.filter(communes.contains).map { [own, $0] }
        }
      }
    }
    try lend(
      codes.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }, as: "asked(territory VARCHAR, today VARCHAR)",
      to: store)
    try lend(split, as: "split(territory VARCHAR, today VARCHAR)", to: store)
  }

  private static func lend(_ rows: [[String]], as table: String, to store: Store) throws {
    try store.run("CREATE OR REPLACE TEMP TABLE \(table)")
    let appender = try store.appender(
      String(table.prefix { $0 != "(" }), rows.first.map { $0.map { _ in .text } } ?? [])
    for row in rows {
      for text in row { appender.add(text) }
      try appender.endRow()
    }
    try appender.finish()
  }

  /// The rows of a table and year that speak of the territory, as `told`: a table of communes has millions of others, and
  /// is read once. The largest territories that it speaks of and that lie here are in `cover`, with their communes.
  func lendRows(_ table: Table, _ year: Int) throws {
    let isDirect = table.direct.contains(year)
    let cover = isDirect ? [] : inside.largest(of: table.parts[year] ?? [], in: year)
    try Self.lend(
      cover.flatMap { part in part.communes.map { [part.code, $0] } }, as: "cover(territory VARCHAR, today VARCHAR)",
      to: release.store)
    let places =
      isDirect
      ? "= \(sqlText(territory))"
      : """
      IN (SELECT territory FROM cover UNION SELECT territory FROM asked UNION SELECT territory FROM split)
      """
    let measures = (table.measures[year] ?? []).sorted().map(sqlText).joined(separator: ", ")
    try release.store.run(
      """
      CREATE OR REPLACE TEMP TABLE told AS
      SELECT territory, quarter, field, family, classification, activity, measure, value FROM aggregates
      WHERE layout = \(sqlText(table.layout)) AND vintage = \(sqlText(table.vintage)) AND year = \(year)
        AND territory \(places) AND measure IN (\(measures))
      """)
  }

  /// How many communes of a table lie here with a part only, where it does not speak of the territory itself, nor of a
  /// larger part that has them.
  private func divided() throws -> Int {
    let row = try release.store.rows(
      """
      SELECT count(DISTINCT territory)::BIGINT FROM told JOIN split USING (territory)
      WHERE today NOT IN (SELECT today FROM cover)
      """
    ).first
    return row?.first?.integer ?? 0
  }

  /// The sums of one table: over activities where it gives no total, over the quarters as each measure asks; and how
  /// many communes that lie here with a part only are left out.
  package func sums(_ table: Table, _ layout: AggregateLayout, _ year: Int) throws -> (sums: [Sum], divided: Int) {
    try lendRows(table, year)
    let sums = try byQuarter(table, layout, year).map { key, parts in Self.sum(key, parts, layout) }
    // A figure of the territory itself lacks none of it.
    let divided = try table.direct.contains(year) ? 0 : divided()
    return (sums + Self.wholeField(sums.filter { layout.addsUp($0.measure) }), divided)
  }

  static func sum(_ key: [String], _ parts: [Part], _ layout: AggregateLayout) -> Sum {
    let statistic = layout.statistic(of: key[2])
    var sum = Sum(field: key[0], family: key[1], measure: key[2])
    if let (value, hidden) = ofYear(parts, statistic) {
      (sum.value, sum.hidden) = (value, hidden)
    } else {
      sum.missingQuarters = (statistic == "end" ? 4...4 : 1...4).filter { !parts.map(\.quarter).contains($0) }
    }
    return sum
  }

  typealias Part = (quarter: Int, value: Double?, hidden: Int)

  /// By field, family and measure, what the lent rows say of each quarter (0: of the year). `activities`: an expression over
  /// `classification` and `activity` that is true of the rows to add up; the total, where there is none.
  func byQuarter(
    _ table: Table, _ layout: AggregateLayout, _ year: Int, activities: String? = nil
  ) throws -> [(key: [String], parts: [Part])] {
    // A total of a larger part stands for all its communes, of which publishers hide more. Where a city is there as a
    // whole, its arrondissements are not added to it. Communes of before are: a table that has one beside the commune that
    // took it in is of their time.
    let places =
      table.direct.contains(year)
      ? "true"
      : """
      (territory IN (SELECT territory FROM cover) OR territory IN (SELECT territory FROM asked
        WHERE today NOT IN (SELECT today FROM cover)
          AND (territory = today OR today NOT IN (\(Self.cities.map(sqlText).joined(separator: ", ")))
            OR today NOT IN (SELECT territory FROM told))))
      """
    // A mean or a quantile is that of the cell for which somebody computed it: never made of others.
    let single = AggregateLayout.measures.filter { !layout.addsUp($0) }
    let own =
      single.isEmpty
      ? "true"
      : """
      (measure NOT IN (\(single.map(sqlText).joined(separator: ", ")))
        OR (territory = \(sqlText(territory)) AND classification = '' AND quarter = 0))
      """
    // A total of its own, or else the coarsest classification that the table uses.
    let chosen =
      activities.map {
        "SELECT DISTINCT field, family, measure, quarter, territory, classification FROM cells WHERE \($0)"
      }
        ?? """
        SELECT field, family, measure, quarter, territory,
          arg_min(classification, (classification <> '', codes, classification)) AS classification
        FROM (SELECT field, family, measure, quarter, territory, classification, count(DISTINCT activity) AS codes FROM cells GROUP BY ALL)
        GROUP BY ALL
        """
    let rows = try release.store.rows(
      """
      WITH cells AS (SELECT * FROM told WHERE \(places) AND \(own)), chosen AS (\(chosen))
      SELECT field, family, measure, quarter::INTEGER AS quarter, sum(round(value * 1000)::BIGINT)::DOUBLE / 1000,
        (count(*) FILTER (value IS NULL))::BIGINT
      FROM cells JOIN chosen USING (field, family, measure, quarter, territory, classification)
      WHERE \(activities ?? "true") GROUP BY ALL ORDER BY ALL
      """)
    var quarters: [[String]: [Part]] = [:]
    for row in rows {
      quarters[[row[0].text, row[1].text, row[2].text], default: []].append(
        (row[3].integer ?? 0, row[4].number, row[5].integer ?? 0))
    }
    return quarters.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
  }

  /// The figure of a year from its quarters: the last, their mean or their sum; nil where one that is needed is missing.
  static func ofYear(_ parts: [(quarter: Int, value: Double?, hidden: Int)], _ statistic: String) -> (Double?, Int)? {
    guard parts.contains(where: { $0.quarter > 0 }) else { return parts.first.map { ($0.value, $0.hidden) } }
    if statistic == "end" { return parts.first { $0.quarter == 4 }.map { ($0.value, $0.hidden) } }
    guard Set(parts.map(\.quarter)).isSuperset(of: 1...4) else { return nil }
    let hidden = parts.map(\.hidden).reduce(0, +)
    // Where all is hidden, nothing is known, not even a least.
    guard parts.contains(where: { $0.value != nil }) else { return (nil, hidden) }
    let sum = parts.compactMap(\.value).reduce(0, +)
    return (statistic == "average" ? sum / 4 : sum, hidden)
  }

  /// The ESS as the sum of its families, where the table has no row for it.
  private static func wholeField(_ sums: [Sum]) -> [Sum] {
    let families = sums.filter { $0.field == "ess" && !$0.family.isEmpty }
    return Set(families.map(\.measure)).sorted().compactMap { measure in
      guard !sums.contains(where: { $0.field == "ess" && $0.family.isEmpty && $0.measure == measure }) else {
        return nil
      }
      let parts = families.filter { $0.measure == measure }
      let missing = Set(parts.flatMap(\.missingQuarters)).sorted()
      return Sum(
        field: "ess", family: "", measure: measure,
        value: missing.isEmpty && parts.contains { $0.value != nil } ? parts.compactMap(\.value).reduce(0, +) : nil,
        hidden: parts.map(\.hidden).reduce(0, +), missingQuarters: missing)
    }
  }
}
