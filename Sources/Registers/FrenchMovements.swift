package import Tabular
package import Territory

/// INSEE's file of what happened to communes since 1943 (`v_mvt_commune`, `mvtcommune`): a row for each commune before
/// and each after.
///
/// Rows from a commune in its own right (COM) to another are movements of territory, and so are those that end in
/// nothing (Saint-Barthélemy, 2007). Those about delegated and associated communes are out of the scope: they say what
/// became of a name inside a commune.
package struct FrenchMovements: Sendable {
  package static let source = "communes"

  package private(set) var movements: [CommuneHistory.Movement] = []
  package private(set) var former: [FormerCommune] = []
  package private(set) var account = Reconciliation()
  /// The last day on which something happened: the age of the file.
  package private(set) var last: Day?

  package init(_ container: Container) throws {
    let names = ["DATE_EFF", "TYPECOM_AV", "COM_AV", "LIBELLE_AV", "TYPECOM_AP", "COM_AP"]
    let file = try RegisterFile(container.stream(), source: Self.source, required: names)
    let reader = file.reader
    let columns = try reader.positions(names)
    var seen: Set<String> = []
    var bornNames: [String: Set<String>] = [:]
    try reader.forEachBatch { batch in
      for record in 0..<batch.count {
        let fields = columns.map { batch[record][$0].text }
        guard let day = Day(fields[0]) else {
          account.reject(.date, batch, record)
          continue
        }
        let (isFrom, isInto) = (fields[1] == "COM", fields[4] == "COM")
        guard isFrom || isInto, fields[1].isEmpty || isFrom, fields[4].isEmpty || isInto else {
          account.leaveOut(.part)
          continue
        }
        guard [isFrom ? fields[2] : nil, isInto ? fields[5] : nil].compactMap(\.self).allSatisfy(Self.isCode) else {
          account.reject(.identifier, batch, record)
          continue
        }
        guard seen.insert(fields.joined(separator: "|")).inserted else {
          account.reject(.duplicate, batch, record)
          continue
        }
        account.keep()
        last = max(last ?? day, day)
        if isFrom {
          movements.append(.init(day, fields[2], isInto ? [fields[5]] : []))
          bornNames[fields[2], default: []].insert(fields[3])
        }
      }
      try account.close(batch, at: reader.place)
    }
    former = bornNames.map { FormerCommune(code: $0.key, names: $0.value.sorted()) }.sorted { $0.code < $1.code }
  }

  /// Five characters: a département, 2A and 2B among them, and three digits.
  private static func isCode(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 5 else { return false }
    return bytes.indices.allSatisfy { place in
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[place]
        || place == 1 && bytes[0] == UInt8(ascii: "2") && [UInt8(ascii: "A"), UInt8(ascii: "B")].contains(bytes[place])
    }
  }
}
