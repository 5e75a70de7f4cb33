import Diagnostics
import Tabular

/// What a simulation of scale 1 should hold of each family in each area: `fr-calibration.csv`, `be-calibration.csv`.
struct Margins {
  struct Cell {
    /// How many more units of the family than its share of the people of the country.
    var units = 1.0
    /// Nothing where the figure is left as it comes.
    var employers: Double?
    var jobs: Double?
    var fte: Double?
  }

  /// Codes of territories; one more area, the last of the cells, is what lies in none of them.
  let areas: [String]
  let population: [Double]
  let familyCount: Int
  /// Families that come on top of the published shares: their jobs are not made up for.
  let apart: Set<Int>
  private var cells: [Cell]
  /// The years of the simulation that the figures are those of.
  let jobsYear: Int
  let employersYear: Int

  init(_ path: String, families: [String], years: ClosedRange<Int>) throws {
    let table = try Self.table(path)
    func declared(_ property: String) throws -> [Int] {
      try table[property].split(separator: " ").map { text in
        guard let year = Int(text) else {
          throw Problem(
            "share.bad_number", at: Place(file: path, line: 1), ["column": property, "value": table[property]])
        }
        return year
      }
    }
    let known = try declared("employers_years")
    func distance(_ year: Int) -> Int { abs(year - years.clamping(year)) }
    // The nearest to the simulated years, and of two as near the later one.
    let published = known.max { (-distance($0), $0) < (-distance($1), $1) } ?? years.upperBound
    employersYear = years.clamping(published)
    jobsYear = years.clamping(try declared("jobs_year").first ?? years.upperBound)
    var areas: [String] = []
    var population: [Double] = []
    var cells: [Cell] = []
    familyCount = families.count
    apart = Set(
      try table["apart"].split(separator: " ").map(String.init).map { family in
        guard let position = families.firstIndex(of: family) else {
          throw Problem(
            "share.unknown_code", at: Place(file: path, line: 1),
            ["code": family, "known": families.joined(separator: ", ")])
        }
        return position
      })
    for entry in table.entries {
      guard let family = families.firstIndex(of: entry["family"]) else {
        throw table.problem(
          "share.unknown_code", entry, ["code": entry["family"], "known": families.joined(separator: ", ")])
      }
      if areas.last != entry["area"] {
        areas.append(entry["area"])
        population.append(try entry.number("population", in: table))
        cells += Array(repeating: Cell(), count: families.count)
      }
      func number(_ column: String) throws -> Double? {
        entry[column].isEmpty ? nil : try entry.number(column, in: table)
      }
      cells[(areas.count - 1) * families.count + family] = Cell(
        units: try entry.number("units", in: table), employers: try number("employers_\(published)"),
        jobs: try number("jobs"), fte: try number("fte"))
    }
    self.areas = areas
    self.population = population
    self.cells = cells + Array(repeating: Cell(), count: families.count)
  }

  private static func table(_ path: String) throws -> DeclaredTable {
    try DeclaredTable(
      path, columns: ["area", "population", "family", "units", "jobs", "fte"],
      properties: ["id", "source", "confidence", "perimeter", "jobs_year", "employers_years"])
  }

  /// The perimeter that the table speaks of.
  static func perimeter(_ path: String) throws -> String { try table(path)["perimeter"] }

  subscript(area: Int, family: Int) -> Cell { cells[area * familyCount + family] }

  /// The area of a commune, by the territories that hold it.
  func area(_ ancestors: [String], _ positions: [String: Int]) -> Int {
    ancestors.lazy.compactMap { positions[$0] }.first ?? areas.count
  }
}

extension ClosedRange where Bound == Int {
  /// The value of the range that is nearest.
  func clamping(_ value: Int) -> Int { Swift.min(Swift.max(value, lowerBound), upperBound) }
}
