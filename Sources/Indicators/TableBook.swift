package import Diagnostics
internal import Filesystem

/// The measures, indicators and standard tables that are declared: those of the program, and those that an observatory
/// adds in a folder of its own.
package struct TableBook: Sendable {
  package let measures: MeasureBook
  package let indicators: [Indicator]
  package let tables: [TableDeclaration]

  /// `folders`: of the observatory, with `tables` and `indicators` in it.
  package init(share: String, own folders: [String] = []) throws {
    measures = try MeasureBook(share: share)
    var indicators: [String: Indicator] = [:]
    for path in try Self.files("indicators", [share] + folders) {
      let name = Folder.name(of: path)
      if ["units.csv", "measures.csv", "breakdowns.csv"].contains(name) { continue }
      let indicator = try Indicator(path, measures)
      try Self.check(indicator.id, path)
      guard indicators.updateValue(indicator, forKey: indicator.id) == nil else {
        throw Problem("tables.twice", at: Place(file: path), ["id": indicator.id])
      }
    }
    for indicator in indicators.values.sorted(by: { $0.id < $1.id }) {
      let names = FormulaNames(
        measures: Set(measures.measures.map(\.id)), indicators: Set(indicators.keys).subtracting([indicator.id]),
        parameters: Set(indicator.parameters.keys))
      if let fault = names.fault(of: indicator.formula) {
        throw Problem(fault.code, at: indicator.formulaPlace, fault.facts)
      }
    }
    try Self.checkCircles(indicators, measures)
    self.indicators = indicators.values.sorted { $0.id < $1.id }
    var tables: [String: TableDeclaration] = [:]
    for path in try Self.files("tables", [share] + folders) {
      let table = try TableDeclaration(path, measures, indicators)
      try Self.check(table.id, path)
      guard tables.updateValue(table, forKey: table.id) == nil else {
        throw Problem("tables.twice", at: Place(file: path), ["id": table.id])
      }
    }
    self.tables = tables.values.sorted { $0.id < $1.id }
  }

  /// An indicator that is made of itself through others would never be computed.
  private static func checkCircles(_ indicators: [String: Indicator], _ measures: MeasureBook) throws(Problem) {
    var settled: Set<String> = []
    func follow(_ indicator: Indicator, after chain: [Indicator]) throws(Problem) {
      if settled.contains(indicator.id) { return }
      let longer = chain + [indicator]
      if let start = chain.firstIndex(where: { $0.id == indicator.id }) {
        let circle = longer[start...].map(\.id).joined(separator: " → ")
        throw Problem("formula.circle", at: indicator.formulaPlace, ["chain": circle])
      }
      for name in indicator.formula.references.map(\.name) where measures[name] == nil {
        if let other = indicators[name] { try follow(other, after: longer) }
      }
      settled.insert(indicator.id)
    }
    for indicator in indicators.values.sorted(by: { $0.id < $1.id }) { try follow(indicator, after: []) }
  }

  private static func files(_ folder: String, _ roots: [String]) throws(Problem) -> [String] {
    var found: [String] = []
    for root in roots where Folder.exists("\(root)/\(folder)") {
      found += try Folder.names(in: "\(root)/\(folder)").filter { $0.hasSuffix(".csv") }.sorted()
        .map { "\(root)/\(folder)/\($0)" }
    }
    return found
  }

  /// A file is found by its name: it says the same inside.
  private static func check(_ id: String, _ path: String) throws(Problem) {
    guard "\(id).csv" == Folder.name(of: path) else {
      throw Problem("tables.other_name", at: Place(file: path), ["id": id])
    }
  }

  package func table(_ id: String) throws(Problem) -> TableDeclaration {
    guard let table = tables.first(where: { $0.id == id.uppercased() }) ?? tables.first(where: { $0.id == id }) else {
      let known = tables.map(\.id)
      throw Problem(
        "table.unknown", status: .commandLine,
        [
          "table": id, "known": known.joined(separator: ", "),
          "nearest": nearest(to: id.uppercased(), among: known) ?? "",
        ])
    }
    return table
  }

  package func indicator(_ id: String) throws(Problem) -> Indicator {
    guard
      let indicator = indicators.first(where: { $0.id == id.uppercased() || $0.code.lowercased() == id.lowercased() })
    else {
      let known = indicators.map(\.id) + indicators.map(\.code)
      throw Problem(
        "indicator.unknown", status: .commandLine,
        ["indicator": id, "known": known.joined(separator: ", "), "nearest": nearest(to: id, among: known) ?? ""])
    }
    return indicator
  }
}
