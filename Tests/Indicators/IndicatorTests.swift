import TestSupport
import Testing

@testable import Indicators
@testable import Secrecy

/// Indicators as they are declared, on a few invented employers: each result is worked out beside it.
@Suite("Indicators by hand")
struct IndicatorTests {
  // MARK: - Specialisation

  @Test func `location quotients by hand`() throws {
    let cube = try TwoRegions.cube()
    // (120/175) / (330/640); (210/465) / (330/640); (10/175) / (100/640).
    #expect(try isNear(cube.value("I08", ["a10": "A"]), 120.0 * 640 / (175 * 330)))
    #expect(try isNear(cube.value("I08", place: 1, ["a10": "A"]), 210.0 * 640 / (465 * 330)))
    #expect(try isNear(cube.value("I08", ["a10": "C"]), 64.0 / 175))
    #expect(try isNear(cube.value("I08"), 1))
    for sector in TwoRegions.sectors { #expect(try isNear(cube.value("I08", place: 2, ["a10": sector]), 1)) }
    #expect(try cube.value("I08", year: 2023, ["a10": "C"]) == 0)
  }

  @Test func `distance of specialisation and spatial Gini by hand`() throws {
    let cube = try TwoRegions.cube()
    // Half of |120/175 − 330/640| + |45/175 − 210/640| + |10/175 − 100/640|: what the first has more.
    #expect(try isNear(cube.value("I09"), 120.0 / 175 - 330.0 / 640))
    #expect(try cube.value("I09", place: 2) == 0)
    // South has 465/640 of all jobs and 210/330 of those of A: with two areas, Gini is the gap.
    #expect(try isNear(cube.value("I10", place: 2, ["a10": "A"]), 465.0 / 640 - 210.0 / 330))
    #expect(try abs(cube.value("I10", place: 2)) < 1e-9)
  }

  @Test func `economic base by hand`() throws {
    // All jobs of a territory and of its country: 110, 160, 130 of 400; 400, 1000, 600 of 2000.
    let jobs: [[String: Double]] = [
      ["A": 110, "B": 160, "C": 130, "total": 400], ["A": 400, "B": 1000, "C": 600, "total": 2000],
    ]
    let cube = try HandCube(
      places: 2, axes: ["who": ["ess", "total"], "a10": ["A", "B", "C", "total"]], ["jobs"], reference: 1
    ) { spot, _ in .constant(spot["who"] == "total" ? jobs[spot.place][spot["a10"]] ?? 0 : 1) }
    // Basic: 110 − 400·400/2000 = 30, none of B (160 < 200), 130 − 400·600/2000 = 10; 400/40.
    #expect(try isNear(cube.value("I27"), 10))
    // The same by quotients: (1 − 1/1.375)·110 + (1 − 1/(13/12))·130 = 30 + 10, and 1/(1 − 360/400).
    #expect(try isNear(cube.value("I27"), 1 / (1 - 360.0 / 400)))
    // Nothing is over-represented in the reference itself.
    #expect(try cube.cell("I27", place: 1).status == .notAvailable)
  }

  // MARK: - People and pay

  private static func people(_ figures: [String: Double]) throws -> HandCube {
    try HandCube(
      years: [2023, 2024], axes: ["who": ["ess", "public", "total"]], figures.keys.sorted()
    ) { spot, measure in
      switch (measure, spot["who"], spot.year) {
      case ("jobs", "ess", 2023): .constant(140)
      case ("jobs", "public", _): .constant(200)
      case ("jobs", "total", _): .constant(1000)
      default: .constant(figures[measure] ?? 0)
      }
    }
  }

  @Test func `weights and averages by hand`() throws {
    let cube = try Self.people([
      "jobs": 100, "establishments": 8, "fte": 80, "gross_pay": 3_000_000, "age_50_59": 30, "age_60_plus": 10,
    ])
    #expect(try isNear(cube.value("I01"), 10))  // 100/1000
    #expect(try isNear(cube.value("I02"), 12.5))  // 100/(1000 − 200)
    #expect(try isNear(cube.value("I03"), 12.5))  // 100/8
    #expect(try isNear(cube.value("I04"), 0.8))  // 80/100
    #expect(try isNear(cube.value("I05"), 25_000))  // 2·3 000 000/(100 + 140)
    #expect(try isNear(cube.value("I06"), 37_500))  // 3 000 000/80
    #expect(try isNear(cube.value("I23"), 40))  // (30 + 10)/100
    #expect(try cube.cell("I05", year: 2023).status == .notAvailable)
  }

  @Test func `pay gap by hand`() throws {
    let cube = try Self.people(["jobs": 100, "women": 48, "gross_pay": 3_000_000, "women_pay": 1_200_000])
    // Women 1 200 000/48 = 25 000; men 1 800 000/52; 1 − 25 000·52/1 800 000 = 0.27777…
    #expect(try isNear(cube.value("I07"), 250.0 / 9))
    // A row of one sex tells the same: the gap is of both.
    for sex in ["women", "men", "total"] { #expect(try isNear(cube.value("I07", ["sex": sex]), 250.0 / 9)) }
    #expect(try isNear(cube.value("gross_pay / jobs", ["sex": "women"]), 25_000))
    #expect(try isNear(cube.value("gross_pay / jobs", ["sex": "men"]), 1_800_000.0 / 52))
    // The pay of women is over the women, not over all: 2·1 200 000/(48 + 48); of men 2·1 800 000/(52 + 92).
    for sex in ["women", "men", "total"] { #expect(try isNear(cube.value("I05", ["sex": sex]), 25_000)) }
    let equal = try Self.people(["jobs": 100, "women": 25, "gross_pay": 4_000_000, "women_pay": 1_000_000])
    #expect(try abs(equal.value("I07")) < 1e-9)
    let nobody = try Self.people(["jobs": 100, "women": 0, "gross_pay": 4_000_000, "women_pay": 0])
    #expect(try nobody.cell("I07").status == .notAvailable)
  }

  @Test func `retirements by hand`() throws {
    let cube = try Self.people(["jobs": 200, "age_50_59": 45, "age_55_59": 20, "age_60_plus": 10])
    // 10 + 0.95·20 + 0.35·(45 − 20).
    #expect(try isNear(cube.value("I24"), 37.75))
    let five = try #require(Checkout.tables.table("T16").columns.first { $0.column.id == "leaving_5" })
    let written = "0.95 * age_60_plus + 0.35 * age_55_59"
    let formula = try FormulaParser.formula(written)
    #expect(five.formula == formula)
    // 0.95·10 + 0.35·20.
    #expect(try isNear(cube.value(written), 16.5))
  }

  @Test func `multipliers and payroll by hand`() throws {
    let cube = try Self.people(["jobs": 1, "gross_pay": 1_000_000])
    // c = 0.8, t = 0.35, m = 0.6: 1/(1 − 0.8·0.65·0.4) = 1/0.792.
    #expect(try isNear(cube.value("I28"), 1 / 0.792))
    // 100, of which 40 are spent here, of which 12 again: 152/100.
    #expect(try isNear(cube.value("I29"), 1.52))
    // 1 000 000·0.75·0.8.
    #expect(try isNear(cube.value("I30"), 600_000))
  }

  @Test func `the parts of jobs and of pay are those of their whole`() throws {
    let cube = try Self.people([
      "jobs": 100, "gross_pay": 900, "women": 60, "women_pay": 400, "age_15_29": 20, "age_30_49": 40, "age_50_59": 30,
      "age_55_59": 12, "age_60_plus": 10, "permanent": 70, "fixed_term": 15, "other_contracts": 15, "assisted": 5,
      "apprentices": 4, "agency": 1, "full_time": 65, "part_time": 35, "managers": 10, "intermediate": 30, "clerks": 40,
      "workers": 20, "pay_managers": 250, "pay_intermediate": 300, "pay_clerks": 200, "pay_workers": 150,
      "blue_collar": 30, "white_collar": 60, "civil_servants": 10,
    ])
    for breakdown in try Checkout.tables.measures.breakdowns {
      for measure in ["jobs", "gross_pay"] where breakdown.formula("total", of: measure) != nil {
        var sum = 0.0
        for member in breakdown.members where !member.isTotal {
          sum += try cube.value(measure, [breakdown.id: member.code])
        }
        #expect(try isNear(sum, cube.value(measure)), "\(breakdown.id) of \(measure)")
      }
    }
    #expect(try cube.value("jobs", ["age": "50-54"]) == 18)
    #expect(try cube.value("jobs", ["contract": "other"]) == 5)
  }

  /// Where nobody gives occupations, statuses are shares of those who give statuses.
  @Test func `a share is of the dimension that the table shows`() throws {
    let statuses: [String: Double] = ["jobs": 100, "blue_collar": 30, "white_collar": 60, "civil_servants": 10]
    let cube = try Self.people(statuses)
    let share = try #require(Checkout.tables.table("T19").columns.first { $0.column.id == "share" })
    let formula = try FormulaParser.formula("100 * jobs / jobs[occupation=total, status=total]")
    #expect(share.formula == formula)
    let written = "100 * jobs / jobs[occupation=total, status=total]"
    #expect(try isNear(cube.value(written, ["status": "blue_collar"]), 30))
    #expect(try isNear(cube.value(written, ["status": "total"]), 100))
  }

  // MARK: - Units and concentration

  @Test func `creations and cessations are of those who were there before`() throws {
    let figures: [String: Double] = ["stock_before": 100, "creations": 12, "cessations": 7, "survival_3": 80]
    let cube = try HandCube(figures.keys.sorted(), of: .units) { _, measure in .constant(figures[measure] ?? 0) }
    #expect(try isNear(cube.value("I17"), 12))
    #expect(try isNear(cube.value("I18"), 7))
    #expect(try isNear(cube.value("I19"), 80))
  }

  @Test func `concentration is told as its band, and as nothing where it was not asked for`() throws {
    let bands = ConcentrationBands(of: [41, 12, 8, 8, 7, 7, 6, 5, 4, 2])
    let cube = try HandCube(["jobs"], bands: [bands]) { _, _ in .constant(100) }
    #expect(try cube.cell("I11") == bands.hhi)
    #expect(try cube.cell("I12") == bands.c4)
    #expect(try cube.cell("I12").basis == .banded)
    let without = try HandCube(["jobs"]) { _, _ in .constant(100) }
    #expect(try without.cell("I12").status == .notAvailable)
  }

  // MARK: - What is hidden

  /// A figure that is held back somewhere in the formula holds the result back.
  @Test func `no indicator comes out of what is hidden`() throws {
    let book = try Checkout.tables
    for indicator in book.indicators {
      let measures = indicator.formula.references.map(\.name).filter {
        book.measures[$0] != nil && !ConcentrationBands.names.contains($0)
      }
      guard let first = measures.first, let subject = book.measures[first]?.subject else { continue }
      let cube = try HandCube(
        years: [2023, 2024], places: 2,
        axes: ["who": ["ess", "private", "public", "total"], "a10": ["A", "B", "total"]], Set(measures).sorted(),
        of: subject, reference: 1
      ) { _, _ in .suppressed }
      let cell = try cube.cell(indicator.id, ["a10": "A"])
      #expect(cell.value == nil && cell.low == nil && cell.high == nil, "\(indicator.id)")
      #expect(cell.status == .suppressed, "\(indicator.id) is \(cell.status)")
    }
  }
}
