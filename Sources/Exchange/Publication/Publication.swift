import Diagnostics
package import Indicators
package import Nomenclature
import Synchronization
package import Wording

/// Everything that others read of a release, in one flat folder: all its tables in all formats, what describes them,
/// and the nomenclatures.
package struct Publication: Sendable {
  /// What was written.
  package struct Summary: Sendable {
    package let tables: Int
    package let files: Int
    package let bytes: Int
  }

  private let facts: CatalogueFacts
  private let words: Words
  private let catalogueWords: CatalogueWords
  private let skosWords: SkosWords
  private let sender: SdmxSender

  package init(_ facts: CatalogueFacts, _ words: Words) throws {
    self.facts = facts
    self.words = words
    catalogueWords = try CatalogueWords(words)
    skosWords = try SkosWords(words)
    sender = SdmxSender(name: facts.publisher)
  }

  /// Writes the folder whole, or leaves what was there. `table` gives each of so many tables, in order, or nil where
  /// there is nothing to tell; it is called on this thread alone. The engine that writes Parquet must have been opened.
  package func write(
    to folder: CatalogueFolder, count: Int, nomenclatures: NomenclatureBook, progress: (Double) -> Void,
    table: (Int) throws -> StatisticalTable?
  ) throws -> Summary {
    do {
      try folder.begin()
      let datasets = try writeTables(to: folder, count: count, progress: progress, table: table)
      let shelf = Shelf(folder)
      for file in datasets.flatMap(\.files) { shelf.note(file.name, size: file.size, sha256: file.sha256) }
      try describe(datasets, on: shelf)
      for file in Skos(nomenclatures, base: facts.base, skosWords).files {
        for syntax in Catalogue.Syntax.allCases {
          try shelf.put(syntax.bytes(file.graph), "\(file.name).\(syntax.rawValue)")
        }
      }
      try shelf.seal()
      try folder.finish()
      return Summary(tables: datasets.count, files: shelf.count, bytes: shelf.bytes)
    } catch {
      folder.giveUp()
      throw error
    }
  }

  // MARK: - Tables

  /// So many forms wait at most: more would only take room.
  private static let mostWaiting = 2 * ExchangeFormat.files.count

  private func writeTables(
    to folder: CatalogueFolder, count: Int, progress: (Double) -> Void, table: (Int) throws -> StatisticalTable?
  ) throws -> [CatalogueDataset] {
    let queue = ExportQueue()
    let written = WrittenFiles()
    let publication = self
    var tables: [(position: Int, table: StatisticalTable)] = []
    _ = try concurrently({
      do {
        let export = try publication.export()
        while let job = queue.next() { try publication.write(job, export, folder, written) }
      } catch {
        queue.fail(error)
        throw error
      }
    }) {
      defer { queue.close() }
      do {
        let export = try publication.export()
        func helpWriting() throws -> Bool {
          try queue.check()
          guard let job = queue.nextIfThere() else { return false }
          try publication.write(job, export, folder, written)
          return true
        }
        for position in 0..<count {
          while queue.count >= Self.mostWaiting { _ = try helpWriting() }
          try queue.check()
          try Interruption.check()
          if let filled = try table(position) {
            tables.append((position, filled))
            queue.add(ExchangeFormat.files.map { ExportJob(position: position, table: filled, format: $0) })
          }
          progress(Double(position + 1) / Double(count))
        }
        while try helpWriting() {}
      } catch {
        queue.drop()
        throw error
      }
    }
    return tables.map { CatalogueDataset($0.table, files: written.files(of: $0.position)) }
  }

  private func export() throws(Problem) -> TableExport {
    try TableExport(words, terms: facts.terms, sender: sender)
  }

  private func write(
    _ job: ExportJob, _ export: TableExport, _ folder: CatalogueFolder, _ written: WrittenFiles
  ) throws(Problem) {
    try Interruption.check()
    let name = job.format.fileName(of: job.table.id)
    let (size, sha256) = try folder.write(export.bytes(of: job.table, as: job.format), to: name)
    let language = job.format.speaksOneLanguage ? words.language : nil
    written.add(PublishedFile(name, job.format, language, size: size, sha256: sha256), of: job.position)
  }

  // MARK: - What describes them

  private func describe(_ datasets: [CatalogueDataset], on shelf: Shelf) throws(Problem) {
    let structures = SdmxStructures(datasets.map(\.table), catalogueWords.sdmx, sender)
    try shelf.put(structures.bytes, SdmxStructures.fileName)
    let catalogue = Catalogue(datasets, facts, catalogueWords)
    for page in 1...catalogue.pageCount {
      for syntax in Catalogue.Syntax.allCases {
        try shelf.put(syntax.bytes(catalogue.page(page, syntax)), Catalogue.fileName(page: page, syntax))
      }
    }
    for dataset in datasets {
      let schema = SchemaDataset(dataset, facts, catalogueWords, language: words.language)
      try shelf.put(schema.bytes, "\(dataset.table.id).schema.jsonld")
    }
  }
}

extension ExchangeFormat {
  /// Its labels are those of the language asked for; the others have all, or none.
  fileprivate var speaksOneLanguage: Bool {
    switch self {
    case .text, .csv, .xlsx, .parquet, .jsonStat: true
    case .csvw, .sdmxCSV, .sdmxXML: false
    }
  }
}

/// The files of each table, whichever thread wrote them.
private final class WrittenFiles: Sendable {
  private let files = Mutex<[Int: [PublishedFile]]>([:])

  func add(_ file: PublishedFile, of position: Int) { files.withLock { $0[position, default: []].append(file) } }

  /// In the order of the formats.
  func files(of position: Int) -> [PublishedFile] {
    let found = files.withLock { $0[position] ?? [] }
    return ExchangeFormat.files.compactMap { format in found.first { $0.format == format } }
  }
}

/// The files of a catalogue, counted as they are put in.
private final class Shelf {
  private let folder: CatalogueFolder
  private var sums: [(name: String, sha256: String)] = []
  private(set) var bytes = 0
  var count: Int { sums.count }

  init(_ folder: CatalogueFolder) { self.folder = folder }

  func note(_ name: String, size: Int, sha256: String) {
    sums.append((name, sha256))
    bytes += size
  }

  func put(_ content: [UInt8], _ name: String) throws(Problem) {
    let (size, sha256) = try folder.write(content, to: name)
    note(name, size: size, sha256: sha256)
  }

  /// Lists all of them: what a catalogue is known by, and checked with.
  func seal() throws(Problem) {
    let lines = sums.sorted { $0.name < $1.name }.map { "\($0.sha256)  \($0.name)\n" }
    try put(Array(lines.joined().utf8), CatalogueFolder.sumsName)
  }
}
