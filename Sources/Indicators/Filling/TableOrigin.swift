internal import Nomenclature
internal import Perimeter
internal import Secrecy
internal import Territory
internal import Warehouse

/// Where the figures of a table come from.
struct TableOrigin {
  let origin: StatisticalTable.Origin

  init(_ plan: TablePlan, _ release: Release, _ known: OrganisationLists) {
    let request = plan.request
    let countries = Set(request.areas.flatMap(\.countries))
    // Lists of the other country bring nothing here.
    let lists = Set(request.perimeter.lists.filter { known[$0]?.country.map(countries.contains) ?? true })
    var seen: Set<String> = []
    var sources: [StatisticalTable.Origin.Source] = []
    for year in plan.years {
      for receipt in release.manifest.figureSources(of: countries, year: year, lists: lists)
      where seen.insert("\(receipt.source) \(receipt.vintage)").inserted {
        sources.append(
          .init(
            receipt.source, vintage: receipt.vintage, publisher: "",
            sha256: receipt.files.compactMap(\.sha256).sorted()))
      }
    }
    origin = .init(
      release: release.manifest.name, program: release.manifest.program, isSimulated: release.manifest.simulated,
      perimeter: request.perimeter.id, perimeterTitle: request.perimeter.title,
      perimeterVersion: request.perimeter.version,
      perimeterSHA256: release.manifest.ruleSets.first { $0.id == request.perimeter.id }?.sha256 ?? "",
      isProvisional: request.perimeter.isProvisional, options: request.perimeter.changes,
      secrecy: request.gate.profiles.filter { profile in
        profile.country.map { code in countries.contains { $0.rawValue == code } } ?? true
      }.map(\.id), isUnprotected: request.gate.isOpen, sources: sources,
      awaitedYears: Self.awaited(plan, of: countries, release.manifest))
  }

  /// Years later than the last one of which a country has headcounts: their registers are there, and what they say will
  /// be revised. A country that has none at all waits for none.
  private static func awaited(
    _ plan: TablePlan, of countries: Set<Country>, _ manifest: Manifest
  ) -> [String: [Int]] {
    guard plan.request.table.subject == .employers else { return [:] }
    var awaited: [String: [Int]] = [:]
    for country in countries.map(\.rawValue) {
      let counted = manifest.coverage.filter { $0.country == country && $0.workforceRows > 0 }.map(\.year)
      awaited[country] = counted.max().map { last in plan.years.filter { $0 > last } } ?? []
    }
    return awaited
  }
}
