/// What FLORES tells of a family and an activity of a territory in a year.
struct FloresFigures: Equatable {
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

/// The figures of one territory, by family, section and year: the sum of its communes.
struct FloresTable {
  let families: [Int]
  private let years: ClosedRange<Int>
  private let sections: Int
  private var figures: [FloresFigures]

  init(_ tally: FrenchTally, communes: [Int], families: [Int]) {
    self.families = families
    years = tally.years
    sections = tally.activities.sections.count
    figures = Array(repeating: FloresFigures(), count: families.count * sections * years.count)
    for place in communes {
      for (rank, family) in families.enumerated() {
        for section in 0..<sections {
          guard let row = tally.flores.row(FrenchTally.key(place, family, section)) else { continue }
          let start = (rank * sections + section) * years.count
          for year in 0..<years.count {
            let place = row.startIndex + FrenchTally.Measure.allCases.count * year
            func value(_ measure: FrenchTally.Measure) -> Int { row[place + measure.rawValue] }
            figures[start + year] =
              figures[start + year]
              + FloresFigures(
                count: value(.count), jobs: value(.jobs), tenths: value(.tenths), pay: value(.pay),
                largest: value(.largest))
          }
        }
      }
    }
  }

  /// The sections of some families together.
  func parts(of wanted: [Int], in year: Int) -> [FloresFigures] {
    (0..<sections).map { section in
      families.indices.filter { wanted.contains(families[$0]) }.reduce(FloresFigures()) {
        $0 + figures[($1 * sections + section) * years.count + year - years.lowerBound]
      }
    }
  }
}
