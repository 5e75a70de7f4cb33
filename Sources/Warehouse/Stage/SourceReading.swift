import Diagnostics
import DuckStore
import Matching
import Nomenclature
import Registers
import Tabular

/// Reads every imported file into the stage, each verified against its receipt first.
struct SourceReading {
  typealias Progress = (String, Double) throws -> Void

  private let archive: SourceArchive
  private let stage: Stage
  /// Everything that went in, for the manifest.
  private(set) var used: [SourceArchive.Item] = []
  private(set) var use = Manifest.Use()
  private(set) var matching: [Manifest.Matching] = []
  private(set) var accounts: Manifest.Accounts?
  private(set) var reviews: [ReviewFile] = []
  private let rules: MatchingRules
  /// The folder of what people decided of doubtful matches.
  private let review: String
  /// Units that are there because some record bears their name, whatever their form.
  private var provisional: [Country: [UInt64]] = [:]

  init(_ archive: SourceArchive, _ stage: Stage, _ rules: MatchingRules, review: String) {
    self.archive = archive
    self.stage = stage
    self.rules = rules
    self.review = review
  }

  mutating func run(_ layouts: AggregateLayouts, _ progress: Progress) throws {
    let aggregates = StageAggregates(stage: stage, layouts: layouts)
    for item in Source.aggregates.flatMap(archive.all) {
      try progress(item.receipt.files.first?.file ?? item.source.rawValue, 0)
      try aggregates.read(item)
      used.append(item)
    }
    let lists = try MemberLists(archive, stage.books.nomenclatures, review: review)
    used += lists.items
    // The rule books were made with it.
    if let communes = archive.newest(.communes) {
      try communes.verify()
      used.append(communes)
    }
    // Headcounts first: they say which establishments closed since still count in some year.
    let headcounts = HeadcountIndex()
    for item in archive.all(.workforce) {
      try progress(item.receipt.files.first?.file ?? "workforce", 0)
      try read(workforce: item, noting: headcounts)
      used.append(item)
    }
    try refuseOverlaps()
    if let units = archive.newest(.sireneUnits), let establishments = archive.newest(.sireneEstablishments) {
      try readFrance(units, establishments, lists, headcounts, progress)
      used += [units, establishments]
    }
    try stage.dropCeasedUnits()
    // The table of SIREN is gone by now: its memory is the engine's.
    try stage.store.run("SET memory_limit = '640MB'")
    if let kbo = archive.newest(.kbo) {
      try readBelgium(kbo, lists, progress)
      used.append(kbo)
    }
    var sources = SourceMatching(archive, stage, rules, review: review)
    try sources.run(lists, provisional: provisional, progress)
    used += sources.used
    (matching, accounts, reviews) = (sources.matching, sources.accounts, sources.reviews)
  }

  /// One stock alone: what its units were.
  mutating func read(_ stock: StockStates.Stock, _ progress: Progress) throws {
    let lists = try MemberLists(archive, stage.books.nomenclatures, review: review)
    switch stock.country {
    case .fr: try readFrance(stock.items[0], stock.items[1], lists, HeadcountIndex(), progress)
    case .be: try readBelgium(stock.items[0], lists, progress)
    }
    try stage.dropCeasedUnits()
    used += stock.items
  }

  private func read(workforce item: SourceArchive.Item, noting headcounts: HeadcountIndex) throws {
    try item.verify()
    let appender = try stage.store.appender(
      "workforce",
      [.integer8, .integer64, .integer32] + Array(repeating: .integer64, count: Workforce.measures.count))
    _ = try Workforce(item.open()).read { line in
      appender.add(Stage.index(line.isFrench ? .fr : .be))
      appender.add(Int64(line.establishment))
      appender.add(line.year)
      for value in line.values { appender.add(value) }
      try appender.endRow()
      if line.employs { headcounts.note(line.establishment) }
    }
    try appender.finish()
  }

  /// Two files that give jobs to one establishment and year would count it twice.
  private func refuseOverlaps() throws {
    let twice = try stage.store.rows(
      """
      SELECT year::INTEGER, count(*)::BIGINT FROM (
        SELECT country, establishment, year FROM workforce GROUP BY ALL HAVING count(*) > 1)
      GROUP BY year ORDER BY year LIMIT 1
      """)
    guard let first = twice.first else { return }
    let items = archive.all(.workforce)
    throw Problem(
      "build.workforce_twice", at: Place(file: items.first?.folder),
      [
        "year": first[0].text, "count": first[1].text, "files": items.map(\.receipt.vintage).joined(separator: ", "),
      ])
  }

  private mutating func readFrance(
    _ units: SourceArchive.Item, _ establishments: SourceArchive.Item, _ lists: MemberLists,
    _ headcounts: HeadcountIndex, _ progress: Progress
  ) throws {
    try units.verify()
    try establishments.verify()
    var france = StageFrance(stage, lists: lists.french, names: sieve(lists, .fr), headcounts: headcounts)
    let unitFile = try units.open()
    let unitSize = Double(max(1, unitFile.size()))
    _ = try france.read(SireneUnits(unitFile)) {
      try progress(units.receipt.files[0].file, Double($0) / unitSize)
    }
    let establishmentFile = try establishments.open()
    let establishmentSize = Double(max(1, establishmentFile.size()))
    _ = try france.read(SireneEstablishments(establishmentFile)) {
      try progress(establishments.receipt.files[0].file, Double($0) / establishmentSize)
    }
    provisional[.fr] = france.provisional
    use.withoutUnit = france.orphans
    use.withoutCommune = france.unplaced
  }

  /// The names of the records that have no number: a unit that bears one is looked at whatever its form.
  private func sieve(_ lists: MemberLists, _ country: Country) -> NameSieve {
    let open = lists.records.lazy.filter { $0.isOpen && $0.country ?? country == country }
    return NameSieve(open.map { rules.words($0.entry.name) }, rules.words)
  }

  private mutating func readBelgium(_ item: SourceArchive.Item, _ lists: MemberLists, _ progress: Progress) throws {
    try item.verify()
    var belgium = StageBelgium(stage, lists: lists.belgian, names: sieve(lists, .be))
    _ = try belgium.read(KBO(item.open())) { try progress("kbo", $0) }
    provisional[.be] = belgium.provisional
    use.addressesPlaced = belgium.placed
    use.unplacedAddresses = belgium.unplaced
  }
}
