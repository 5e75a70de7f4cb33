internal import Diagnostics
internal import Filesystem
internal import Tabular
package import Territory
package import Wording

/// A standard table as a file of `share/tables` declares it.
package struct TableDeclaration: Sendable {
  package struct Column: Sendable {
    package let column: StatisticalTable.Column
    package let formula: Formula
    /// The indicator that the column is, where it is one and nothing else.
    package let indicator: String?
  }

  /// What `area=reference` means.
  package enum Reference: String, Sendable, CaseIterable { case own = "self", country }
  package enum Years: String, Sendable, CaseIterable { case one, series }

  package let id: String
  package let title: Label
  package let description: Label
  package let subject: MeasureBook.Subject
  package let dimensions: [String]
  /// Other dimensions that may stand in the place of the last.
  package let choices: [String]
  package let areas: [Territory.Level]
  package let years: Years
  /// How many earlier years its formulas look at.
  package let before: Int
  package let reference: Reference
  /// What must be imported for it.
  package let sources: [String]
  package let notes: [Label]
  package let basis: String
  /// The perimeter that the table is for, unless another is asked for; nil: the one in force.
  package let perimeter: String?
  /// Columns whose total row is the sum of the rows: a formula over totals would say something else.
  package let sums: Set<String>
  package let columns: [Column]

  /// Every dimension that a table may have.
  package static let knownDimensions = [
    "field", "family", "subfamily", "everyone", "ess-domain", "a5", "a10", "a17", "a21", "a38", "a88", "size",
    "employer-size", "area", "sex", "age", "contract", "time", "occupation", "status", "insertion", "approval", "seat",
    "bridge", "model", "quarter", "cohort", "typology",
  ]
  package static let sectors = ["ess-domain", "a5", "a10", "a17", "a21", "a38", "a88"]
  package static let who = ["field", "family", "subfamily", "everyone"]

  /// A row of more can be read by nobody.
  static let mostColumns = 200

  /// `leftOut`: indicators whose file is wrong, with the file.
  package init(
    _ path: String, _ measures: MeasureBook, _ indicators: [String: Indicator], leftOut: [String: String] = [:]
  ) throws {
    let table = try DeclaredTable(
      path, columns: ["column", "formula", "unit", "decimals", "fr", "nl", "en", "short_fr", "short_nl", "short_en"],
      properties: ["id", "title_fr", "title_nl", "title_en", "description_fr", "subject", "dimensions", "confidence"])
    id = table["id"]
    title = try table.title()
    description = try table.propertyLabel("description")
    subject = try table.propertyChoice(MeasureBook.Subject.self, "subject")
    dimensions = table.words("dimensions")
    choices = table.words("choices")
    for (key, names) in [("dimensions", dimensions), ("choices", choices)] {
      for name in names where !Self.knownDimensions.contains(name) {
        throw table.unknownWord(name, key, among: Self.knownDimensions)
      }
    }
    // A row is of one member of a dimension, and of one of those who employ: a field or a family.
    let outer = Array(dimensions.dropLast())
    for way in [dimensions] + choices.map({ outer + [$0] }) {
      let kinds = way.map { Self.who.contains($0) ? "who" : $0 }
      if let twice = way.indices.first(where: { kinds[..<$0].contains(kinds[$0]) }) {
        throw Problem("share.duplicate", at: table.property("dimensions"), ["code": way[twice]])
      }
    }
    var areas: [Territory.Level] = []
    for name in table.words("areas") {
      guard let level = Territory.Level(rawValue: name) else {
        throw table.unknownWord(name, "areas", among: Territory.Level.allCases.map(\.rawValue))
      }
      areas.append(level)
    }
    self.areas = areas
    years = table["years"].isEmpty ? .one : try table.propertyChoice(Years.self, "years")
    before = try table.propertyCount("before", else: 0)
    reference = table["reference"].isEmpty ? .country : try table.propertyChoice(Reference.self, "reference")
    sources = table.words("sources")
    basis = table["basis"]
    perimeter = table["perimeter"].isEmpty ? nil : table["perimeter"]
    sums = Set(table.words("sums"))
    notes = try Self.notes(table)
    guard table.entries.count <= Self.mostColumns else {
      throw table.problem(
        "tables.too_many_columns", table.entries[Self.mostColumns],
        ["count": String(table.entries.count), "most": String(Self.mostColumns)])
    }
    let names = FormulaNames(measures, indicators: Set(indicators.keys), leftOut: leftOut)
    var seen: Set<String> = []
    columns = try table.entries.map { entry in
      guard !entry["column"].isEmpty, seen.insert(entry["column"]).inserted else {
        throw table.problem("share.duplicate", entry, ["code": entry["column"]])
      }
      return try Self.column(entry, table, names, measures, indicators)
    }
    guard !columns.isEmpty else { throw Problem("tables.no_columns", at: Place(file: path)) }
    let ids = columns.map(\.column.id)
    for name in table.words("sums") where !ids.contains(name) { throw table.unknownWord(name, "sums", among: ids) }
  }

  private static func notes(_ table: DeclaredTable) throws -> [Label] {
    var notes: [Label] = []
    for key in ["note"] + (1...9).map({ "note\($0)" }) where !table["\(key)_fr"].isEmpty {
      notes.append(try table.propertyLabel(key))
    }
    return notes
  }

  private static func column(
    _ entry: DeclaredTable.Entry, _ table: DeclaredTable, _ names: FormulaNames, _ measures: MeasureBook,
    _ indicators: [String: Indicator]
  ) throws -> Column {
    let formula = try table.formula(entry, "formula")
    if let fault = names.fault(of: formula) { throw table.problem(fault.code, entry, fault.facts) }
    var (measure, indicator): (MeasureBook.Measure?, Indicator?) = (nil, nil)
    if case .reference(let only) = formula {
      measure = measures[only.name]
      indicator = indicators[only.name]
    }
    let own = measure?.unit ?? indicator?.unit
    let unit = entry["unit"].isEmpty && own != nil ? own : try table.named(entry, "unit", measures.units)
    let decimals =
      entry["decimals"].isEmpty ? measure?.decimals ?? indicator?.decimals ?? 0 : try table.decimals(entry)
    let label =
      entry["fr"].isEmpty ? measure?.label ?? indicator?.title : try entry.label(in: table)
    let short =
      entry["short_fr"].isEmpty ? measure?.short ?? indicator?.short ?? label : try entry.label("short_", in: table)
    guard let unit, let label, let short else {
      throw table.problem("share.no_translation", entry, ["key": entry["column"]])
    }
    return Column(
      column: .init(entry["column"], label, short: short, unit, decimals: decimals), formula: formula,
      indicator: indicator?.id)
  }
}
