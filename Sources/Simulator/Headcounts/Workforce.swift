import Diagnostics
import Tabular

/// An establishment seen as an employer, in either country.
struct Employer: BitwiseCopyable {
  /// Of the last year, or of the last year before it closed.
  var jobs: Int
  var created: Int
  /// The day it closed, or nothing while it is open.
  var closed: Int?
  var division: Int
  /// Factor of the pay of its activity.
  var pay: Double
  /// Factor of what its jobs lack to a full time.
  var hours = 1.0
  /// What its sequence of draws starts from.
  var key: UInt64
}

/// Headcounts year after year, and how they divide.
final class Workforce {
  /// Of a division of activities, as shares of the headcount.
  struct Traits: BitwiseCopyable {
    let pay, women, partTime: Double
    let managers, intermediate, clerks: Double
    let fixedTerm, otherContracts, over50: Double
    /// Of the jobs that are not workers', in Belgium.
    let civilServants: Double
  }

  let years: ClosedRange<Int>
  private let arena = Arena()
  let traits: UnsafePointer<Traits>
  let rates: Particulars.Rates
  private let growth, growthSpread, noise, payGrowth: Double
  private let seasons: Seasons
  /// The year before the first, which annual accounts tell beside it.
  private let firstYear: Int
  /// The last day of each quarter, from the first year on.
  private let quarterEnds: UnsafePointer<Int>

  init(_ folder: String, constants: Constants, years: ClosedRange<Int>) throws {
    self.years = years
    growth = try constants.value("job_growth")
    growthSpread = try constants.value("job_growth_spread")
    noise = try constants.value("job_noise")
    payGrowth = try constants.value("pay_growth")
    rates = try Particulars.Rates(constants)
    firstYear = years.lowerBound - 1
    quarterEnds = arena.keep(DayTable.quarterEnds(firstYear...years.upperBound))
    seasons = try Seasons("\(folder)/seasons.csv", arena: arena)
    let table = try DeclaredTable(
      "\(folder)/workforce.csv",
      columns: [
        "division", "pay", "women", "part_time", "managers", "intermediate", "clerks",
        "fixed_term", "other_contracts", "over_50", "civil_servants",
      ], properties: ["id", "source"])
    var known: [String: Traits] = [:]
    for entry in table.entries {
      func number(_ column: String) throws(Problem) -> Double {
        try entry.number(column, in: table)
      }
      known[entry["division"]] = Traits(
        pay: try number("pay"), women: try number("women"), partTime: try number("part_time"),
        managers: try number("managers"), intermediate: try number("intermediate"),
        clerks: try number("clerks"), fixedTerm: try number("fixed_term"),
        otherContracts: try number("other_contracts"), over50: try number("over_50"),
        civilServants: try number("civil_servants"))
    }
    guard let other = known["*"] else {
      throw Problem("simulate.no_profile", at: Place(file: table.path), ["group": "*"])
    }
    traits = arena.keep((0..<100).map { known[PublishedActivities.code($0)] ?? other })
  }

  /// Jobs on 31 December; 0 before the creation and after the closing.
  func jobs(of employer: Employer, in year: Int) -> Int {
    let end = quarterEnds[(year - firstYear) * 4 + 3]
    guard employer.created <= end, employer.closed ?? .max > end else { return 0 }
    return staff(of: employer, in: year)
  }

  /// The staff of a year, whether or not the establishment is there at its end.
  ///
  /// In the last year they are those of the register; before, they follow the trend of the
  /// establishment, with an accident each year.
  private func staff(of employer: Employer, in year: Int) -> Int {
    if employer.closed == nil, year == years.upperBound { return employer.jobs }
    var trend = Draws(key: employer.key, 1000)
    let slope = growth + growthSpread * trend.spread()
    var accident = Draws(key: employer.key, year)
    let trended = max(0.2, 1 + slope * Double(year - years.upperBound))
    let factor = trended * (1 + noise * accident.spread())
    return accident.rounded(Double(employer.jobs) * factor)
  }

  /// Full times that the jobs of an establishment lack, as its row tells.
  func shortfall(of employer: Employer, in year: Int, jobs: Int) -> Double {
    Double(jobs) - Double(headcount(of: employer, in: year, jobs: jobs).tenths) / 10
  }

  /// The year of an employer; nil where it has no jobs at the end of any quarter.
  func year(_ year: Int, of employer: Employer) -> EmployerYear? {
    let start = (year - firstYear) * 4
    guard employer.created <= quarterEnds[start + 3], employer.closed ?? .max > quarterEnds[start] else { return nil }
    let staff = staff(of: employer, in: year)
    guard staff > 0 else { return nil }
    var quarters = SIMD4<Int>()
    for quarter in 0..<4 {
      let day = quarterEnds[start + quarter]
      guard employer.created <= day, employer.closed ?? .max > day else { continue }
      quarters[quarter] = seasons.jobs(staff, of: employer, year: year, quarter: quarter)
    }
    return EmployerYear(headcount: headcount(of: employer, in: year, jobs: staff), quarters: quarters)
  }

  /// How the jobs of an establishment divide in a year, their full-time equivalents and their pay.
  func headcount(of employer: Employer, in year: Int, jobs: Int) -> Headcount {
    let traits = traits[employer.division]
    var draws = Draws(key: employer.key, 5000 + year)
    // Each establishment leans its own way, the same every year.
    var habits = Draws(key: employer.key, 3000)
    let women = part(jobs, lean(traits.women, &habits), &draws)
    let partTime = part(jobs, lean(traits.partTime, &habits), &draws)
    let old = part(jobs, lean(traits.over50, &habits), &draws)
    let sixty = part(old, 0.28, &draws)
    let young = part(jobs - old, 0.32, &draws)
    let fixed = part(jobs, lean(traits.fixedTerm, &habits), &draws)
    let other = part(jobs - fixed, traits.otherContracts / max(0.05, 1 - traits.fixedTerm), &draws)
    let managers = part(jobs, lean(traits.managers, &habits), &draws)
    let left = max(0.01, 1 - traits.managers)
    let intermediate = part(jobs - managers, traits.intermediate / left, &draws)
    let restShare = max(0.01, left - traits.intermediate)
    let clerks = part(jobs - managers - intermediate, traits.clerks / restShare, &draws)
    // Tenths: a part-time job is 0.3 to 0.8 of a full one, and some posts stood empty in the year.
    let short = Double(partTime) * (2 + 5 * habits.share()) + Double(jobs) * 0.6 * draws.share()
    let tenths = max(1, min(jobs * 10, jobs * 10 - Int(short * employer.hours)))
    let level = 0.94 + 0.02 * Double(min(4, jobs / 50)) + 0.12 * habits.spread()
    let pay =
      traits.pay * employer.pay * max(0.55, level) * max(0.5, 1 + payGrowth * Double(year - 2020))
    return Headcount(
      jobs: jobs, tenths: tenths, pay: Int(pay * Double(tenths) / 10), women: women, young: young, old: old,
      sixty: sixty, fixed: fixed, other: other, partTime: partTime, managers: managers, intermediate: intermediate,
      clerks: clerks)
  }

  private func lean(_ share: Double, _ habits: inout Draws) -> Double {
    max(0.005, min(0.97, share * (1 + 0.25 * habits.spread())))
  }

  /// A whole part of a headcount, near a share of it.
  func part(_ whole: Int, _ share: Double, _ draws: inout Draws) -> Int {
    min(whole, max(0, draws.rounded(Double(whole) * share)))
  }
}
