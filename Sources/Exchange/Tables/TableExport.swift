package import Diagnostics
package import Indicators
package import Wording

/// Makes files of tables, in the language of its words.
///
/// One for many tables: it keeps the engine that writes Parquet, which must have been opened (`Library.open`) where
/// that format is asked for. Used by one thread at a time; several may each have their own.
package final class TableExport {
  private let words: Words
  private let terms: ReuseTerms
  private let sender: SdmxSender
  private let sdmxWords: SdmxWords
  private var parquet: ParquetTables?
  private var scratch: ScratchFolder?

  package init(_ words: Words, terms: ReuseTerms = .openLicence, sender: SdmxSender = .program) throws(Problem) {
    self.words = words
    self.terms = terms
    self.sender = sender
    sdmxWords = try SdmxWords(words)
  }

  /// The bytes of a table in a format. Whoever writes them says how much care that takes: one file is put in its place
  /// in one step (`Folder.write`), a thousand go into a folder that is.
  package func bytes(of table: StatisticalTable, as format: ExchangeFormat) throws(Problem) -> [UInt8] {
    switch format {
    case .text: preconditionFailure("the terminal lays out text")
    case .csv: return TableCSV(table, words.language).bytes
    case .csvw:
      return try CSVWMetadata(table, words, file: ExchangeFormat.csv.fileName(of: table.id), terms: terms).bytes
    case .jsonStat: return JSONStat(table, words, terms: terms).bytes
    case .sdmxCSV: return SdmxCSV(table, sdmxWords).bytes
    case .sdmxXML: return SdmxXML(table, sdmxWords, sender).bytes
    case .xlsx:
      let folder = try scratchFolder()
      return try folder.lend { path throws(Problem) in
        try TableSpreadsheet(table, words, terms: terms).write(to: path, folder: folder.path)
      }
    case .parquet:
      let writer = try parquetTables()
      return try scratchFolder().lend { path throws(Problem) in
        try writer.write(table, words.language, terms: terms, to: path)
      }
    }
  }

  private func scratchFolder() throws(Problem) -> ScratchFolder {
    if let scratch { return scratch }
    let fresh = try ScratchFolder()
    scratch = fresh
    return fresh
  }

  private func parquetTables() throws(Problem) -> ParquetTables {
    if let parquet { return parquet }
    let fresh = try ParquetTables()
    parquet = fresh
    return fresh
  }
}

extension SdmxSender {
  /// Where nobody says who sends the file.
  package static let program = SdmxSender(name: Label(fr: "Essor", nl: "Essor", en: "Essor"))
}
