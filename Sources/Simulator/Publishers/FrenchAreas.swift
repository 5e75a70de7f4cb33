import Territory

/// Where the communes of the simulation are, by their positions in it.
struct FrenchAreas {
  struct Area {
    let code: String
    let communes: [Int]
  }

  let communes: [Commune]
  /// In the order of their codes.
  let regions: [Area]
  let departements: [Area]
  /// The position in `regions` of the region of each commune.
  let region: [Int]
  /// INSEE code of the département of each commune.
  let departement: [String]

  init(_ communes: [Commune]) {
    func code(_ commune: Commune, _ kind: String) -> String {
      commune.ancestors.first { $0.hasPrefix(kind) }.map { String($0.dropFirst(kind.count)) } ?? ""
    }
    func areas(_ codes: [String]) -> [Area] {
      Dictionary(grouping: communes.indices) { codes[$0] }.map { Area(code: $0, communes: $1) }
        .filter { !$0.code.isEmpty }.sorted { $0.code < $1.code }
    }
    let regionCodes = communes.map { code($0, "FR-REG-") }
    self.communes = communes
    departement = communes.map { code($0, "FR-DEP-") }
    let regions = areas(regionCodes)
    self.regions = regions
    departements = areas(departement)
    region = regionCodes.map { code in regions.firstIndex { $0.code == code } ?? 0 }
  }
}
