internal import Diagnostics
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

  package func run(
    _ request: Request = Request(), progress: (String, Double) throws -> Void = { _, _ in }
  ) throws -> Manifest {
    let lock = try observatory.lock()
    defer { withExtendedLifetime(lock) {} }
    let archive = try SourceArchive(observatory)
    try checkComplete(archive)
    try Folder.make(observatory.releases)
    try removeLeftovers()
    let work = "\(observatory.warehouse)/.building-\(getpid())"
    try Folder.make("\(work)/release")
    do {
      let (manifest, reviews) = try build(archive, request, in: work, progress)
      try Interruption.check()
      try publish(manifest, from: "\(work)/release")
      for review in reviews { try review.write() }
      try Folder.remove(work)
      return manifest
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

  /// Folders of builds that were killed: the lock says that none is running.
  private func removeLeftovers() throws {
    for name in try Folder.names(in: observatory.warehouse) where name.hasPrefix(".building-") {
      try Folder.remove("\(observatory.warehouse)/\(name)")
    }
  }

  private func build(
    _ archive: SourceArchive, _ request: Request, in work: String,
    _ progress: (String, Double) throws -> Void
  ) throws -> (Manifest, [ReviewFile]) {
    let store = try Store(
      "\(work)/stage.duckdb", .init(memoryLimit: "250MB", temporaryFolder: "\(work)/spill"))
    try store.run("SET preserve_insertion_order = false")  // every table that is written out is sorted
    let stage = try Stage(store, books)
    var reading = try SourceReading(archive, stage, MatchingRules(share: share), review: observatory.review)
    try reading.run(AggregateLayouts(share: share), progress)
    let used = reading.used + (try addStates(archive, stage, in: work, progress))
    var use = reading.use
    try stage.mapActivities()
    try stage.writeForms()
    let years = try store.rows("SELECT DISTINCT year::INTEGER FROM workforce ORDER BY year").compactMap(\.[0].integer)
    let stockYears = stockYears(reading.used, years, said: request.stockYear)
    let cube = CubeSQL(perimeters: books.perimeters, sizes: books.nomenclatures.sizes, stockYears: stockYears)
    let steps = [cube.decisions, cube.facts] + cube.cells + [cube.cube]
    for (step, sql) in steps.enumerated() {
      try Interruption.check()
      try progress("cube", Double(step) / Double(steps.count) * 0.7)
      try store.run(sql)
    }
    try count(&use, store)
    try progress("cube", 0.75)
    let folder = "\(work)/release"
    let writer = ReleaseWriter(store: store, folder: folder, books: books)
    let files = try writer.write()
    try progress("cube", 1)
    let receipts = used.map(\.receipt).sorted { ($0.source, $0.vintage) < ($1.source, $1.vintage) }
    var manifest = Manifest(
      name: "", program: Self.programVersion, engine: "DuckDB \(engine)",
      simulated: receipts.contains(where: \.simulated), stockYears: stockYears,
      years: Array(Set(years + stockYears.values)).sorted(),
      perimeter: request.perimeter ?? observatory.settings.perimeter, ruleSets: try ruleSets(),
      rules: try ruleFiles(), sources: receipts, use: use,
      coverage: try store.rows(cube.coverage).map(cube.coverage), matching: reading.matching,
      accounts: reading.accounts, files: files)
    manifest.name = try request.name ?? Self.name(manifest)
    try seal(manifest, in: folder)
    return (manifest, reading.reviews)
  }

  /// What units were in the stocks of before; the items that were read for it alone.
  private func addStates(
    _ archive: SourceArchive, _ stage: Stage, in work: String, _ progress: (String, Double) throws -> Void
  ) throws -> [SourceArchive.Item] {
    let states = try StockStates(
      stage: stage, rules: MatchingRules(share: share), review: observatory.review, work: work)
    var older: [SourceArchive.Item] = []
    for country in Country.allCases {
      let stocks = archive.stocks(of: country)
      guard let newest = stocks.last else { continue }
      try states.addNewest(country, newest.vintage)
      for stock in stocks.dropLast() {
        try progress(stock.items[0].receipt.files.first?.file ?? stock.vintage, 0)
        try states.add(stock, archive, progress)
        older += stock.items
      }
    }
    return older
  }

  /// The manifest holds the fingerprints of everything else; its own stands beside it, as `sha256sum` checks it.
  private func seal(_ manifest: Manifest, in folder: String) throws {
    let bytes = try JSON.encode(manifest)
    try Folder.write(bytes, to: "\(folder)/manifest.json")
    let fingerprint = Fingerprint()
    bytes.withUnsafeBytes { fingerprint.add($0) }
    try Folder.write(Array("\(fingerprint.finish())  manifest.json\n".utf8), to: "\(folder)/manifest.sha256")
  }

  /// The years of the registers, as each says its own; that of the headcounts where it says none.
  private func stockYears(_ used: [SourceArchive.Item], _ years: [Int], said: Int?) -> [String: Int] {
    var found: [String: Int] = [:]
    for item in used {
      switch item.source {
      case .sireneEstablishments: found[Country.fr.rawValue] = said ?? item.receipt.year ?? years.last ?? 0
      case .kbo:
        // An extract of 1 January tells of the year before.
        let isOfYearBefore = item.receipt.vintage.hasSuffix("-01-01")
        found[Country.be.rawValue] = said ?? item.receipt.year.map { isOfYearBefore ? $0 - 1 : $0 } ?? years.last ?? 0
      default: break
      }
    }
    return found
  }

  private func count(_ use: inout Manifest.Use, _ store: Store) throws {
    func number(_ sql: String) throws -> Int { try store.rows(sql).first?.first?.integer ?? 0 }
    use.units = try number("SELECT count(*) FROM unit")
    use.establishments = try number("SELECT count(*) FROM establishment")
    use.closedSince = try number("SELECT count(*) FROM establishment WHERE NOT active")
    use.employers = try number("SELECT count(*) FROM establishment WHERE employer")
    use.workforceRows = try number("SELECT count(*) FROM workforce")
    use.workforceMatched = try number(
      "SELECT count(*) FROM workforce w SEMI JOIN establishment e ON e.country = w.country AND e.id = w.establishment")
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
    let own = try ["nomenclatures", "territories", "sources", "matching"].flatMap { folder in
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
    let fingerprint = Fingerprint()
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
