internal import Tabular
package import Wording

/// A size band of a register: its bounds and its place in the grid that both countries share.
package struct SizeBand: Sendable, Equatable {
  package let code: String
  /// Nil where the band says nothing about the headcount.
  package let low: Int?
  /// Nil where the band is open upwards, or says nothing.
  package let high: Int?
  /// S0…S8, or SX where unknown.
  package let common: String
  package let label: Label
}

package struct Sizes: Sendable {
  /// French bands, Belgian bands, and the common grid.
  package let french: [String: SizeBand]
  package let belgian: [String: SizeBand]
  package let common: [SizeBand]

  package static let unknown = "SX"

  package init(share: String) throws {
    let table = try DeclaredTable(
      "\(share)/nomenclatures/size-bands.csv",
      columns: ["scheme", "code", "low", "high", "common", "fr", "nl", "en"],
      properties: Nomenclature.properties)
    var bands: [String: [SizeBand]] = [:]
    for entry in table.entries {
      for column in ["low", "high"] where !entry[column].isEmpty && Int(entry[column]) == nil {
        throw table.problem("share.bad_number", entry, ["column": column, "value": entry[column]])
      }
      bands[entry["scheme"], default: []].append(
        SizeBand(
          code: entry["code"], low: Int(entry["low"]), high: Int(entry["high"]), common: entry["common"],
          label: Label(fr: entry["fr"], nl: entry["nl"], en: entry["en"])))
    }
    common = bands["common"] ?? []
    let known = Set(common.map(\.code))
    for entry in table.entries where !known.contains(entry["common"]) {
      throw table.problem(
        "share.unknown_code", entry,
        ["code": entry["common"], "known": known.sorted().joined(separator: ", ")])
    }
    func byCode(_ scheme: String) -> [String: SizeBand] {
      Dictionary((bands[scheme] ?? []).map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }
    french = byCode("fr-tranches")
    belgian = byCode("be-onss")
  }

  /// The class of the common grid that a headcount falls in.
  package func commonClass(of headcount: Int) -> String {
    common.first { band in
      guard let low = band.low else { return false }
      return headcount >= low && headcount <= band.high ?? Int.max
    }?.code ?? Self.unknown
  }
}
