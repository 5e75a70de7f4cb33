import DuckStore
import Exchange
import Indicators
import Secrecy
import Tabular
import Warehouse
import Wording

/// A table in the format asked for: drawn, as JSON for machines, or as one of the files that others read.
struct TableReport {
  let table: StatisticalTable
  let session: Session

  func bytes(as format: String) throws -> [UInt8] {
    switch format {
    case "text": return Array((TableText(table: table, words: session.words).text + "\n").utf8)
    case "json":
      return Array(String(decoding: TableJSON(table, session.words.language).bytes, as: UTF8.self).escapedControls.utf8)
    default:
      guard let format = ExchangeFormat(rawValue: format) else { preconditionFailure("the command line knows formats") }
      if format == .parquet { _ = try session.openEngine() }
      return try TableExport(session.words).bytes(of: table, as: format)
    }
  }
}

extension ResultTarget {
  /// Bytes that are not for a terminal are not thrown at one.
  func write(_ report: TableReport, as format: String) throws {
    let bytes = try report.bytes(as: format)
    try write { try $0(bytes) }
  }
}
