import Diagnostics
import Nomenclature
import Perimeter
import Territory

/// The aggregated tables of Belgium, from what is seen of each enterprise.
final class BelgianPublishers {
  private var tally: BelgianTally
  private let field: PublisherField
  let turnover: Turnover
  private let profile: CountryProfile
  private let communes: [Commune]
  private let arrondissements: [String]
  /// The position in `arrondissements` of that of each commune.
  private let arrondissement: [Int]
  private let secrecy: Secrecy
  private let quarterEnds: [Int]
  /// The enterprise whose establishments are being drawn: its staff, and its family in the social economy.
  private(set) var staff: EnterpriseStaff
  private(set) var family: String?
  private let names: PublishedNames
  private var isSocial: Bool { family != nil }

  init(
    share: String, perimeters: PerimeterBook, communes: [Commune], profile: CountryProfile, lists: [String],
    years: ClosedRange<Int>
  ) throws {
    let folder = "\(share)/simulation"
    let rates = try Constants(folder, "publishers")
    var payShares: [Double] = []
    for quarter in ["first", "second", "third", "fourth"] { payShares.append(try rates.value("onss_pay_\(quarter)")) }
    tally = BelgianTally(years: years, payShares: payShares)
    field = PublisherField(
      try perimeters.perimeter("be-observatoire"), of: .be, profile: profile, lists: lists)
    names = try PublishedNames(folder)
    turnover = try Turnover(folder, rates: rates, constants: profile.constants)
    self.profile = profile
    self.communes = communes
    // A NIS code begins with the two digits of its arrondissement.
    let codes = communes.map { "\($0.official.prefix(2))000" }
    let arrondissements = Set(codes).sorted()
    self.arrondissements = arrondissements
    arrondissement = codes.map { code in arrondissements.firstIndex(of: code) ?? 0 }
    secrecy = Secrecy(fewest: Int(try rates.value("vat_secret_fewest")), largestShare: 1)
    quarterEnds = DayTable.quarterEnds(years)
    staff = EnterpriseStaff(years: years.count)
  }

  /// The next enterprise: what its establishments tell is its own until the one after it.
  func begin(_ enterprise: Enterprise, _ memberships: Memberships) {
    staff.clear()
    family = field.family(form: enterprise.form, activity: enterprise.activity, memberships).map {
      names["family", field.families[$0]]
    }
  }

  func add(_ told: EmployerYear, in year: Int, at one: EstablishmentUnit) {
    tally.addWorkplace(
      told, in: year, place: one.place, isSocial: isSocial, division: profile.activities[one.activity].division)
    tally.add(told, in: year, to: &staff)
  }

  /// The enterprise is whole; `isTaxed` says whether it declares for VAT.
  func end(_ enterprise: Enterprise, isTaxed: Bool) {
    let division = profile.activities[enterprise.activity].division
    if enterprise.employs {
      tally.addSeat(staff, place: enterprise.place, isSocial: isSocial, division: division)
    }
    guard isTaxed else { return }
    for year in tally.years { declare(enterprise, division, year) }
  }

  private func declare(_ enterprise: Enterprise, _ division: Int, _ year: Int) {
    let first = (year - tally.years.lowerBound) * 4
    guard enterprise.start <= quarterEnds[first + 3] else { return }
    let jobs = Double(staff.quarters[first..<first + 4].reduce(0) { $0 + $1.jobs }) / 4
    let declared = turnover.year(year, of: enterprise, division: division, jobs: jobs)
    var draws = Draws(key: enterprise.key, 12_000 + year)
    for quarter in 0..<4 where enterprise.start <= quarterEnds[first + quarter] {
      let part = turnover.quarter(quarter, of: declared, &draws)
      tally.addDeclaration(
        area: arrondissement[enterprise.place], division: division, year: year, quarter: quarter,
        turnover: part.turnover, investment: part.investment)
    }
  }

  func write(in draft: Draft) throws(Problem) -> [WrittenFile] {
    try OnssFiles(
      draft: draft, tally: tally, communes: communes, arrondissements: arrondissements, secrecy: secrecy
    ).write()
  }
}
