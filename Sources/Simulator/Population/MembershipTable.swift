import Diagnostics
import Nomenclature
import Tabular

/// The lists that a unit is on, each by its position in the table.
struct Memberships: BitwiseCopyable, Equatable {
  private(set) var bits: UInt64 = 0

  var isEmpty: Bool { bits == 0 }

  func contains(_ list: Int) -> Bool { bits >> UInt64(list) & 1 == 1 }

  mutating func insert(_ list: Int) { bits |= 1 << UInt64(list) }
}

/// Who is on which list, by legal form: `lists.csv`, as far as it is about one country.
final class MembershipTable {
  private struct Rule: BitwiseCopyable {
    let list: Int
    /// The list whose members alone are drawn, or nothing.
    let among: Int?
    let employers: Rate
    let others: Rate
    /// Which draws of a unit decide. It comes from what the row says and not from its place in the
    /// table: a row more or less changes nothing for the others.
    let sequence: Int
  }

  private struct Stretch: BitwiseCopyable {
    let start: Int
    let end: Int
  }

  /// The lists of the country, in the order of the table.
  let lists: [String]
  /// Of each legal form, by its position in the profile: its rules stand side by side.
  private let stretches: UnsafePointer<Stretch>
  private let rules: UnsafePointer<Rule>
  private let arena = Arena()

  private static func table(_ folder: String) throws -> DeclaredTable {
    try DeclaredTable(
      "\(folder)/lists.csv", columns: ["list", "country", "form", "among", "employers", "others"],
      properties: ["id", "source", "confidence"])
  }

  /// The lists of a country, in the order of the table.
  static func lists(_ folder: String, country: Country) throws -> [String] {
    var lists: [String] = []
    for entry in try table(folder).entries where entry["country"] == country.rawValue && !lists.contains(entry["list"])
    {
      lists.append(entry["list"])
    }
    return lists
  }

  init(_ folder: String, country: Country, profile: CountryProfile) throws {
    let table = try Self.table(folder)
    var lists: [String] = []
    var read: [(form: [UInt8], rule: Rule)] = []
    for entry in table.entries where entry["country"] == country.rawValue {
      let name = entry["list"]
      let list = lists.firstIndex(of: name) ?? lists.count
      let among = entry["among"].isEmpty ? nil : lists.firstIndex(of: entry["among"])
      // Lists are drawn one after another, each before those that look at it.
      guard entry["among"].isEmpty || among ?? list < list else {
        throw table.problem("simulate.no_list", entry, ["list": entry["among"]])
      }
      if list == lists.count { lists.append(name) }
      let rule = Rule(
        list: list, among: among, employers: try Self.rate("employers", entry, table),
        others: try Self.rate("others", entry, table),
        sequence: Self.sequence("\(name) \(entry["form"]) \(entry["among"])"))
      read.append((Array(entry["form"].utf8), rule))
    }
    var stretches: [Stretch] = []
    var rules: [Rule] = []
    for position in 0..<profile.formChooser.count {
      let code = profile.forms[position].code.bytes
      let start = rules.count
      // Natural persons have no form in Belgium and are on no list.
      if !code.isEmpty { rules += read.filter { code.starts(with: $0.form) }.map(\.rule).sorted { $0.list < $1.list } }
      stretches.append(Stretch(start: start, end: rules.count))
    }
    self.lists = lists
    self.stretches = arena.keep(stretches)
    self.rules = arena.keep(rules)
  }

  private static func rate(
    _ column: String, _ entry: DeclaredTable.Entry, _ table: DeclaredTable
  ) throws(Problem) -> Rate {
    let share = try entry.number(column, in: table)
    guard share <= 1 else {
      throw table.problem("simulate.bad_number", entry, ["column": column, "value": entry[column]])
    }
    return Rate(share)
  }

  /// The FNV-1a hash of what a row is about.
  private static func sequence(_ text: String) -> Int {
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0100_0000_01b3 }
    return Int(truncatingIfNeeded: hash)
  }

  /// The lists of an active unit.
  func lists(ofForm form: Int, key: UInt64, employs: Bool) -> Memberships {
    var memberships = Memberships()
    for position in stretches[form].start..<stretches[form].end {
      let rule = rules[position]
      if let among = rule.among, !memberships.contains(among) { continue }
      var draws = Draws(key: key, rule.sequence)
      if draws.happens(employs ? rule.employers : rule.others) { memberships.insert(rule.list) }
    }
    return memberships
  }
}
