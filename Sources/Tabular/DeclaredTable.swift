package import Diagnostics
internal import Filesystem

/// A small table of rules under `share/`: lines `# key: value`, then CSV with a header.
///
/// The whole file is in memory with the line of each row, so that a rule that cannot be can be named with
/// its line. Loading is strict: an unknown or missing column, a ragged row, a missing key stop the program.
package struct DeclaredTable: Sendable {
  package struct Entry: Sendable {
    package let line: Int
    fileprivate let values: [String]
    fileprivate let positions: [String: Int]

    package subscript(column: String) -> String {
      positions[column].map { values[$0] } ?? ""
    }
  }

  package let path: String
  package let properties: [String: String]
  package let columns: [String]
  package let entries: [Entry]
  /// Repeated keys, such as `option`, in order.
  package let repeated: [(key: String, value: String)]
  private let propertyLines: [String: Int]

  package init(
    _ path: String, columns required: [String], properties requiredProperties: [String] = []
  ) throws {
    let bytes = try Folder.contents(of: path)
    try self.init(bytes, path: path, columns: required, properties: requiredProperties)
  }

  package init(
    _ bytes: [UInt8], path: String, columns required: [String],
    properties requiredProperties: [String] = []
  ) throws {
    let head = try Head(bytes, path, columns: required, properties: requiredProperties)
    let columns = head.reader.columns
    let positions = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    var entries: [Entry] = []
    try head.forEachRow { row, line in
      entries.append(Entry(line: line, values: columns.indices.map { row[$0].text }, positions: positions))
    }
    self.path = path
    properties = head.properties
    repeated = head.repeated
    propertyLines = head.propertyLines
    self.columns = columns
    self.entries = entries
  }

  /// The values of some columns, row after row, of a table of many thousands of rows: nothing else of it is kept.
  package static func forEachRow(
    _ path: String, columns: [String], _ body: ([String]) throws -> Void
  ) throws {
    let head = try Head(Folder.contents(of: path), path, columns: columns, properties: [])
    let positions = columns.map { name in head.reader.columns.firstIndex(of: name) ?? 0 }
    try head.forEachRow { row, _ in try body(positions.map { row[$0].text }) }
  }

  /// What stands above the rows, and the reader of these.
  private struct Head {
    let path: String
    var properties: [String: String] = [:]
    var repeated: [(key: String, value: String)] = []
    var propertyLines: [String: Int] = [:]
    /// How many lines stand above the header.
    var line = 0
    let reader: TableReader

    init(_ bytes: [UInt8], _ path: String, columns required: [String], properties requiredProperties: [String]) throws {
      self.path = path
      if let line = TextEncoding.lineOutOfUTF8(bytes) {
        throw Problem("share.not_utf8", at: Place(file: path, line: line))
      }
      // Some editors begin a text with a mark of its encoding.
      var start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
      while start < bytes.count, bytes[start] == UInt8(ascii: "#") {
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        line += 1
        let text = String(decoding: bytes[start + 1..<end], as: UTF8.self)
        if let colon = text.firstIndex(of: ":") {
          let key = trimmed(text[..<colon])
          let value = trimmed(text[text.index(after: colon)...])
          properties[key] = value
          repeated.append((key, value))
          propertyLines[key] = line
        }
        start = min(end + 1, bytes.count)
      }
      for key in requiredProperties where properties[key] == nil {
        throw Problem("share.no_property", at: Place(file: path, line: 1), ["key": key])
      }
      do throws(Problem) {
        reader = try TableReader(MemoryStream(Array(bytes[start...]), name: path), .init(separator: UInt8(ascii: ",")))
      } catch {
        throw DeclaredTable.shifted(error, by: line)
      }
      let columns = reader.columns
      if let repeated = columns.first(where: { name in columns.count { $0 == name } > 1 }) {
        throw DeclaredTable.shifted(reader.repeated(repeated), by: line)
      }
      for column in required where !columns.contains(column) {
        throw Problem(
          "share.no_column", at: Place(file: path, line: line + 1),
          ["column": column, "columns": columns.joined(separator: ", ")])
      }
    }

    /// Each row with its line in the file; a ragged one stops.
    func forEachRow(_ body: (Row, Int) throws -> Void) throws {
      do {
        try reader.forEachBatch { batch in
          if let fault = batch.faults.first {
            throw Problem(
              "share.ragged", at: Place(file: path, line: fault.line + line),
              ["fields": String(fault.fields), "expected": String(fault.expected)])
          }
          let lines = batch.lines()
          for record in 0..<batch.count { try body(batch[record], lines[record] + line) }
        }
      } catch let problem as Problem where problem.code.hasPrefix("table.") {
        throw DeclaredTable.shifted(problem, by: line)
      }
    }
  }

  /// The reader counts from the header; the file, from its first line.
  private static func shifted(_ problem: Problem, by lines: Int) -> Problem {
    var problem = problem
    problem.place.line = problem.place.line.map { $0 + lines }
    return problem
  }

  /// The problem with one row of this table.
  package func problem(_ code: String, _ entry: Entry, _ facts: [String: String] = [:]) -> Problem {
    Problem(code, at: Place(file: path, line: entry.line), facts)
  }

  /// Where a property stands; the first line where it is not there.
  package func line(of property: String) -> Int { propertyLines[property] ?? 1 }

  package subscript(property: String) -> String { properties[property] ?? "" }
}

/// Without the white space around.
package func trimmed(_ text: some StringProtocol) -> String {
  var part = Substring(text)
  while part.first?.isWhitespace == true { part.removeFirst() }
  while part.last?.isWhitespace == true { part.removeLast() }
  return String(part)
}
