import Diagnostics
import Nomenclature
import Tabular

/// The annual accounts of the enterprises of Belgium, and a few of them again as JSON.
final class AccountFiles {
  private let rules: AccountRules
  private let turnover: Turnover
  private let profile: CountryProfile
  private let days = DayTable()
  private let draft: Draft
  private let sheet: Sheet
  private let years: ClosedRange<Int>
  private var json: [(name: String, text: String)] = []
  /// Of the enterprise that passes: the scheme under which it deposits, and its staff year by year, from the year
  /// before the first that is told.
  private var scheme: AccountRules.Scheme?
  private var staff: [(tenths: Int, pay: Int, jobs: Int)]

  static let header =
    "ReferenceNumber,EnterpriseNumber,DepositDate,StartDate,EndDate,ModelType,Rubric,Period,Value,origin"

  init(
    _ folder: String, profile: CountryProfile, turnover: Turnover, years: ClosedRange<Int>, in draft: Draft
  ) throws {
    rules = try AccountRules(folder, profile: profile)
    self.turnover = turnover
    self.profile = profile
    self.years = years
    self.draft = draft
    sheet = try Sheet(SimulatedFile(.be, .accounts), header: Self.header, in: draft)
    staff = Array(repeating: (0, 0, 0), count: years.count + 1)
  }

  /// Whether the accounts of the next enterprise are wanted; its establishments then tell of each year.
  func begin(_ enterprise: Enterprise) -> Bool {
    scheme = rules.scheme(of: enterprise)
    for place in staff.indices { staff[place] = (0, 0, 0) }
    return scheme != nil
  }

  func add(_ told: EmployerYear, in year: Int) {
    guard scheme != nil, told.jobs > 0 else { return }
    let place = year - years.lowerBound + 1
    staff[place].tenths += told.headcount.tenths
    staff[place].pay += told.headcount.pay
    staff[place].jobs += told.jobs
  }

  func end(_ enterprise: Enterprise) throws(Problem) {
    guard let scheme else { return }
    var draws = Draws(key: enterprise.key, 82_000)
    let isShifted = draws.happens(rules.shifted)
    let habits = (turnover: draws.happens(rules.turnoverTold), staff: !draws.happens(rules.withoutStaff))
    for year in years.suffix(rules.years) where enterprise.start < DayTable.day(year, isShifted ? 6 : 12, 30) {
      let told = account(enterprise, year, scheme)
      guard let model = rules.model(told, scheme) else { continue }
      let start = max(enterprise.start, isShifted ? DayTable.day(year - 1, 7, 1) : DayTable.day(year, 1, 1))
      let end = isShifted ? DayTable.day(year, 6, 30) : DayTable.day(year, 12, 31)
      func rubrics(_ year: AccountYear) -> [Rubrics.Rubric] {
        Rubrics(year, model, tellsTurnover: habits.turnover, tellsStaff: habits.staff).all
      }
      let hasBefore = enterprise.start < start
      let deposited = end + 150 + draws.below(60)
      let isCorrected = draws.happens(rules.corrected)
      for correction in isCorrected ? [false, true] : [false] {
        let deposit = Deposit(
          reference: reference(enterprise, isShifted ? year : year + 1, correction: correction),
          enterprise: String(String(10_000_000_000 + Numbers.belgian(enterprise.stem)).dropFirst()),
          deposited: text(deposited + (correction ? 45 : 0)), start: text(start), end: text(end), model: model.code,
          rubrics: rubrics(told), before: hasBefore ? rubrics(account(enterprise, year - 1, scheme)) : [])
        try deposit.write(to: &sheet.csv)
        if draws.happens(rules.json), json.count < rules.mostJSON {
          json.append(("\(deposit.reference).json", deposit.json(rank: json.count)))
        }
      }
    }
  }

  private func account(_ enterprise: Enterprise, _ year: Int, _ scheme: AccountRules.Scheme) -> AccountYear {
    let staff = staff[year - years.lowerBound + 1]
    let division = profile.activities[enterprise.activity].division
    let declared = turnover.year(year, of: enterprise, division: division, jobs: Double(staff.jobs))
    return AccountYear(
      enterprise, year, isAssociation: scheme.isAssociation, tenths: staff.tenths,
      staffCost: Int(Double(staff.pay) * rules.charges), declared: declared)
  }

  /// A year, that of most deposits for an end of year, and eight digits: those of the enterprise, in another range for a
  /// correction.
  private func reference(_ enterprise: Enterprise, _ year: Int, correction: Bool) -> String {
    "\(year)-\(String(100_000_000 + enterprise.stem + (correction ? 50_000_000 : 0)).dropFirst())"
  }

  private func text(_ day: Int) -> String { String(decoding: days.iso(day), as: UTF8.self) }

  func finish(comment: String) throws(Problem) -> [WrittenFile] {
    let file = SimulatedFile(.be, .accountsJSON)
    let zip = try ZipWriter(try draft.begin(file.name))
    for (name, text) in json {
      try zip.begin(entry: name)
      let bytes = Array(text.utf8)
      let problem = bytes.withUnsafeBytes { block -> Problem? in
        do throws(Problem) { try zip.write(block) } catch { return error }
        return nil
      }
      if let problem { throw problem }
      try zip.endEntry()
    }
    try zip.finish(comment: comment)
    return [try sheet.finish(), WrittenFile(file: file, rows: json.count)]
  }
}
