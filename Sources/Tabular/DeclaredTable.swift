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

  /// The values of some columns, row after row: for tables of many thousands of rows.
  package func forEachRow(_ columns: [String], _ body: ([String]) throws -> Void) throws {
    let positions = columns.map { name in self.columns.firstIndex(of: name) ?? 0 }
    for entry in entries { try body(positions.map { entry.values[$0] }) }
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
    self.path = path
    guard bytes.withUnsafeBufferPointer(TextEncoding.isUTF8) else {
      throw Problem("share.not_utf8", at: Place(file: path))
    }
    var properties: [String: String] = [:]
    var repeated: [(key: String, value: String)] = []
    var propertyLines: [String: Int] = [:]
    var line = 0
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
    let headerLine = line + 1
    let reader: TableReader
    do throws(Problem) {
      reader = try TableReader(
        MemoryStream(Array(bytes[start...]), name: path), .init(separator: UInt8(ascii: ",")))
    } catch {
      throw Self.shifted(error, by: line)
    }
    if let repeated = reader.columns.first(where: { name in reader.columns.count { $0 == name } > 1 }) {
      throw Self.shifted(reader.repeated(repeated), by: line)
    }
    for column in required where !reader.columns.contains(column) {
      throw Problem(
        "share.no_column", at: Place(file: path, line: headerLine),
        ["column": column, "columns": reader.columns.joined(separator: ", ")])
    }
    let positions = Dictionary(uniqueKeysWithValues: reader.columns.enumerated().map { ($1, $0) })
    var entries: [Entry] = []
    do {
      try reader.forEachBatch { batch in
        if let fault = batch.faults.first {
          throw Problem(
            "share.ragged", at: Place(file: path, line: fault.line + line),
            ["fields": String(fault.fields), "expected": String(fault.expected)])
        }
        let lines = batch.lines()
        for record in 0..<batch.count {
          let row = batch[record]
          entries.append(
            Entry(
              line: lines[record] + line,
              values: reader.columns.indices.map { row[$0].text }, positions: positions))
        }
      }
    } catch let problem as Problem where problem.code.hasPrefix("table.") {
      throw Self.shifted(problem, by: line)
    }
    self.properties = properties
    self.repeated = repeated
    self.propertyLines = propertyLines
    columns = reader.columns
    self.entries = entries
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
