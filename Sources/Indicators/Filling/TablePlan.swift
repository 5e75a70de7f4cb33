internal import Diagnostics
internal import Nomenclature
internal import Perimeter
internal import Secrecy
internal import Territory
internal import Warehouse
internal import Wording

/// What a table needs of the facts, read from its formulas: measures, dimensions with their members, years, places.
struct TablePlan {
  let request: TableRequest
  let book: TableBook
  let dimensions: [String]
  /// The axes that the table shows after territory and year.
  let shown: [StatisticalTable.Axis]
  /// The axes of the cube: the same for all that the table is made of.
  let cubeAxes: [CubeAxis]
  /// By what they are of.
  let measures: [MeasureBook.Subject: [String]]
  let concentration: String?
  private let needed: Set<String>
  private let usual: String
  let wantsReference: Bool
  let years: [Int]
  /// Those of the table, and those that its formulas look back at or name.
  let cubeYears: [Int]

  init(_ request: TableRequest, _ book: TableBook, _ axisBook: AxisBook, _ ground: Ground) throws {
    let release = ground.release
    self.request = request
    self.book = book
    let table = request.table
    var dimensions = table.dimensions
    if let by = request.by, Territory.Level(rawValue: by) == nil || !dimensions.contains("area") {
      guard table.choices.contains(by) || table.dimensions.contains(by), !dimensions.isEmpty else {
        let known = table.choices + (dimensions.contains("area") ? Territory.Level.allCases.map(\.rawValue) : [])
        throw Problem(
          known.isEmpty ? "table.no_choice" : "table.by", status: .commandLine,
          [
            "table": table.id, "dimension": by, "known": known.joined(separator: ", "),
            "nearest": nearest(to: by, among: known) ?? "",
          ])
      }
      // By one of its other dimensions, a table is told by those alone.
      dimensions.removeLast()
      if !dimensions.contains(by) { dimensions.append(by) }
    }
    self.dimensions = dimensions
    let needs = Needs(table.columns.map(\.formula), book, shown: dimensions)
    var shown: [StatisticalTable.Axis] = []
    var axes: [CubeAxis] = []
    var whoMembers: Set<String> = ["ess"]
    for dimension in dimensions where dimension != "area" {
      let label = try axisBook.words.label("dimension.\(dimension)")
      if TableDeclaration.who.contains(dimension) {
        let members = try axisBook.shown(dimension)
        whoMembers.formUnion(members.map(\.code))
        shown.append(.init(dimension, label, .classification, members))
      } else if let breakdown = book.measures.breakdown(dimension) {
        shown.append(.init(dimension, label, .classification, breakdown.members))
      } else {
        let axis = try axisBook.axis(dimension)
        axes.append(axis)
        shown.append(.init(dimension, label, .classification, axis.members))
      }
    }
    for dimension in needs.dimensions.sorted() where !["area", "year"].contains(dimension) {
      if TableDeclaration.who.contains(dimension) {
        whoMembers.formUnion(needs.members[dimension] ?? [])
      } else if dimension == "sector" || TableDeclaration.sectors.contains(dimension) {
        if !axes.contains(where: { TableDeclaration.sectors.contains($0.id) }) {
          axes.append(try axisBook.axis(dimension == "sector" ? "a10" : dimension))
        }
      } else if book.measures.breakdown(dimension) == nil, !axes.contains(where: { $0.id == dimension }) {
        axes.append(try axisBook.axis(dimension))
      }
    }
    // What leads from one perimeter to another looks beyond the one in force.
    let usual = dimensions.contains("bridge") ? "total" : "ess"
    needed = whoMembers.union([usual])
    self.usual = usual
    axes.insert(try axisBook.axis("who", needed: needed, usual: usual), at: 0)
    self.shown = shown
    cubeAxes = axes
    var names = needs.measures.subtracting(ConcentrationBands.names)
    concentration = names.count < needs.measures.count ? "jobs" : nil
    if concentration != nil { names.insert("jobs") }
    measures = Dictionary(grouping: names.sorted()) { name in
      let own = name.split(separator: "@").first.map(String.init) ?? name
      return book.measures[own]?.subject ?? table.subject
    }
    wantsReference = needs.members["area"]?.contains("reference") ?? false
    let countries = Set(request.areas.flatMap(\.countries).map(\.rawValue))
    let all = ground.years(of: table.subject, in: countries)
    let newest = release.manifest.stockYear(of: countries)
    let one = table.subject == .employers ? newest : all.last { $0 <= newest } ?? all.last ?? newest
    let years = request.years ?? (table.years == .series && !all.isEmpty ? all : [one])
    for year in years where !release.manifest.years.contains(year) {
      throw Problem(
        "table.no_year", status: .commandLine,
        ["year": String(year), "known": release.manifest.years.map(String.init).joined(separator: ", ")])
    }
    self.years = years
    var cubeYears = Set(years)
    for year in years { for back in 0...table.before { cubeYears.insert(year - back) } }
    cubeYears.formUnion((needs.members["year"] ?? []).compactMap { Int($0) })
    self.cubeYears = cubeYears.sorted()
  }

  /// The same axes over facts of another kind.
  func axes(_ axisBook: AxisBook) throws -> [CubeAxis] {
    try cubeAxes.map { try axisBook.axis($0.id, needed: needed, usual: usual) }
  }

  /// The perimeter must speak of every country of the territory.
  func checkCountries() throws(Problem) {
    for area in request.areas {
      guard !area.parts.isEmpty else {
        throw Problem("table.empty_territory", status: .commandLine, ["territory": area.territory.code])
      }
      guard area.countries.isSubset(of: request.perimeter.countries) else {
        throw Problem(
          "table.perimeter_elsewhere", status: .commandLine,
          ["perimeter": request.perimeter.id, "territory": area.territory.code])
      }
    }
  }
}

/// What formulas name, through the indicators that they are made of.
struct Needs {
  private(set) var measures: Set<String> = []
  private(set) var dimensions: Set<String> = []
  private(set) var members: [String: Set<String>] = [:]

  /// `shown`: the dimensions that are told; of those that are parts of measures, the parts are needed too.
  init(_ formulas: [Formula], _ book: TableBook, shown: [String] = []) {
    let indicators = Dictionary(uniqueKeysWithValues: book.indicators.map { ($0.id, $0) })
    var seen: Set<String> = []
    var whole: [String] = []
    var given: [(measure: String, other: String)] = []
    func add(_ formula: Formula) {
      dimensions.formUnion(formula.spans)
      for reference in formula.references {
        for selector in reference.selectors where selector.dimension != "given" {
          dimensions.insert(selector.dimension)
          members[selector.dimension, default: []].insert(selector.member)
        }
        if book.measures[reference.name] != nil {
          if let other = reference.selectors.first(where: { $0.dimension == "given" }) {
            let name = FactMeasure.name(reference.name, given: other.member)
            if measures.insert(name).inserted { given.append((reference.name, other.member)) }
          } else if measures.insert(reference.name).inserted {
            whole.append(reference.name)
          }
        } else if let indicator = indicators[reference.name], seen.insert(indicator.id).inserted {
          add(indicator.formula)
        }
      }
    }
    formulas.forEach(add)
    let parted = book.measures.breakdowns.filter { dimensions.contains($0.id) || shown.contains($0.id) }
    for measure in whole {
      for breakdown in parted {
        for member in breakdown.members { breakdown.formula(member.code, of: measure).map(add) }
      }
    }
    for (measure, other) in given {
      for breakdown in parted {
        for member in breakdown.members { breakdown.formula(member.code, of: measure, given: other).map(add) }
      }
    }
  }
}
