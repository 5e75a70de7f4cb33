import Diagnostics
import DuckStore
import Matching
import Nomenclature
import Registers
import Tabular

/// A stock of one country: SIRENE's two files, or the KBO.
struct Stock {
  let country: Country
  let vintage: String
  let items: [SourceArchive.Item]
}

/// What reading a stock tells beside its rows.
struct StockFacts: Codable {
  /// Units that are there because some record bears their name, whatever their form.
  var provisional: [UInt64] = []
  var withoutUnit = 0
  var addressesPlaced: [String: Int] = [:]
  var unplacedAddresses: [Manifest.UnplacedAddress] = []
}

/// Reads a stock into a stage.
struct StockReading {
  typealias Progress = (String, Double) throws -> Void

  let stage: Stage
  let lists: MemberLists
  /// Of an older stock, whoever was or is on a list is looked at.
  var isOlder = false
  let rules: MatchingRules

  func read(_ stock: Stock, _ headcounts: HeadcountIndex, _ progress: Progress) throws -> StockFacts {
    let facts =
      switch stock.country {
      case .fr: try readFrance(stock.items[0], stock.items[1], headcounts, progress)
      case .be: try readBelgium(stock.items[0], progress)
      }
    try stage.dropCeasedUnits()
    return facts
  }

  private func readFrance(
    _ units: SourceArchive.Item, _ establishments: SourceArchive.Item, _ headcounts: HeadcountIndex,
    _ progress: Progress
  ) throws -> StockFacts {
    var france = StageFrance(
      stage, lists: isOlder ? lists.known(.fr) : lists.french, names: sieve(.fr), headcounts: headcounts)
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
    return StockFacts(provisional: france.provisional, withoutUnit: france.orphans)
  }

  /// The names of the records that have no number: a unit that bears one is looked at whatever its form.
  private func sieve(_ country: Country) -> NameSieve {
    let open = lists.records.lazy.filter { $0.isOpen && $0.country ?? country == country }
    return NameSieve(open.map { rules.words($0.entry.name) }, rules.words)
  }

  private func readBelgium(_ item: SourceArchive.Item, _ progress: Progress) throws -> StockFacts {
    // No table of SIREN stands beside the engine here.
    try stage.store.run("SET memory_limit = '640MB'")
    var belgium = StageBelgium(stage, lists: isOlder ? lists.known(.be) : lists.belgian, names: sieve(.be))
    _ = try belgium.read(KBO(item.open())) { try progress("kbo", $0) }
    return StockFacts(
      provisional: belgium.provisional, addressesPlaced: belgium.placed, unplacedAddresses: belgium.unplaced)
  }
}

extension SourceArchive {
  /// The stocks of a country, the oldest first. An older one of SIRENE needs both files of one vintage; of the newest,
  /// each file counts as it is.
  func stocks(of country: Country) -> [Stock] {
    guard country == .fr else {
      return all(.kbo).map { Stock(country: .be, vintage: $0.receipt.vintage, items: [$0]) }
        .sorted { $0.vintage < $1.vintage }
    }
    guard let units = newest(.sireneUnits), let places = newest(.sireneEstablishments) else { return [] }
    let newest = Stock(country: .fr, vintage: places.receipt.vintage, items: [units, places])
    let older = all(.sireneUnits).compactMap { item -> Stock? in
      let vintage = item.receipt.vintage
      guard vintage != Importer.undated, vintage < newest.vintage, vintage != units.receipt.vintage,
        let places = all(.sireneEstablishments).first(where: { $0.receipt.vintage == vintage })
      else { return nil }
      return Stock(country: .fr, vintage: vintage, items: [item, places])
    }
    return older.sorted { $0.vintage < $1.vintage } + [newest]
  }
}
