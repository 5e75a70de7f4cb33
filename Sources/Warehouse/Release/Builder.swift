internal import Diagnostics
import Directory
internal import DuckStore
import Filesystem
import Glibc
import Matching
import Nomenclature
import Perimeter
import Registers
import Territory

/// Makes a release from the imported files and the rules: a pure function, to the byte.
///
/// Everything is written into a folder of its own and takes its name in one step at the very end: a build
/// that fails, is interrupted or meets a full disk leaves the current release as it was.
package struct Builder {
  package struct Request: Sendable {
    package var name: String?
    /// The perimeter that tables show unless asked otherwise.
    package var perimeter: String?
    /// The year that the size bands of the registers are taken to speak of.
    package var stockYear: Int?
    package init() {}
  }

  package static let programVersion = "essor 0.1.0"

  package let observatory: Observatory
  package let books: RuleBooks
  package let share: String
  package let engine: String

  package init(_ observatory: Observatory, _ books: RuleBooks, share: String, engine: String) {
    self.observatory = observatory
    self.books = books
    self.share = share
    self.engine = engine
  }

  /// What was made, and of which pieces: those that nothing has changed are taken again.
  package struct Built: Sendable {
    package struct Piece: Sendable, Equatable {
      package let name: String
      package let isReused: Bool
    }

    package let manifest: Manifest
    package let pieces: [Piece]
  }

  package func run(
    _ request: Request = Request(), progress: (String, Double) throws -> Void = { _, _ in }
  ) throws -> Manifest {
    try make(request, progress: progress).manifest
  }

  package func make(
    _ request: Request = Request(), progress: (String, Double) throws -> Void = { _, _ in }
  ) throws -> Built {
    let lock = try observatory.lock()
    defer { withExtendedLifetime(lock) {} }
    let archive = try SourceArchive(observatory)
    try checkComplete(archive)
    try Folder.make(observatory.releases)
    try removeLeftovers()
    let work = "\(observatory.warehouse)/.building-\(getpid())"
    try Folder.make("\(work)/release")
    do {
      let store = try PieceStore("\(observatory.warehouse)/stage", engine: engine)
      let (manifest, reviews) = try build(archive, request, in: work, store, progress)
      try Interruption.check()
      try publish(manifest, from: "\(work)/release")
      for review in reviews { try review.write() }
      try store.prune()
      try Folder.remove(work)
      return Built(manifest: manifest, pieces: store.pieces.map { .init(name: $0.name, isReused: $0.isReused) })
    } catch {
      try? Folder.remove(work)  // the first error is the one to tell
      throw error
    }
  }

  /// SIRENE's two files go together; either country alone is enough.
  private func checkComplete(_ archive: SourceArchive) throws {
    let units = archive.newest(.sireneUnits) != nil
    let establishments = archive.newest(.sireneEstablishments) != nil
    guard units || establishments || archive.newest(.kbo) != nil else {
      throw Problem("build.no_sources", at: Place(file: observatory.path))
    }
    guard units == establishments else {
      throw Problem(
        "build.half_sirene", at: Place(file: observatory.path),
        ["missing": units ? Source.sireneEstablishments.rawValue : Source.sireneUnits.rawValue])
    }
  }

  /// What a register says of its year holds: another may be said of one that says nothing.
  private func refuseOtherYear(_ stocks: [Stock], _ request: Request) throws {
    guard let said = request.stockYear else { return }
    let years = FigurePiece.ownYears(stocks)
    guard years.count == stocks.count, !years.values.contains(said) else { return }
    throw Problem(
      "build.other_year", status: .commandLine,
      ["year": String(said), "known": Set(years.values).sorted().map(String.init).joined(separator: ", ")])
  }

  /// Folders of builds that were killed: the lock says that none is running.
  private func removeLeftovers() throws {
    for name in try Folder.names(in: observatory.warehouse) where name.hasPrefix(".building-") {
      try Folder.remove("\(observatory.warehouse)/\(name)")
    }
  }

  private func build(
    _ archive: SourceArchive, _ request: Request, in work: String, _ store: PieceStore,
    _ progress: (String, Double) throws -> Void
  ) throws -> (Manifest, [ReviewFile]) {
    let folder = "\(work)/release"
    let (ruleSets, rules) = (try ruleSets(), try ruleFiles())
    // A release is traceable to what was imported, whether a file is read again or not.
    for item in archive.items {
      try Interruption.check()
      try item.verify()
    }
    let matching = try MatchingRules(share: share)
    let lists = try MemberLists(archive, books.nomenclatures, review: observatory.review)
    let fingerprint = try RuleFingerprint(rules, ruleSets, archive, observatory)
    return try withoutActuallyEscaping(progress) { progress in
      let pieces = StockPieces(
        archive: archive, books: books, lists: lists, rules: matching, layouts: try AggregateLayouts(share: share),
        fingerprint: fingerprint.ofReading, store: store, progress: progress)
      let headcounts = try pieces.headcounts()
      let stocks = archive.newestStocks
      try refuseOtherYear(stocks, request)
      let newest = try stocks.map { (stock: $0, piece: try pieces.newest($0, headcounts)) }
      let before = archive.olderStocks
      let older = try before.map { (stock: $0, piece: try pieces.older($0)) }
      let aggregates = try pieces.aggregates()
      // The register of associations and the accounts are read with the units that they are matched with.
      let records =
        AssociationRegister.Layout.allCases.compactMap { archive.newest(.rna, of: $0.rawValue) } + archive.all(.nbb)
      let associations = try ReviewFile("\(observatory.review)/\(AssociationMatching.source).csv").fingerprint ?? ""
      let used =
        lists.items + [archive.newest(.communes)].compactMap(\.self) + headcounts.map(\.item)
        + (before + stocks).flatMap(\.items) + aggregates.map(\.item) + records
      let receipts = used.map(\.receipt).sorted { ($0.source, $0.vintage) < ($1.source, $1.vintage) }
      let isSimulated = receipts.contains(where: \.simulated)
      let perimeter = request.perimeter ?? observatory.settings.perimeter
      let figures = FigurePiece(
        archive: archive, books: books, lists: lists, rules: matching, review: observatory.review,
        said: request.stockYear, forms: try NameWords.load(share: share), perimeter: perimeter,
        isSimulated: isSimulated, progress: progress)
      let decisions = try lists.reviews.sorted { $0.key < $1.key }.map { "\($0.key) \(try $0.value.fingerprint ?? "")" }
      let things =
        [fingerprint.ofAll, "\(request.stockYear ?? 0)", associations, perimeter, "\(isSimulated)"]
        + lists.fingerprints + decisions
        + records.map { "\($0.sha256) \($0.receipt.wantedYear ?? 0)" }
        + (headcounts.map(\.piece) + newest.map(\.piece) + older.map(\.piece)).map(\.key)
        + stocks.map { "\($0.vintage) \($0.items.last?.receipt.year ?? 0)" }
      let figurePiece = try store.piece("figures", of: things) { folder in
        try figures.make(in: folder, headcounts: headcounts.map(\.piece), stocks: newest, older: older)
      }
      let facts = try JSON.decode(FigurePiece.Facts.self, file: figurePiece.path("facts.json"))
      let tables = try pieces.published(aggregates.map(\.piece))
      let files = try ReleaseFiles(folder).gather(figurePiece, tables) + [facts.directory]
      try progress("cube", 1)
      let stockYears = figures.stockYears(stocks, facts.years)
      var manifest = Manifest(
        name: "", program: Self.programVersion, engine: "DuckDB \(engine)",
        simulated: isSimulated, stockYears: stockYears,
        years: Array(Set(facts.years + stockYears.values)).sorted(),
        perimeter: perimeter, ruleSets: ruleSets,
        rules: rules, sources: receipts, use: facts.use, coverage: facts.coverage, matching: facts.matching,
        accounts: facts.accounts, sireneDates: SireneDates(stocks), files: files)
      manifest.name = try request.name ?? Self.name(manifest)
      try seal(manifest, in: folder)
      let reviews = try facts.reviews.sorted { $0.key < $1.key }.map { name, rows in
        try ReviewFile("\(observatory.review)/\(name)").updated(with: rows)
      }
      return (manifest, reviews)
    }
  }

  /// The manifest holds the fingerprints of everything else; its own stands beside it, as `sha256sum` checks it.
  private func seal(_ manifest: Manifest, in folder: String) throws {
    let bytes = try JSON.encode(manifest)
    try Folder.write(bytes, to: "\(folder)/manifest.json")
    let fingerprint = try Fingerprint()
    bytes.withUnsafeBytes { fingerprint.add($0) }
    try Folder.write(Array("\(fingerprint.finish())  manifest.json\n".utf8), to: "\(folder)/manifest.sha256")
  }

  private func ruleSets() throws -> [Manifest.RuleSet] {
    try books.perimeters.map { perimeter in
      Manifest.RuleSet(
        id: perimeter.id, version: perimeter.version, settings: perimeter.settings,
        provisional: perimeter.isProvisional,
        sha256: try Fingerprint.of(file: "\(share)/perimeters/\(perimeter.id).csv"))
    }
  }

  /// Every nomenclature and table of territories that was in force.
  private func ruleFiles() throws -> [Manifest.RuleFile] {
    let folders = ["nomenclatures", "territories", "territories/made", "sources", "matching", "directory"]
    let own = try folders.filter { Folder.exists("\(share)/\($0)") }.flatMap { folder in
      try Folder.names(in: "\(share)/\(folder)").filter { $0.hasSuffix(".csv") }.map { "\(share)/\(folder)/\($0)" }
    }
    return try (own + books.territories.packageFiles).map { path in
      let folder = Folder.name(of: Folder.parent(of: path))
      return .init(file: "\(folder)/\(Folder.name(of: path))", sha256: try Fingerprint.of(file: path))
    }
  }

  /// What a release is named after.
  private static let registers = [Source.sireneUnits, .sireneEstablishments, .kbo].map(\.rawValue)

  /// The newest vintage and eight digits of everything that went in: the same inputs, the same name.
  private static func name(_ manifest: Manifest) throws -> String {
    let fingerprint = try Fingerprint()
    fingerprint.add(String(decoding: try JSON.encode(manifest), as: UTF8.self))
    let stocks = manifest.sources.filter { Self.registers.contains($0.source) }
    let newest = stocks.map(\.vintage).max() ?? String(manifest.years.last ?? 0)
    return "\(newest)-\(fingerprint.finish().prefix(8))"
  }

  private func publish(_ manifest: Manifest, from folder: String) throws {
    let target = "\(observatory.releases)/\(manifest.name)"
    if Folder.exists(target) {
      // A release never changes: the same again is fine, another under its name is not.
      let there = try? JSON.decode(Manifest.self, file: "\(target)/manifest.json")
      guard there == nil || there == manifest else {
        throw Problem("build.release_exists", at: Place(file: target), ["release": manifest.name])
      }
    }
    try Folder.replace(target, by: folder)
    try Folder.link(observatory.currentLink, to: "warehouse/releases/\(manifest.name)")
  }
}
