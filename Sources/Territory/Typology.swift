internal import Diagnostics
package import Nomenclature
internal import Tabular
package import Wording

/// A typology of communes: which of them are cities, which are rural.
///
/// It tells nothing of a territory above a commune: tables add up the communes of a class.
package struct Typology: Sendable, Equatable {
  package struct Class: Sendable, Equatable {
    package let code: String
    package let label: Label

    package init(_ code: String, _ label: Label) { (self.code, self.label) = (code, label) }
  }

  package let id: String
  package let title: Label
  /// In order of their codes.
  package let classes: [Class]
  /// By commune of today (`FR-COM-59350`), the code of its class; one that is not here is in none.
  package let classOfCommune: [String: String]

  package init(id: String, title: Label, classes: [Class], classOfCommune: [String: String]) {
    (self.id, self.title, self.classes, self.classOfCommune) = (id, title, classes, classOfCommune)
  }

  package func isOf(_ country: Country) -> Bool {
    classOfCommune.keys.contains { $0.hasPrefix("\(country.rawValue)-") }
  }

  /// With the communes that another file of it has and this one has not: one a country is usual.
  package func joined(with other: Typology) -> Typology {
    let added = other.classes.filter { one in !classes.contains { $0.code == one.code } }
    return Typology(
      id: id, title: title, classes: Self.inOrder(classes + added),
      classOfCommune: classOfCommune.merging(other.classOfCommune) { own, _ in own })
  }

  /// Codes that are numbers by their number, the others behind them.
  package static func inOrder(_ classes: [Class]) -> [Class] {
    classes.sorted { a, b in
      (Int(a.code) ?? .max, a.code) < (Int(b.code) ?? .max, b.code)
    }
  }

  // MARK: - Communes of before

  /// The class of a commune of today that several of before have become, each with its own: that of most of their
  /// people, the first of those that have as many.
  package static func prevailing(_ classes: [String: String], _ history: CommuneHistory?) -> String? {
    let codes = classes.keys.sorted()
    guard Set(classes.values).count > 1 else { return classes.values.first }
    let shares = history?.division(codes) ?? codes.map { _ in 1 }
    var weights: [String: Double] = [:]
    for (code, share) in zip(codes, shares) { weights[classes[code] ?? "", default: 0] += share }
    return weights.max { a, b in (a.value, b.key) < (b.value, a.key) }?.key
  }
}

/// The names of the classes of typologies that are known, in three languages: a file has them in one, or in none.
package struct TypologyLabels: Sendable {
  private struct Known {
    let columns: [String]
    var labels: [String: Label] = [:]
  }

  private let known: [Known]

  package init(share: String) throws {
    let table = try DeclaredTable(
      "\(share)/territories/typologies.csv", columns: ["typology", "columns", "code", "fr", "nl", "en"])
    var known: [Known] = []
    var positions: [String: Int] = [:]
    for entry in table.entries {
      let position = positions[entry["typology"]] ?? known.count
      if position == known.count {
        positions[entry["typology"]] = position
        known.append(Known(columns: entry["columns"].split(separator: "|").map { String($0).folded }))
      }
      let label = Label(fr: entry["fr"], nl: entry["nl"], en: entry["en"])
      guard known[position].labels.updateValue(label, forKey: entry["code"]) == nil else {
        throw table.problem("share.duplicate", entry, ["code": entry["code"]])
      }
    }
    self.known = known
  }

  /// Those of the first typology that a column of this name may hold and that has all these codes.
  package func labels(of codes: Set<String>, column: String) -> [String: Label] {
    known.first { $0.columns.contains(column.folded) && codes.isSubset(of: $0.labels.keys) }?.labels ?? [:]
  }
}
