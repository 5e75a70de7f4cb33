import Diagnostics
import Tabular

/// Reads back a row that a register writes: what was drawn for one file is the same in another, whatever is drawn
/// before it.
final class WrittenRow {
  private final class Kept: ByteSink {
    var bytes: [UInt8] = []
    func write(_ part: UnsafeRawBufferPointer) { bytes.append(contentsOf: part) }
  }

  private let kept = Kept()
  private var csv: CSVWriter
  private let positions: [String: Int]
  private var fields: [[UInt8]] = []

  /// `header` is that of the register, whose names may be in quotes.
  init(header: String) {
    csv = CSVWriter(to: kept)
    let names = header.split(separator: ",").map { $0.filter { $0 != "\"" } }
    positions = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Keeps the first of the rows that are written, whatever was kept before.
  func read(_ write: (inout CSVWriter) throws(Problem) -> Void) throws(Problem) {
    kept.bytes.removeAll(keepingCapacity: true)
    try write(&csv)
    try csv.flush()
    fields.removeAll(keepingCapacity: true)
    var field: [UInt8] = []
    var isQuoted = false
    for (place, byte) in kept.bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "\""):
        // The second of two quotes inside a field is one of its text.
        if !isQuoted, place > 0, kept.bytes[place - 1] == byte { field.append(byte) }
        isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted:
        fields.append(field)
        field.removeAll(keepingCapacity: true)
      case UInt8(ascii: "\n") where !isQuoted:
        fields.append(field)
        return
      default: field.append(byte)
      }
    }
    fields.append(field)
  }

  /// The text of a column; empty where the row has none.
  subscript(column: String) -> String {
    guard let position = positions[column], position < fields.count else { return "" }
    return String(decoding: fields[position], as: UTF8.self)
  }
}
