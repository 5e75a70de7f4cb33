package import Diagnostics
internal import Tabular

/// Which column of a list holds what. Kept for the next time in a small table that people may correct.
package struct ListMapping: Sendable, Equatable {
  package var columns: [ListField: String]

  package init(_ columns: [ListField: String] = [:]) { self.columns = columns }

  /// In the order of the fields.
  package var ordered: [(field: ListField, column: String)] {
    columns.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// As a receipt keeps it.
  package var plain: [String: String] {
    Dictionary(uniqueKeysWithValues: columns.map { ($0.key.rawValue, $0.value) })
  }

  package init(plain: [String: String]) {
    columns = Dictionary(
      uniqueKeysWithValues: plain.compactMap { name, column in ListField(rawValue: name).map { ($0, column) } })
  }

  /// `name=Dénomination,siren=N° SIREN`; `siren=` for no such column.
  package init(options: [String]) throws(Problem) {
    var columns: [ListField: String] = [:]
    for part in options.flatMap(Self.parts) {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(trimmed)
      guard pair.count == 2, let field = ListField(rawValue: pair[0]) else {
        throw Problem(
          "list.bad_map", status: .commandLine,
          ["map": part, "known": ListField.allCases.map(\.rawValue).joined(separator: ", ")])
      }
      if let first = columns.updateValue(pair[1], forKey: field) {
        throw Problem(
          "list.map_twice", status: .commandLine, ["field": field.rawValue, "first": first, "other": pair[1]])
      }
    }
    self.columns = columns
  }

  /// A comma parts two fields where the next one has its sign: `name=Nom, prénom` is one.
  private static func parts(_ option: String) -> [String] {
    var parts: [String] = []
    for piece in option.split(separator: ",") {
      if let last = parts.last, !piece.contains("=") {
        parts[parts.count - 1] = "\(last),\(piece)"
      } else {
        parts.append(String(piece))
      }
    }
    return parts
  }

  /// Where both say something, the other counts; what it leaves empty is in no column.
  package func corrected(by other: ListMapping) -> ListMapping {
    var columns = columns
    // A column serves one purpose: naming it for another takes it from the first.
    for (field, column) in other.ordered {
      for (old, taken) in columns where taken == column && old != field { columns[old] = nil }
      columns[field] = column.isEmpty ? nil : column
    }
    return ListMapping(columns)
  }

  // MARK: - The table

  package init(file path: String) throws {
    let table = try DeclaredTable(path, columns: ["field", "column"])
    var columns: [ListField: String] = [:]
    for entry in table.entries {
      guard let field = ListField(rawValue: entry["field"]) else {
        throw table.problem(
          "list.unknown_field", entry,
          ["field": entry["field"], "known": ListField.allCases.map(\.rawValue).joined(separator: ", ")])
      }
      columns[field] = entry["column"]
    }
    self.columns = columns.filter { !$0.value.isEmpty }
  }

  package func bytes(for list: String) -> [UInt8] {
    var text = CSVText(["field", "column"])
    for (field, column) in ordered { text.add([field.rawValue, column]) }
    return Array("# list: \(list)\n".utf8) + text.bytes
  }
}
