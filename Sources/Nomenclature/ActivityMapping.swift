internal import Diagnostics
internal import Tabular

/// From every classification of activities to the 88 divisions, with the weight of each target: how a unit coded
/// otherwise gets its sector, and how sure that is.
package struct ActivityMapping: Sendable {
  /// How well an activity is mapped: what it was recoded from and to is one thing, or the likeliest of several, or not
  /// known.
  package enum Quality: String, Sendable, CaseIterable {
    case exact, approximate, none
  }

  package struct Target: Sendable, Equatable {
    package let division: String
    /// The share of the code that is there.
    package let weight: Double
  }

  private struct Mapped {
    var targets: [Target] = []
    var isExact = true
  }

  private let codes: [ActivityScheme: [String: Mapped]]
  private let sectors: Sectors

  /// Refuses weights that do not add up, divisions and schemes that are not, and an exact code with two targets.
  init(share: String, sectors: Sectors) throws {
    self.sectors = sectors
    let table = try DeclaredTable(
      "\(share)/nomenclatures/to-a88.csv", columns: ["scheme", "code", "a88", "weight", "quality"],
      properties: Nomenclature.properties)
    var codes: [ActivityScheme: [String: Mapped]] = [:]
    for entry in table.entries {
      guard let scheme = ActivityScheme(rawValue: entry["scheme"]) else {
        throw table.problem(
          "share.unknown_code", entry,
          ["code": entry["scheme"], "known": ActivityScheme.allCases.map(\.rawValue).joined(separator: ", ")])
      }
      guard sectors[entry["a88"]] != nil else {
        throw table.problem("share.unknown_code", entry, ["code": entry["a88"], "known": "a88"])
      }
      let weight = Double(entry["weight"]) ?? 0
      let isExact = entry["quality"] == Quality.exact.rawValue
      guard 0.0...1.0 ~= weight, weight > 0, isExact || entry["quality"] == Quality.approximate.rawValue,
        weight == 1 || !isExact
      else {
        throw table.problem("share.bad_number", entry, ["column": "weight", "value": entry["weight"]])
      }
      var mapped = codes[scheme]?[entry["code"]] ?? Mapped()
      mapped.targets.append(Target(division: entry["a88"], weight: weight))
      mapped.isExact = mapped.isExact && isExact
      let sum = mapped.targets.map(\.weight).reduce(0, +)
      guard sum < 1.000_001 else {
        throw table.problem("share.bad_number", entry, ["column": "weight", "value": "\(entry["code"]): \(sum)"])
      }
      codes[scheme, default: [:]][entry["code"]] = mapped
    }
    for (scheme, known) in codes {
      for (code, mapped) in known where abs(mapped.targets.map(\.weight).reduce(0, +) - 1) > 0.000_001 {
        throw Problem("share.no_code", at: Place(file: table.path), ["code": "\(scheme.rawValue) \(code)"])
      }
    }
    for (key, value) in table.repeated where key == "like" {
      let names = value.split(separator: " ").compactMap { ActivityScheme(rawValue: String($0)) }
      guard names.count == 2, let model = codes[names[1]] else {
        throw Problem("share.unknown_code", at: Place(file: table.path), ["code": value, "known": "like"])
      }
      codes[names[0]] = model
    }
    self.codes = codes
  }

  /// The divisions of an activity, the likeliest first.
  package func targets(of activity: Activity) -> [Target] {
    if sectors.isDivided(activity.scheme) {
      let code = sectors.division(of: activity)
      return code == Sectors.unclassified ? [] : [Target(division: code, weight: 1)]
    }
    return mapped(activity)?.targets.sorted { ($1.weight, $0.division) < ($0.weight, $1.division) } ?? []
  }

  /// The division that stands for an activity, and how well.
  package func division(of activity: Activity) -> (code: String, quality: Quality) {
    guard let first = targets(of: activity).first else { return (Sectors.unclassified, .none) }
    let isExact = sectors.isDivided(activity.scheme) || mapped(activity)?.isExact ?? false
    return (first.division, isExact ? .exact : .approximate)
  }

  /// By the longest code that it begins with.
  private func mapped(_ activity: Activity) -> Mapped? {
    guard let known = codes[activity.scheme] else { return nil }
    var code = Substring(activity.code)
    while code.count >= 2 {
      if let mapped = known[String(code)] { return mapped }
      code.removeLast()
    }
    return nil
  }
}

extension Sectors {
  /// The national versions of NACE rev. 2 are what the 88 divisions are the divisions of.
  func isDivided(_ scheme: ActivityScheme) -> Bool { scheme == .nafRev2 || scheme == .nacebel2008 }
}
