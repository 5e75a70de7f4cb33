internal import Nomenclature
internal import Perimeter
internal import Secrecy
internal import Territory
internal import Wording

/// Makes the dimensions that tables name, of what facts have: classes, divisions, sizes.
struct AxisBook {
  let facts: Facts
  let perimeter: Perimeter
  private let position: Int
  let book: NomenclatureBook
  let words: Words
  private let typology: Typology?

  init(
    _ facts: Facts, _ perimeter: Perimeter, _ book: NomenclatureBook, _ words: Words, _ typology: Typology? = nil
  ) {
    self.typology = typology
    self.facts = facts
    self.perimeter = perimeter
    self.book = book
    self.words = words
    position = facts.perimeters.firstIndex(of: perimeter.id) ?? 0
  }

  /// `needed`: members of the who-dimensions that formulas name beside those that the table shows.
  func axis(_ id: String, needed: Set<String> = [], usual: String = "ess") throws -> CubeAxis {
    switch id {
    case "who": try who(needed, usual)
    case "size": try sizes(id, .size, facts.sizes)
    case "employer-size": try sizes(id, .trait, facts.traits)
    case "insertion", "approval": try lists(id)
    case "seat": try seats()
    case "model": try models()
    case "cohort": try cohorts()
    case "bridge": try bridge()
    case "quarter": try quarters()
    case "typology": try communes()
    default: try sectors(id)
    }
  }

  // MARK: - Who

  /// The members of one of the ways of telling who employs, as a table shows them.
  func shown(_ dimension: String) throws -> [StatisticalTable.Member] {
    func field(_ code: String, depth: Int = 0) throws -> StatisticalTable.Member {
      .init(code, try words.label("field.\(code)"), depth: depth, isTotal: code == "total" || code == "ess")
    }
    func members(depth: Int) -> [StatisticalTable.Member] {
      families.map { .init($0.code, $0.label, depth: depth) }
    }
    switch dimension {
    case "field":
      return try ["ess", "private", "public", "total"].map {
        .init($0, try words.label("field.\($0)"), isTotal: $0 == "total")
      }
    case "family": return members(depth: 0) + [try field("ess")]
    case "subfamily":
      return families.flatMap { family -> [StatisticalTable.Member] in
        [.init(family.code, family.label, depth: 0)]
          + subfamilies(of: family.code).map { .init($0.code, $0.label, depth: 1) }
      } + [try field("ess")]
    default:
      return try members(depth: 1) + [field("ess")]
        + ["private", "public"].map { StatisticalTable.Member($0, try words.label("field.\($0)")) } + [field("total")]
    }
  }

  /// Every family that the perimeter may let in has its row, and those that a list brings.
  private var families: [Nomenclature.Item] {
    let possible = Set(perimeter.rules.compactMap(\.family)).union(found.map(\.family))
    return book.families.items.filter { $0.level == 1 && possible.contains($0.code) }
  }

  private func subfamilies(of family: String) -> [Nomenclature.Item] {
    let possible = Set(perimeter.rules.filter { $0.family == family }.compactMap(\.subfamily))
      .union(found.filter { $0.family == family }.map(\.subfamily))
    return book.families.items.filter { $0.level > 1 && possible.contains($0.code) }
  }

  private var found: [Facts.Kind] {
    let kinds = Set(facts.classes.indices.map { facts.decision(position, $0).kind })
    return kinds.sorted().map { facts.kinds[$0] }.filter { !$0.isOutside }
  }

  private func who(_ needed: Set<String>, _ usual: String) throws -> CubeAxis {
    let members = needed.sorted()
    let lists = facts.classes.indices.map { index -> [Int] in
      let kind = facts.kinds[facts.decision(position, index).kind]
      let own =
        kind.isOutside
        ? ["total", kind.family == "FP" ? "public" : "private"] : ["total", "ess", kind.family, kind.subfamily]
      return members.indices.filter { own.contains(members[$0]) }
    }
    return CubeAxis(
      "who", Dimension(.rowClass, lists, count: members.count),
      members.map { .init($0, Label(fr: $0, nl: $0, en: $0)) }, usual: usual)
  }

  // MARK: - Activities, sizes, lists, seats

  private func total() throws -> StatisticalTable.Member {
    .init("total", try words.label("member.total"), isTotal: true)
  }

  private func sectors(_ scheme: String) throws -> CubeAxis {
    let sectors = book.sectors
    func group(_ division: Sectors.Division) -> String {
      scheme == "a88" ? division.code : division.groups[scheme] ?? ""
    }
    var members: [StatisticalTable.Member] = []
    var positions: [String: Int] = [:]
    for division in sectors.divisions {
      let code = group(division)
      guard positions[code] == nil else { continue }
      positions[code] = members.count
      members.append(
        .init(code, scheme == "a88" ? division.label : sectors.groupLabels[scheme]?[code] ?? division.label))
    }
    // What no correspondence carries to the divisions of today has a row of its own, where there is some.
    positions[Sectors.unclassified] = members.count
    members.append(.init(Sectors.unclassified, try words.label("member.unclassified")))
    members.append(try total())
    let all = members.count - 1
    let lists = facts.divisions.map { code -> [Int] in
      let position = sectors[code].flatMap { positions[group($0)] } ?? all - 1
      return [position, all]
    }
    return CubeAxis(scheme, Dimension(.division, lists, count: members.count), members, usual: "total")
  }

  private func sizes(_ id: String, _ attribute: Dimension.Attribute, _ codes: [String]) throws -> CubeAxis {
    let bands = book.sizes.common
    var members = codes.map { code in
      StatisticalTable.Member(code, bands.first { $0.code == code }?.label ?? Label(fr: code, nl: code, en: code))
    }
    members.append(try total())
    let lists = codes.indices.map { [$0, members.count - 1] }
    return CubeAxis(id, Dimension(attribute, lists, count: members.count), members, usual: "total")
  }

  private func lists(_ kind: String) throws -> CubeAxis {
    let own = book.lists.lists.filter { $0.kind == kind }
    var members = own.map { StatisticalTable.Member($0.name, $0.label) }
    members.append(try total())
    // A unit may be on several lists: they do not add up to the whole.
    let lists = facts.classes.map { rowClass -> [Int] in
      let found = own.indices.filter { rowClass.lists.contains("|\(own[$0].name)|") }
      return found.isEmpty ? [] : found + [own.count]
    }
    return CubeAxis(kind, Dimension(.rowClass, lists, count: members.count), members, usual: "total")
  }

  private func models() throws -> CubeAxis {
    let labels = book.accounts.modelLabels
    let other = try words.label("member.other")
    var members = facts.traits.map { StatisticalTable.Member($0, labels[$0] ?? other) }
    members.append(try total())
    let lists = facts.traits.indices.map { [$0, members.count - 1] }
    return CubeAxis("model", Dimension(.trait, lists, count: members.count), members, usual: "total")
  }

  /// The years of creation of which something is known; those before count in the whole alone.
  private func cohorts() throws -> CubeAxis {
    let years = facts.traits.indices.filter { Int(facts.traits[$0]) != nil }.suffix(Self.shownCohorts)
    var members = years.map { position -> StatisticalTable.Member in
      let code = facts.traits[position]
      return .init(code, Label(fr: code, nl: code, en: code))
    }
    members.append(try total())
    let lists = facts.traits.indices.map { position -> [Int] in
      (years.firstIndex(of: position).map { [$0 - years.startIndex] } ?? []) + [members.count - 1]
    }
    return CubeAxis("cohort", Dimension(.trait, lists, count: members.count), members, usual: "total")
  }

  /// Quarters of publishers; facts have none.
  private func quarters() throws -> CubeAxis {
    var members = (1...4).map { StatisticalTable.Member("\($0)", Label(fr: "T\($0)", nl: "K\($0)", en: "Q\($0)")) }
    members.append(.init("0", try words.label("dimension.year"), isTotal: true))
    return CubeAxis("quarter", Dimension(.rowClass, facts.classes.map { _ in [4] }, count: 5), members, usual: "0")
  }

  /// The classes of a typology of communes.
  private func communes() throws -> CubeAxis {
    let classes = typology?.classes ?? []
    var members = classes.map { StatisticalTable.Member($0.code, $0.label) }
    members.append(.init("ZZ", try words.label("member.unclassified")))
    members.append(try total())
    let positions = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1.code, $0) })
    let lists = facts.communes.map { commune -> [Int] in
      // Without a typology nothing is counted.
      guard let typology else { return [] }
      return [typology.classOfCommune[commune].flatMap { positions[$0] } ?? classes.count, classes.count + 1]
    }
    return CubeAxis("typology", Dimension(.commune, lists, count: members.count), members, usual: "total")
  }

  private static let shownCohorts = 10

  /// Of what the perimeter of each country takes in, what the perimeter in force keeps, and why the rest is left out.
  private func bridge() throws -> CubeAxis {
    let codes = ["kept", "form", "activity", "list"]
    let members = try codes.map { StatisticalTable.Member($0, try words.label("bridge.\($0)")) } + [total()]
    let national = ["FR": "fr-loi-2014", "BE": "be-observatoire"].compactMapValues(facts.perimeters.firstIndex)
    let lists = facts.classes.indices.map { index -> [Int] in
      guard let from = national[facts.classes[index].country],
        !facts.kinds[facts.decision(from, index).kind].isOutside
      else { return [] }
      let decision = facts.decision(position, index)
      if !facts.kinds[decision.kind].isOutside { return [0, 4] }
      guard decision.rule >= 0, decision.rule < perimeter.rules.count else { return [1, 4] }
      switch perimeter.rules[decision.rule].subject {
      case .form: return [1, 4]
      case .activity: return [2, 4]
      case .list: return [3, 4]
      }
    }
    return CubeAxis("bridge", Dimension(.rowClass, lists, count: members.count), members, usual: "total")
  }

  private func seats() throws -> CubeAxis {
    let members = try ["inside", "outside", "unknown"].map { code in
      StatisticalTable.Member(code, try words.label("seat.\(code)"))
    }
    return CubeAxis("seat", .seats, members + [try total()], usual: "total")
  }
}
