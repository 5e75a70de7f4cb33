package import Diagnostics
internal import Tabular

/// Which column of a list holds what. Kept for the next time in a small table that people may correct.
package struct ListMapping: Sendable, Equatable {
  package var columns: [ListField: String]
  /// What somebody said to be in no column: it is not proposed again when the list grows.
  package var setAside: Set<ListField>

  package init(_ columns: [ListField: String] = [:], setAside: Set<ListField> = []) {
    (self.columns, self.setAside) = (columns, setAside)
  }

  /// In the order of the fields.
  package var ordered: [(field: ListField, column: String)] {
    columns.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Of the first lines of a list, that which has most of the columns; nil where none has one. A build finds by it the
  /// header that was found at import.
  func header(among lines: [[String]]) -> Int? {
    let names = Set(columns.values).subtracting([""])
    let held = lines.map { names.intersection($0).count }
    guard let most = held.max(), most > 0 else { return nil }
    return held.firstIndex(of: most)
  }

  /// As a receipt keeps it.
  package var plain: [String: String] {
    Dictionary(uniqueKeysWithValues: columns.map { ($0.key.rawValue, $0.value) })
  }

  package init(plain: [String: String]) {
    self.init(
      Dictionary(
        uniqueKeysWithValues: plain.compactMap { name, column in ListField(rawValue: name).map { ($0, column) } }))
  }

  /// `name=Dénomination,siren=N° SIREN`; `siren=` for no such column.
  package init(options: [String]) throws(Problem) {
    var said: [ListField: String] = [:]
    for part in options.flatMap(Self.parts) {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(trimmed)
      guard pair.count == 2, let field = ListField(rawValue: pair[0]) else {
        throw Problem(
          "list.bad_map", status: .commandLine,
          ["map": part, "known": ListField.allCases.map(\.rawValue).joined(separator: ", ")])
      }
      // A column serves one purpose: the first would lose it without a word.
      if !pair[1].isEmpty, let first = said.first(where: { $0.key != field && $0.value == pair[1] })?.key {
        throw Problem(
          "list.map_column", status: .commandLine,
          ["column": pair[1], "first": first.rawValue, "other": field.rawValue])
      }
      if let first = said.updateValue(pair[1], forKey: field) {
        throw Problem(
          "list.map_twice", status: .commandLine, ["field": field.rawValue, "first": first, "other": pair[1]])
      }
    }
    self.init(said: said)
  }

  /// With an empty name where a field is in no column.
  private init(said: [ListField: String]) {
    self.init(said.filter { !$0.value.isEmpty }, setAside: Set(said.filter { $0.value.isEmpty }.keys))
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

  /// Where both say something, the other counts; what it sets aside is in no column.
  package func corrected(by other: ListMapping) -> ListMapping {
    var columns = columns
    // A column serves one purpose: naming it for another takes it from the first.
    for (field, column) in other.ordered {
      for (old, taken) in columns where taken == column && old != field { columns[old] = nil }
      columns[field] = column
    }
    for field in other.setAside { columns[field] = nil }
    return ListMapping(columns, setAside: setAside.subtracting(other.columns.keys).union(other.setAside))
  }

  // MARK: - The table

  package init(file path: String) throws {
    let table = try DeclaredTable(path, columns: ["field", "column"])
    var said: [ListField: String] = [:]
    for entry in table.entries {
      guard let field = ListField(rawValue: entry["field"]) else {
        throw table.problem(
          "list.unknown_field", entry,
          ["field": entry["field"], "known": ListField.allCases.map(\.rawValue).joined(separator: ", ")])
      }
      said[field] = entry["column"]
    }
    self.init(said: said)
  }

  package func bytes(for list: String) -> [UInt8] {
    var text = CSVText(["field", "column"])
    for field in ListField.allCases where columns[field] != nil || setAside.contains(field) {
      text.add([field.rawValue, columns[field] ?? ""])
    }
    return Array("# list: \(list)\n".utf8) + text.bytes
  }
}
