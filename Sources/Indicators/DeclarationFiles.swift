internal import Diagnostics
internal import Filesystem

/// Reads the files that declare indicators and tables, and what they say of each other.
///
/// A file of the program that cannot be stops everything; one that an observatory adds is left out and told, with all
/// that is made of it, and the others stand.
struct DeclarationFiles {
  private let measures: MeasureBook
  private(set) var indicators: [String: Indicator] = [:]
  private(set) var tables: [String: TableDeclaration] = [:]
  private(set) var faults: [Problem] = []
  /// Indicators that are left out, with their file.
  private var leftOut: [String: String] = [:]

  init(_ measures: MeasureBook) { self.measures = measures }

  // MARK: - Indicators

  mutating func addIndicators(in share: String) throws {
    for path in try Self.files("indicators", share) { try addIndicator(path) }
    for id in indicators.keys.sorted() { try checkNames(of: id) }
    try checkCircles()
    settleGrades()
    for measure in measures.measures where !measure.grade.addsUp {
      try checkNearest(measure.nearest, at: measure.place)
    }
    for id in indicators.keys.sorted() { try checkNearest(of: id) }
  }

  mutating func addOwnIndicators(in folders: [String]) throws {
    var own: Set<String> = []
    for path in try folders.flatMap({ try Self.files("indicators", $0) }) {
      do {
        own.insert(try addIndicator(path))
      } catch let problem as Problem {
        try leaveOut(String(Folder.name(of: path).dropLast(".csv".count)), path, problem)
      }
    }
    // One that is left out takes with it those that are made of it, and those that call it nearest.
    while let (id, problem) = fault(among: own) {
      own.remove(id)
      try leaveOut(id, problem.place.file ?? id, problem)
    }
  }

  private mutating func leaveOut(_ id: String, _ path: String, _ problem: Problem) throws(Problem) {
    if problem.status == .interrupted { throw problem }
    faults.append(problem.located(in: Place(file: path)))
    // One that bears the name of another does not hide it.
    if indicators[id]?.formulaPlace.file == path { indicators[id] = nil }
    if indicators[id] == nil { leftOut[id] = path }
  }

  private mutating func fault(among own: Set<String>) -> (id: String, problem: Problem)? {
    if let fault = fault(among: own, checkNames(of:)) { return fault }
    do throws(Problem) {
      try checkCircles()
    } catch {
      return own.sorted().first { indicators[$0]?.formulaPlace == error.place }.map { ($0, error) }
    }
    settleGrades()
    return fault(among: own, checkNearest(of:))
  }

  private func fault(
    among own: Set<String>, _ check: (String) throws(Problem) -> Void
  ) -> (id: String, problem: Problem)? {
    for id in own.sorted() {
      do throws(Problem) {
        try check(id)
      } catch {
        return (id, error)
      }
    }
    return nil
  }

  @discardableResult
  private mutating func addIndicator(_ path: String) throws -> String {
    let indicator = try Indicator(path, measures)
    try Self.checkName(indicator.id, path)
    guard indicators[indicator.id] == nil else {
      throw Problem("tables.twice", at: Place(file: path), ["id": indicator.id])
    }
    // Whoever asks for it by its code is given this one and no other.
    let code = indicator.code.lowercased()
    if let other = indicators.values.first(where: { [$0.code.lowercased(), $0.id.lowercased()].contains(code) }) {
      throw Problem("indicators.code_twice", at: indicator.codePlace, ["code": indicator.code, "id": other.id])
    }
    indicators[indicator.id] = indicator
    return indicator.id
  }

  // MARK: - What indicators say of each other

  private func checkNames(of id: String) throws(Problem) {
    guard let indicator = indicators[id] else { return }
    let names = FormulaNames(
      measures, indicators: Set(indicators.keys).subtracting([id]), parameters: Set(indicator.parameters.keys),
      leftOut: leftOut)
    if let fault = names.fault(of: indicator.formula) {
      throw Problem(fault.code, at: indicator.formulaPlace, fault.facts)
    }
  }

  /// An indicator that is made of itself through others would never be computed.
  private func checkCircles() throws(Problem) {
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

  /// What is made of figures that do not add up over the border does not either.
  private mutating func settleGrades() {
    for (id, indicator) in indicators {
      let names = indicator.formula.names(through: indicators)
      let parts = names.compactMap { measures[$0]?.grade ?? indicators[$0]?.grade }
      indicators[id]?.grade = parts.reduce(indicator.grade, max)
    }
  }

  private func checkNearest(of id: String) throws(Problem) {
    guard let indicator = indicators[id] else { return }
    try checkNearest(indicator.nearest, at: indicator.nearestPlace)
  }

  /// What is called nearest is there, and adds up itself.
  private func checkNearest(_ name: String, at place: Place) throws(Problem) {
    if name.isEmpty { return }
    if let file = leftOut[name] { throw Problem("formula.left_out", at: place, ["name": name, "file": file]) }
    guard let grade = measures[name]?.grade ?? indicators[name]?.grade else {
      let known = indicators.keys.sorted() + measures.measures.map(\.id)
      throw Problem(
        "formula.unknown", at: place, ["name": name, "nearest": nearest(to: name, among: known) ?? ""])
    }
    guard grade.addsUp else {
      throw Problem("indicators.nearest_apart", at: place, ["name": name, "grade": grade.rawValue])
    }
  }

  // MARK: - Tables

  mutating func addTables(in share: String) throws {
    for path in try Self.files("tables", share) { try addTable(path) }
  }

  mutating func addOwnTables(in folders: [String]) throws {
    for path in try folders.flatMap({ try Self.files("tables", $0) }) {
      do {
        try addTable(path)
      } catch let problem as Problem {
        if problem.status == .interrupted { throw problem }
        faults.append(problem.located(in: Place(file: path)))
      }
    }
  }

  private mutating func addTable(_ path: String) throws {
    let table = try TableDeclaration(path, measures, indicators, leftOut: leftOut)
    try Self.checkName(table.id, path)
    guard tables[table.id] == nil else { throw Problem("tables.twice", at: Place(file: path), ["id": table.id]) }
    tables[table.id] = table
  }

  // MARK: - Files

  /// What stands among the indicators and is none.
  private static let others = ["units.csv", "measures.csv", "breakdowns.csv"]

  private static func files(_ folder: String, _ root: String) throws(Problem) -> [String] {
    guard Folder.exists("\(root)/\(folder)") else { return [] }
    return try Folder.names(in: "\(root)/\(folder)").sorted()
      .filter { $0.hasSuffix(".csv") && !(folder == "indicators" && Self.others.contains($0)) }
      .map { "\(root)/\(folder)/\($0)" }
  }

  /// A file is found by its name: it says the same inside.
  private static func checkName(_ id: String, _ path: String) throws(Problem) {
    guard "\(id).csv" == Folder.name(of: path) else {
      throw Problem("tables.other_name", at: Place(file: path), ["id": id])
    }
  }
}
