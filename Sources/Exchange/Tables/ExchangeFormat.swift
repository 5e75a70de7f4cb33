/// The forms in which a table leaves.
package enum ExchangeFormat: String, Sendable, CaseIterable {
  /// Laid out by the terminal: not a form of this module.
  case text
  case csv
  /// What describes the CSV beside it.
  case csvw
  case xlsx, parquet
  case jsonStat = "json-stat"
  case sdmxCSV = "sdmx-csv"
  case sdmxXML = "sdmx-xml"

  /// Those that are made for files.
  package static let files = allCases.filter { $0 != .text }

  /// `T01.csv`, `T01.csv-metadata.json`, `T01.sdmx.xml`: no two formats of a table have the same name.
  package func fileName(of table: String) -> String { "\(table).\(ending)" }

  private var ending: String {
    switch self {
    case .text: "txt"
    case .csv: "csv"
    // The name under which CSV on the Web looks for what describes a file.
    case .csvw: "csv-metadata.json"
    case .xlsx: "xlsx"
    case .parquet: "parquet"
    case .jsonStat: "json"
    case .sdmxCSV: "sdmx.csv"
    case .sdmxXML: "sdmx.xml"
    }
  }

  /// As IANA and the standards name it.
  package var mediaType: String {
    switch self {
    case .text: "text/plain"
    case .csv: "text/csv"
    case .csvw: "application/csvm+json"
    case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case .parquet: "application/vnd.apache.parquet"
    case .jsonStat: "application/json"
    case .sdmxCSV: "application/vnd.sdmx.data+csv;version=2.0.0"
    case .sdmxXML: "application/xml"
    }
  }

  /// Is it text, that a terminal may show?
  package var isText: Bool { self != .xlsx && self != .parquet }
}
