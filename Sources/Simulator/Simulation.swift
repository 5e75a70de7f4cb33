import Diagnostics
package import Nomenclature
import Perimeter
import Tabular
package import Territory

/// Invented registers, workforce files and publishers' tables, in the formats of the real ones.
///
/// The same plan and the same communes give the same bytes. Memory follows the cells of the tables, communes by
/// activities, and four bytes for each French association; nothing else grows with the scale.
package struct Simulation {
  private let plan: SimulationPlan
  private let communes: [Commune]
  private let histories: [Country: CommuneHistory]
  /// By country and code, the names of communes of before.
  private let formerNames: [Country: [String: [String]]]
  private let share: String

  /// Reads the profiles and refuses what cannot be simulated; writes nothing.
  package init(
    _ plan: SimulationPlan, communes: [Commune], histories: [Country: CommuneHistory] = [:],
    former: [(commune: FormerCommune, today: Int)] = [], share: String
  ) throws {
    try plan.check()
    self.histories = histories
    var names: [Country: [String: [String]]] = [:]
    for one in former {
      guard let country = Country(rawValue: String(communes[one.today].code.prefix(2))) else { continue }
      names[country, default: [:]][one.commune.code] = one.commune.names
    }
    formerNames = names
    self.plan = plan
    self.communes = try plan.communes(among: communes)
    self.share = share
  }

  private var comment: String {
    "Simulated by Essor, seed \(plan.seed), scale \(plan.scaleText): no real organisation"
  }

  /// Fills the folder, which is made if it is not there, and returns what it wrote. `progress` says what is
  /// being written and how much of everything is done, from 0 to 1.
  ///
  /// Whatever stops it, the folder holds what it held before; nobody else simulates in it meanwhile.
  @discardableResult
  package func write(to folder: String, progress: (String, Double) -> Void) throws -> [SimulatedFile] {
    let draft = try Draft(folder)
    try draft.claim(try targets())
    let files: [WrittenFile]
    do {
      files = try write(in: draft) { progress($0, 0.85 * $1) }
      let report = try SimulationReport(plan, draft: draft, files: files) {
        progress(SimulationReport.name, 0.85 + 0.15 * $0)
      }
      try report.write(in: draft)
      try Interruption.check()
      try draft.publish()
    } catch {
      draft.discard()
      throw error
    }
    progress(SimulationReport.name, 1)
    return files.map(\.file)
  }

  /// The files that are going to be written; one may turn out to have no row and be left out.
  func targets() throws -> [SimulatedFile] {
    try Country.allCases.filter { country in communes(of: country).contains { $0.population > 0 } }.flatMap { country in
      let workforce = plan.years.map { SimulatedFile.Content.workforce(year: $0) }
      let lists = try MembershipTable.lists("\(share)/simulation", country: country)
      let registers: [SimulatedFile.Content] = country == .fr ? [.units, .establishments] : [.kbo]
      let older = plan.stockYears.dropFirst().flatMap { year in
        registers.map { SimulatedFile(country, $0, vintage: year) }
      }
      let fixed = SimulatedFile.Content.fixed(of: country).filter { $0.isPublished(in: plan.years) }
      return (fixed + workforce + lists.map { .list($0) }).map { SimulatedFile(country, $0) } + older
    }
  }

  private func communes(of country: Country) -> [Commune] {
    communes.filter { $0.code.hasPrefix("\(country.rawValue)-") }
  }

  private func write(in draft: Draft, progress: (String, Double) -> Void) throws -> [WrittenFile] {
    let profiles = "\(share)/simulation"
    let constants = try Constants(profiles)
    let workforce = try Workforce(profiles, constants: constants, years: plan.years)
    let french = communes(of: .fr)
    let belgian = communes(of: .be)
    let total = Double(communes.reduce(0) { $0 + $1.population })
    let part = Double(french.reduce(0) { $0 + $1.population }) / total
    var files: [WrittenFile] = []
    let book = try NomenclatureBook(share: share)
    let perimeters = try PerimeterBook(share: share, book)

    if french.contains(where: { $0.population > 0 }) {
      let profile = try CountryProfile("fr", in: profiles, constants: constants, today: plan.today)
      let memberships = try MembershipTable(profiles, country: .fr, profile: profile)
      let calibration = try calibration(.fr, profile, memberships)
      let register = try FrenchRegister(
        profile, places: Places(french, plain: true, margins: calibration.margins, before: before(.fr)),
        memberships: memberships,
        calibration: calibration, workforce: workforce, scale: plan.scale, seed: plan.seed)
      let text = try SireneText(
        profiles, profile: profile, year: plan.years.upperBound, today: register.today)
      let publishers = try FrenchPublishers(
        share: share, book: book, perimeters: perimeters, communes: french, profile: profile,
        lists: memberships.lists, years: plan.years)
      let writer = SireneFiles(
        draft: draft, register: register, text: text, workforce: workforce, memberships: memberships,
        publishers: publishers,
        associations: try AssociationFiles(
          profiles, register: register, text: text, communes: french, scale: plan.scale, seed: plan.seed),
        actors: try FrenchActors(
          try ActorFile(.fr, profiles, communes: french, in: draft), publishers: publishers, communes: french,
          text: text, places: register.places), comment: comment)
      let stocks = Double(plan.vintages)
      files += try writer.write { progress("fr", part * $0 / stocks) }
      let changes = try Changes(profile, groupCount: profile.groupCount)
      for (done, year) in plan.stockYears.enumerated().dropFirst() {
        let stock = FrenchStock(register: register, workforce: workforce, changes: changes, year: year)
        let text = try SireneText(profiles, profile: profile, year: year - 1, today: DayTable.day(year, 1, 1))
        files += try SireneStock(draft: draft, stock: stock, text: text, comment: comment).write {
          progress("fr", part * (Double(done) + $0) / stocks)
        }
      }
    }
    if belgian.contains(where: { $0.population > 0 }) {
      let profile = try CountryProfile("be", in: profiles, constants: constants, today: plan.today)
      let memberships = try MembershipTable(profiles, country: .be, profile: profile)
      let calibration = try calibration(.be, profile, memberships)
      let register = try BelgianRegister(
        profile, places: Places(belgian, plain: false, margins: calibration.margins, before: before(.be)),
        memberships: memberships,
        calibration: calibration, workforce: workforce, scale: plan.scale, seed: plan.seed)
      let text = try KboText(profiles, profile: profile, today: register.today)
      let publishers = try BelgianPublishers(
        share: share, perimeters: perimeters, communes: belgian, profile: profile, lists: memberships.lists,
        years: plan.years)
      var writer = KboFiles(
        draft: draft, register: register, text: text, workforce: workforce, memberships: memberships,
        publishers: publishers,
        accounts: try AccountFiles(
          profiles, profile: profile, turnover: publishers.turnover, years: plan.years, in: draft),
        actors: BelgianActors(
          try ActorFile(.be, profiles, communes: belgian, in: draft), text: text, places: register.places),
        codes: try KboCodes(share: share, profile: profile), comment: comment)
      let stocks = Double(plan.vintages)
      files += try writer.write { progress("be", part + (1 - part) * $0 / stocks) }
      let changes = try Changes(profile, groupCount: profile.groupCount)
      for (done, year) in plan.stockYears.enumerated().dropFirst() {
        writer.stock = BelgianStock(
          register: register, changes: changes, year: year, newest: plan.years.upperBound + 1)
        writer.text = try KboText(profiles, profile: profile, today: DayTable.day(year, 1, 1))
        files += try writer.write { progress("be", part + (1 - part) * (Double(done) + $0) / stocks) }
      }
    }
    // Nobody publishes a table without a row, and an import refuses a file that is only a header.
    for file in files where file.rows == 0 { try draft.drop(file.name) }
    return files.filter { $0.rows > 0 }
  }

  /// The communes of the days of older stocks; nil where there is none, or where their history is not known.
  private func before(_ country: Country) -> CommunesOfBefore? {
    guard plan.vintages > 1, let history = histories[country] else { return nil }
    return CommunesOfBefore(
      history, names: formerNames[country] ?? [:], years: Array(plan.stockYears.dropFirst()))
  }

  /// The figures that the population of a country is to give, and who counts for them.
  private func calibration(
    _ country: Country, _ profile: CountryProfile, _ memberships: MembershipTable
  ) throws -> Calibration {
    let path = "\(share)/simulation/\(country.folder)-calibration.csv"
    let perimeters = try PerimeterBook(share: share, NomenclatureBook(share: share))
    let families = Families(
      country, profile, try perimeters.perimeter(Margins.perimeter(path)), lists: memberships.lists)
    return Calibration(families, try Margins(path, families: families.names, years: plan.years))
  }
}
