package import Diagnostics
internal import Filesystem
import Tabular
package import Wording

/// The rules of one country or agreement under which figures may leave: a file of `share/secrecy`.
package struct SecrecyProfile: Sendable, Equatable {
  package let id: String
  package let title: Label
  package let source: String
  package let version: String
  /// The country whose data it is the rule of; nil for one that speaks of all.
  package let country: String?
  /// Nothing is hidden: for the eyes of those who hold the data, never to be published.
  package let isOpen: Bool
  /// Who agreed to the profile being applied to data whose own rules are not public, where somebody must.
  package let signedOff: String
  private let rules: [String: Rule]

  /// What one kind of quantity must meet.
  package struct Rule: Sendable, Equatable {
    /// Units (enterprises) that contribute, at least.
    package var units = 0
    /// The largest unit's part of the quantity, at most.
    package var share = 1.0
    /// Employees that the figure is about, at least.
    package var employees = 0

    package init(units: Int = 0, share: Double = 1, employees: Int = 0) {
      self.units = units
      self.share = share
      self.employees = employees
    }

    var isOpen: Bool { units == 0 && share >= 1 && employees == 0 }
  }

  /// Kinds of quantities: counts of open registers, headcounts, pay, accounts that are public by law, and figures that
  /// a publisher has protected himself.
  package enum Kind: String, Sendable, CaseIterable { case register, headcount, pay, account, published }

  package func rule(for kind: Kind) -> Rule { rules[kind.rawValue] ?? Rule() }

  private static let columns = ["kind", "rule", "value", "confidence", "note"]
  private static let names = ["min_units", "max_share", "min_employees"]

  package init(_ path: String) throws {
    let table = try DeclaredTable(
      path, columns: Self.columns,
      properties: ["id", "title_fr", "title_nl", "title_en", "source", "version", "country", "signed_off"])
    id = table["id"]
    title = Label(fr: table["title_fr"], nl: table["title_nl"], en: table["title_en"])
    source = table["source"]
    version = table["version"]
    country = table["country"].isEmpty ? nil : table["country"]
    signedOff = table["signed_off"]
    var rules: [String: Rule] = [:]
    var seen: Set<String> = []
    for entry in table.entries {
      func unknown(_ column: String, _ known: [String]) -> Problem {
        table.problem(
          "share.unknown_code", entry, ["code": entry[column], "known": known.joined(separator: ", ")])
      }
      guard Kind(rawValue: entry["kind"]) != nil else { throw unknown("kind", Kind.allCases.map(\.rawValue)) }
      let name = "\(entry["kind"]) \(entry["rule"])"
      guard seen.insert(name).inserted else { throw table.problem("share.duplicate", entry, ["code": name]) }
      var rule = rules[entry["kind"]] ?? Rule()
      guard let value = Double(entry["value"]), 0...(entry["rule"] == "max_share" ? 100 : 1_000_000) ~= value else {
        throw table.problem("share.bad_number", entry, ["column": "value", "value": entry["value"]])
      }
      switch entry["rule"] {
      case "min_units": rule.units = Int(value)
      case "max_share": rule.share = value / 100
      case "min_employees": rule.employees = Int(value)
      default: throw unknown("rule", Self.names)
      }
      rules[entry["kind"]] = rule
    }
    self.rules = rules
    isOpen = rules.values.allSatisfy(\.isOpen)
  }
}

/// The profiles that there are.
package struct SecrecyBook: Sendable {
  package let profiles: [SecrecyProfile]

  package init(share: String) throws {
    let folder = "\(share)/secrecy"
    profiles = try Folder.names(in: folder).filter { $0.hasSuffix(".csv") }.sorted().map {
      try SecrecyProfile("\(folder)/\($0)")
    }
  }

  package func profile(_ id: String) throws(Problem) -> SecrecyProfile {
    guard let profile = profiles.first(where: { $0.id == id }) else {
      let known = profiles.map(\.id)
      throw Problem(
        "secrecy.unknown", status: .commandLine,
        ["profile": id, "known": known.joined(separator: ", "), "nearest": nearest(to: id, among: known) ?? ""])
    }
    return profile
  }

  /// The profile of each country's data.
  package func profiles(of countries: Set<String>) -> [SecrecyProfile] {
    profiles.filter { $0.country.map(countries.contains) ?? false }
  }
}
