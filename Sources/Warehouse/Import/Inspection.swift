internal import Diagnostics
import Filesystem
internal import Nomenclature
internal import Registers
internal import Tabular
internal import Territory

/// Reads a publisher's file to its end, checking everything, and gives the account of each of its tables.
struct Inspection {
  var accounts: [(table: String, account: Reconciliation)] = []
  var vintage: String?
  /// What comes before the vintage where a source has files of several kinds.
  var kind: String?
  var year: Int?
  var simulated = false
  /// Of a list: which column holds what.
  var mapping: ListMapping?
  /// How the file is to be read again, where somebody had to say it.
  var reading: [String: String]?

  init(accounts: [(table: String, account: Reconciliation)]) { self.accounts = accounts }

  init(
    _ request: Importer.Request, _ container: Container, _ list: ListReading, _ rules: ImportRules,
    progress: (Double) throws -> Void
  ) throws {
    let (source, wanted) = (request.source, request.year)
    if case .zip(let archive) = container { simulated = archive.comment.hasPrefix("Simulated by Essor") }
    let size = Double(max(1, container.size()))
    switch source {
    case .sireneUnits:
      let reader = try SireneUnits(container)
      accounts = [(Self.only(container), try reader.read(progress: { try progress(Double($0) / size) }) { _ in })]
      simulated = simulated || reader.isSimulated
      vintage = reader.age.vintage
      year = reader.age.sizeYear
    case .sireneEstablishments:
      let reader = try SireneEstablishments(container)
      accounts = [(Self.only(container), try reader.read(progress: { try progress(Double($0) / size) }) { _ in })]
      simulated = simulated || reader.isSimulated
      vintage = reader.age.vintage
      year = reader.age.sizeYear
    case .kbo:
      let kbo = try KBO(container)
      simulated = simulated || kbo.isSimulated
      let readings: [(String, () throws -> Reconciliation)] = [
        ("enterprise.csv", { try kbo.enterprises { _ in } }),
        ("establishment.csv", { try kbo.establishments { _ in } }),
        ("activity.csv", { try kbo.activities { _ in } }),
        ("address.csv", { try kbo.addresses { _ in } }),
        ("denomination.csv", { try kbo.denominations { _ in } }),
      ]
      for (index, reading) in readings.enumerated() {
        try progress(Double(index) / Double(readings.count))
        accounts.append((reading.0, try reading.1()))
      }
      if let date = kbo.snapshot {
        let text = String(date)
        vintage = "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
        year = Int(date / 10_000)
      }
    case .workforce:
      let reader = try Workforce(container)
      var years: Set<Int32> = []
      var countries: Set<String> = []
      accounts = [
        (
          Self.only(container),
          try reader.read(expectedYear: wanted.map(Int32.init)) {
            years.insert($0.year)
            countries.insert($0.isFrench ? "fr" : "be")
          }
        )
      ]
      simulated = simulated || reader.isSimulated
      year = years.max().map(Int.init)
      // One file a country and year is usual: both are in the name, so that none replaces another.
      let span = [years.min(), years.max()].compactMap(\.self).map(String.init)
      vintage = (countries.sorted() + (span.first == span.last ? Array(span.prefix(1)) : span)).joined(separator: "-")
    case .list:
      if case .folder(let path, _) = container {
        throw Problem(
          "list.folder", at: Place(file: path), ["found": container.tableNames.prefix(8).joined(separator: ", ")])
      }
      let mapping = try list.mapping(container, rules)
      var account = try ListFile(container, mapping).read(of: list.country) { _ in }
      let idle = try rules.columns.idleDates(container, mapping)
      if idle > 0 { account.remarks["dates_unused"] = idle }
      accounts = [(Self.only(container), account)]
      self.mapping = mapping
    case .rna:
      let found = try AssociationRegister(container).read(progress: progress) { _ in }
      accounts = found.tables.map { ($0.table, $0.account) }
      simulated = simulated || found.isSimulated
      // Both layouts are in force at once: the name of each keeps it from replacing the other.
      kind = found.layout.rawValue
      vintage = found.vintage
      year = found.vintage.flatMap { Int($0.prefix(4)) }
    case .nbb:
      let reader = AnnualAccounts(container, try rules.nomenclatures.accounts)
      let found = try reader.read(year: wanted.map(Int32.init), progress: progress)
      accounts = found.tables.map { ($0.table, $0.account) }
      vintage = found.vintage
      year = found.years.max().map(Int.init)
    case .boundaries:
      preconditionFailure("a file of outlines is no table: BoundaryRequest reads it")
    case .communes:
      let file = try FrenchMovements(container)
      accounts = [(Self.only(container), file.account)]
      vintage = file.last.map { String($0.year) }
      year = file.last?.year
    case .typology:
      let file = try rules.typology(container, column: request.column)
      accounts = [(Self.only(container), file.account)]
      let named = TypologyName(request.name, file: Folder.name(of: request.path))
      kind = TypologyName.kind(named.name, file.countries)
      vintage = named.year
      reading = TypologyName.recorded(named.name, file.countries, column: request.column)
    case .urssaf, .flores, .onss, .vat, .survey:
      let table = try rules.aggregates(container, source)
      let account = try table.read(
        expectedYear: wanted, tolerance: request.tolerates ?? 0, progress: { try progress(Double($0) / size) }
      ) { _ in }
      accounts = [(Self.only(container), account)]
      simulated = simulated || table.isSimulated
      kind = ([table.layout.id] + [request.name].compactMap(\.self)).joined(separator: "-")
      year = table.years?.upperBound
      vintage = table.years.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
    }
    // Rows of other years are left out again at each build.
    if let wanted, Self.ofYears.contains(source) { reading = ["year": String(wanted)] }
    try progress(1)
  }

  /// The sources of which one file may speak of several years.
  private static let ofYears: [Source] = [.workforce, .nbb] + Source.aggregates

  private static func only(_ container: Container) -> String {
    container.tableNames.first ?? Folder.name(of: container.path)
  }

  var rejectedCount: Int { accounts.map(\.account.rejectedCount).reduce(0, +) }
  var readCount: Int { accounts.map(\.account.read).reduce(0, +) }
}
