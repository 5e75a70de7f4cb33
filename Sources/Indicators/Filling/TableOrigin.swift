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
      perimeterVersion: request.perimeter.version, isProvisional: request.perimeter.isProvisional,
      options: request.perimeter.changes,
      secrecy: request.gate.profiles.filter { profile in
        profile.country.map { code in countries.contains { $0.rawValue == code } } ?? true
      }.map(\.id), isUnprotected: request.gate.isOpen, sources: sources)
  }
}
