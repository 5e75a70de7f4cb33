package import Wording

/// A file of the catalogue, as it lies on the disk.
package struct PublishedFile: Sendable, Equatable {
  package let name: String
  package let format: ExchangeFormat
  /// Nil: of every language, or of none.
  package let language: Language?
  package let size: Int
  package let sha256: String

  package init(_ name: String, _ format: ExchangeFormat, _ language: Language? = nil, size: Int, sha256: String) {
    self.name = name
    self.format = format
    self.language = language
    self.size = size
    self.sha256 = sha256
  }
}

extension ExchangeFormat {
  /// As people call it: the same in every language.
  var title: String {
    switch self {
    case .text: "TXT"
    case .csv: "CSV"
    case .csvw: "CSVW"
    case .xlsx: "XLSX"
    case .parquet: "Parquet"
    case .jsonStat: "JSON-stat"
    case .sdmxCSV: "SDMX-CSV"
    case .sdmxXML: "SDMX-ML"
    }
  }

  /// Its code in the European list of types of files.
  var fileType: String {
    switch self {
    case .text: "TXT"
    case .csv, .sdmxCSV: "CSV"
    case .csvw: "JSON_LD"
    case .xlsx: "XLSX"
    case .parquet: "PARQUET"
    case .jsonStat: "JSON"
    case .sdmxXML: "XML"
    }
  }

  /// Its media type without parameters, as the list of IANA has it.
  var plainMediaType: String { self == .sdmxCSV ? "text/csv" : mediaType }
}
