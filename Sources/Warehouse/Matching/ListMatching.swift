import Diagnostics
import DuckStore
import Matching
import Nomenclature
import Registers
import Territory

/// Finds the organisations that lists name, once the units are staged, and makes members of those that are sure.
struct ListMatching {
  let stage: Stage
  let rules: MatchingRules
  let lists: MemberLists
  let table: MatchTable
  /// Units that are staged for their names alone, and go where no list has them.
  let provisional: [Country: [UInt64]]

  private struct Key: Hashable {
    let country: Country
    let unit: UInt64
  }

  func run() throws {
    var found: [Key: Set<String>] = [:]
    let open = lists.records.filter(\.isOpen)
    let (verdicts, countries) = try open.isEmpty ? ([], []) : byNameOrAssociation(open)
    for (index, record) in open.enumerated() {
      let (verdict, country) = (verdicts[index], countries[index])
      try add(record, verdict, isFrench: country == .fr)
      if let unit = verdict.number { found[Key(country: country, unit: unit), default: []].insert(record.list) }
    }
    try addNumbered()
    // Some candidates are units that go again in the next step.
    try table.finish()
    for (country, units) in provisional {
      try dropStrangers(country, units.filter { found[Key(country: country, unit: $0)] == nil })
    }
    try makeMembers(found)
  }

  private func add(_ record: ListRecord, _ verdict: Verdict, isFrench: Bool) throws {
    try table.add(
      "list/\(record.list)", record.id, name: record.entry.name, place: record.place, isFrench: isFrench,
      given: record.entry.member?.number, period: record.period(on: lists.day(of: record.country ?? .fr)), verdict)
  }

  // MARK: - By number

  private func addNumbered() throws {
    var known: [Country: Set<UInt64>] = [:]
    var wanted: [Country: Set<UInt64>] = [:]
    for record in lists.records {
      if case .number(let member, _) = record.standing { wanted[member.country, default: []].insert(member.number) }
    }
    for (country, numbers) in wanted {
      try stage.store.query("SELECT id FROM unit WHERE country = \(Stage.index(country))") { chunk in
        for row in 0..<chunk.count {
          let number = UInt64(chunk.value(row, 0).integer ?? 0)
          if numbers.contains(number) { known[country, default: []].insert(number) }
        }
      }
    }
    for record in lists.records {
      switch record.standing {
      case .number(let member, let decided):
        let isKnown = known[member.country]?.contains(member.number) == true
        let method: Verdict.Method = decided ? .decision : Self.method(record.entry.field, member)
        let scored = [Scored(member.number, 1)]
        // What a person gave and no register has is kept, for the person to see.
        let verdict =
          isKnown
          ? Verdict(decided ? .accepted : .sure, method, scored) : Verdict(.none, method, decided ? scored : [])
        try add(record, verdict, isFrench: member.isFrench)
      case .rejected: try add(record, Verdict(.rejected, .decision), isFrench: record.country != .be)
      case .ended: try add(record, Verdict(.rejected, .ended), isFrench: record.country != .be)
      case .notYet: try add(record, Verdict(.rejected, .notYet), isFrench: record.country != .be)
      case .open: continue
      }
    }
  }

  private static func method(_ field: ListField?, _ member: MemberList.Member) -> Verdict.Method {
    field == .siret ? .siret : member.isFrench ? .siren : .bce
  }

  // MARK: - By name

  /// What each is found to be, and the country in which it was looked for.
  private func byNameOrAssociation(_ open: [ListRecord]) throws -> ([Verdict], [Country]) {
    var verdicts = try byAssociation(open)
    let names = open.map { rules.words($0.entry.name) }
    let streets = open.map { $0.entry.address.isEmpty ? nil : rules.words($0.entry.address) }
    let places = AddressPlaces(stage.books.territories)
    var byCommune: [Int32: [Int]] = [:]
    var isPlaced = [Bool](repeating: false, count: open.count)
    var countries = open.map { $0.country ?? .fr }
    for (index, record) in open.enumerated() where verdicts[index] == nil {
      let entry = record.entry
      let communes = places.communes(record.country, code: entry.commune, postcode: entry.postcode, place: entry.place)
      isPlaced[index] = !communes.isEmpty
      if let first = communes.first, stage.books.territories.communes[first].code.hasPrefix("BE-") {
        countries[index] = .be
      }
      for commune in communes { byCommune[Int32(commune), default: []].append(index) }
    }
    var scored = [[Scored]](repeating: [], count: open.count)
    try UnitPool(stage: stage, rules: rules).forEachBlock(Set(byCommune.keys)) { commune, block in
      try Interruption.check()
      for index in byCommune[commune] ?? [] {
        scored[index] += block.best(names[index], street: streets[index])
      }
    }
    let placeless = open.indices.filter { verdicts[$0] == nil && !isPlaced[$0] && !names[$0].isEmpty }
    if !placeless.isEmpty { try addNamesakes(placeless, names, countries, to: &scored) }
    for index in open.indices where verdicts[index] == nil {
      verdicts[index] = rules.verdict(scored[index], isPlaced: isPlaced[index])
    }
    var settled = verdicts.map { $0 ?? .none }
    // Within one list, two names are two organisations.
    for (_, members) in Dictionary(grouping: open.indices, by: { open[$0].list }) {
      var own = members.map { settled[$0] }
      rules.settle(&own, names: members.map { names[$0].key })
      for (index, verdict) in zip(members, own) { settled[index] = verdict }
    }
    return (settled, countries)
  }

  /// The W number of an association, as its unit or the register of associations has it.
  private func byAssociation(_ open: [ListRecord]) throws -> [Verdict?] {
    var verdicts = [Verdict?](repeating: nil, count: open.count)
    let wanted = Dictionary(
      grouping: open.indices.filter { open[$0].entry.association != nil },
      by: { open[$0].entry.association?.description ?? "" })
    guard !wanted.isEmpty else { return verdicts }
    try stage.store.query(
      """
      SELECT association, min(id), count(*)::BIGINT FROM (
        SELECT association, id FROM unit WHERE country = 0 AND active AND association <> ''
        UNION
        SELECT number, unit FROM association WHERE unit IS NOT NULL AND status IN ('sure', 'accepted'))
      GROUP BY association
      """
    ) { chunk in
      for row in 0..<chunk.count where chunk.value(row, 2) == .integer(1) {
        for index in wanted[chunk.value(row, 0).text] ?? [] {
          verdicts[index] = Verdict(.sure, .rna, [Scored(UInt64(chunk.value(row, 1).integer ?? 0), 1)])
        }
      }
    }
    return verdicts
  }

  /// Records of no place: those of the very name, wherever they are, for a person to choose from.
  private func addNamesakes(
    _ placeless: [Int], _ names: [NormalName], _ countries: [Country], to scored: inout [[Scored]]
  ) throws {
    let byKey = Dictionary(grouping: placeless, by: { names[$0].key })
    try stage.store.query("SELECT id, name, country FROM unit WHERE active AND name <> '' ORDER BY country, id") {
      chunk in
      for row in 0..<chunk.count {
        for index in byKey[rules.words(chunk.value(row, 1).text).key] ?? []
        where scored[index].count < rules.candidates
          && Int(Stage.index(countries[index])) == chunk.value(row, 2).integer
        {
          scored[index].append(Scored(UInt64(chunk.value(row, 0).integer ?? 0), rules.placeUnknown))
        }
      }
    }
  }

  // MARK: - What follows

  /// Puts the lists into the units that were found by name.
  private func makeMembers(_ found: [Key: Set<String>]) throws {
    guard !found.isEmpty else { return }
    try stage.store.run("CREATE TEMP TABLE new_member(country UTINYINT, unit BIGINT, lists VARCHAR)")
    let before = [Country.fr: lists.french, .be: lists.belgian]
    let appender = try stage.store.appender("new_member", [.integer8, .integer64, .text])
    for (key, names) in found.sorted(by: {
      ($0.key.country.rawValue, $0.key.unit) < ($1.key.country.rawValue, $1.key.unit)
    }) {
      let there = before[key.country]?[key.unit]?.split(separator: "|").map(String.init) ?? []
      appender.add(Stage.index(key.country))
      appender.add(Int64(key.unit))
      appender.add(MemberLists.text(names.union(there)))
      try appender.endRow()
    }
    try appender.finish()
    try stage.store.run(
      """
      UPDATE unit SET lists = n.lists FROM new_member n WHERE n.country = unit.country AND n.unit = unit.id;
      DROP TABLE new_member
      """)
  }

  /// Takes back units that no list has after all, as if they had never been looked at.
  private func dropStrangers(_ country: Country, _ units: [UInt64]) throws {
    guard !units.isEmpty else { return }
    try stage.store.run("CREATE TEMP TABLE stranger(unit BIGINT)")
    let appender = try stage.store.appender("stranger", [.integer64])
    for unit in units {
      appender.add(Int64(unit))
      try appender.endRow()
    }
    try appender.finish()
    let index = Stage.index(country)
    try stage.store.run(
      """
      DELETE FROM unit WHERE country = \(index) AND id IN (SELECT unit FROM stranger);
      DELETE FROM establishment WHERE country = \(index) AND unit IN (SELECT unit FROM stranger) AND NOT employer
        AND id NOT IN (SELECT establishment FROM workforce WHERE country = \(index));
      UPDATE establishment SET name = '' WHERE country = \(index) AND unit IN (SELECT unit FROM stranger);
      DROP TABLE stranger
      """)
  }
}
