import Diagnostics
import Nomenclature
import Tabular
package import Territory

/// Invented registers and workforce files, in the formats of the real ones.
///
/// The same plan and the same communes give the same bytes. Memory does not depend on the scale.
package struct Simulation {
  private let plan: SimulationPlan
  private let communes: [Commune]
  private let share: String

  /// Reads the profiles and refuses what cannot be simulated; writes nothing.
  package init(_ plan: SimulationPlan, communes: [Commune], share: String) throws {
    try plan.check()
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

  /// The files that are going to be written; a list may turn out to have no member and be left out.
  func targets() throws -> [SimulatedFile] {
    try Country.allCases.filter { country in communes(of: country).contains { $0.population > 0 } }.flatMap { country in
      let registers: [SimulatedFile.Content] = country == .fr ? [.units, .establishments] : [.kbo]
      let workforce = plan.years.map { SimulatedFile.Content.workforce(year: $0) }
      let lists = try MembershipTable.lists("\(share)/simulation", country: country)
      return (registers + workforce + lists.map { .list($0) }).map { SimulatedFile(country, $0) }
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

    if french.contains(where: { $0.population > 0 }) {
      let profile = try CountryProfile("fr", in: profiles, constants: constants, today: plan.today)
      let register = try FrenchRegister(
        profile, places: Places(french, plain: true), scale: plan.scale, seed: plan.seed,
        years: plan.years)
      let text = try SireneText(
        profiles, profile: profile, year: plan.years.upperBound, today: register.today)
      let writer = SireneFiles(
        draft: draft, register: register, text: text, workforce: workforce,
        memberships: try MembershipTable(profiles, country: .fr, profile: profile), comment: comment)
      files += try writer.write { progress("fr", part * $0) }
    }
    if belgian.contains(where: { $0.population > 0 }) {
      let profile = try CountryProfile("be", in: profiles, constants: constants, today: plan.today)
      let register = try BelgianRegister(
        profile, places: Places(belgian, plain: false), scale: plan.scale, seed: plan.seed,
        years: plan.years)
      let text = try KboText(profiles, profile: profile, today: register.today)
      let writer = KboFiles(
        draft: draft, register: register, text: text, workforce: workforce,
        memberships: try MembershipTable(profiles, country: .be, profile: profile),
        codes: try KboCodes(share: share, profile: profile), comment: comment)
      files += try writer.write { progress("be", part + (1 - part) * $0) }
    }
    return files
  }
}
