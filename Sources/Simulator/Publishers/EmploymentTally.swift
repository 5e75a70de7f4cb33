/// What INSEE counts of the establishments with jobs on 31 December, by commune, family and section: by CLAP until
/// 2015, by FLORES since.
struct EmploymentTally {
  /// What is told of a cell in a year: a place in its row.
  enum Measure: Int, CaseIterable { case count, jobs, tenths, pay, largest }

  private static let firstOfFlores = 2016

  /// Those of the simulated years that CLAP told, and those that FLORES tells.
  static func yearsOfClap(_ years: ClosedRange<Int>) -> Range<Int> { Range(years).clamped(to: 0..<firstOfFlores) }
  static func yearsOfFlores(_ years: ClosedRange<Int>) -> Range<Int> {
    Range(years).clamped(to: firstOfFlores..<Int.max)
  }

  /// None where the simulation is of other days: nothing is counted then.
  let years: Range<Int>
  /// Whom it takes for the social economy.
  let field: PublisherField
  /// The family 0 is all establishments.
  private var cells: CellTable<Int>

  init(_ years: Range<Int>, field: PublisherField) {
    self.years = years
    self.field = field
    cells = CellTable(width: Measure.allCases.count * years.count)
  }

  /// Where the figures of a cell begin.
  mutating func start(of key: Int) -> Int? { years.isEmpty ? nil : cells.start(of: key) }

  /// Adds what an establishment tells at the end of a year, if it is one of these.
  mutating func add(_ told: EmployerYear, in year: Int, to start: Int?) {
    guard let start, years.contains(year) else { return }
    let place = start + Measure.allCases.count * (year - years.lowerBound)
    cells[place] += 1
    cells[place + Measure.jobs.rawValue] += told.jobs
    cells[place + Measure.tenths.rawValue] += told.headcount.tenths
    cells[place + Measure.pay.rawValue] += told.headcount.pay
    cells[place + Measure.largest.rawValue] = max(cells[place + Measure.largest.rawValue], told.jobs)
  }

  /// Gives the figures of a cell, year after year, the first as 0; nothing where it was never met.
  func forEachYear(of key: Int, _ body: (Int, EmploymentFigures) -> Void) {
    guard let row = cells.row(key) else { return }
    for year in 0..<years.count {
      let place = row.startIndex + Measure.allCases.count * year
      func value(_ measure: Measure) -> Int { row[place + measure.rawValue] }
      body(
        year,
        EmploymentFigures(
          count: value(.count), jobs: value(.jobs), tenths: value(.tenths), pay: value(.pay), largest: value(.largest)))
    }
  }
}

/// What INSEE tells of a family and an activity of a territory in a year.
struct EmploymentFigures: Equatable {
  var count = 0
  var jobs = 0
  /// Full-time equivalents, in tenths.
  var tenths = 0
  var pay = 0
  /// Jobs of the largest establishment.
  var largest = 0

  static func + (one: Self, other: Self) -> Self {
    Self(
      count: one.count + other.count, jobs: one.jobs + other.jobs, tenths: one.tenths + other.tenths,
      pay: one.pay + other.pay, largest: max(one.largest, other.largest))
  }
}
