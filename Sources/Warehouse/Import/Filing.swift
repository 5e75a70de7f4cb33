import Diagnostics
import Filesystem
import Glibc
import Registers
import Tabular

/// Puts a file that was read and found good under `sources/`, with its receipt and the rows that were rejected.
struct Filing {
  /// What is copied: a publisher's file or folder, or a file and those that go with it.
  enum Files {
    case wrapped(Container)
    case beside([String])
  }

  private let files: Files
  private let inspection: Inspection
  private let request: Importer.Request
  private let vintage: String

  init(_ files: Files, _ inspection: Inspection, _ request: Importer.Request, vintage: String) {
    (self.files, self.inspection, self.request, self.vintage) = (files, inspection, request, vintage)
  }

  /// Copies into a folder beside the final one, then changes the name in one step.
  func run(in observatory: Observatory) throws -> Receipt {
    let folder = "\(observatory.sources)/\(request.source.rawValue)"
    let target = "\(folder)/\(vintage)"
    try removeLeftovers(in: folder)
    let incoming = "\(folder)/.incoming-\(getpid())"
    try Folder.make(incoming)
    do {
      let receipt = try receipt(of: copies(to: incoming))
      try Folder.write(JSON.encode(receipt), to: "\(incoming)/receipt.json")
      try Folder.write(rejectedRows(), to: "\(incoming)/rejected.csv")
      try Interruption.check()
      try refuseAnother(receipt, filedAs: target)
      try refuseSame(receipt, in: observatory)
      try Folder.replace(target, by: incoming)
      return receipt
    } catch {
      try? Folder.remove(incoming)  // the first error is the one to tell
      throw error
    }
  }

  /// What imports that were killed left behind: the lock says that none is running.
  private func removeLeftovers(in folder: String) throws {
    guard Folder.exists(folder) else { return }
    for name in try Folder.names(in: folder) where name.hasPrefix(".incoming-") {
      try Folder.remove("\(folder)/\(name)")
    }
  }

  private func copies(to folder: String) throws -> [FileAccount] {
    let target = SourceArchive.Item.files(in: folder)
    try Folder.make(target)
    func copy(_ path: String) throws -> (name: String, sha256: String, bytes: Int) {
      let name = Folder.name(of: path)
      let sha256 = try Fingerprint.copying(path, to: "\(target)/\(name)")
      return (name, sha256, try ReadableFile("\(target)/\(name)").size)
    }
    func account(_ file: (name: String, sha256: String, bytes: Int), _ table: String?, _ found: Reconciliation)
      -> FileAccount
    {
      FileAccount(
        file: file.name, table: table, source: request.source.rawValue, vintage: vintage, sha256: file.sha256,
        bytes: file.bytes, found)
    }
    if case .beside(let paths) = files {
      return try paths.enumerated().map { rank, path in
        account(try copy(path), nil, rank == 0 ? inspection.accounts.first?.account ?? .init() : Reconciliation())
      }
    }
    if case .wrapped(.folder(let path, let names)) = files {
      let tables = Set(inspection.accounts.map(\.table))
      return try names.filter { $0.lowercased().hasSuffix(".csv") || tables.contains($0) }.map { name in
        let found = inspection.accounts.first { $0.table == name || $0.table == name.lowercased() }?.account
        return account(try copy("\(path)/\(name)"), nil, found ?? Reconciliation())
      }
    }
    let file = try copy(request.path)
    let isSingle = inspection.accounts.count == 1
    return inspection.accounts.map { table, found in account(file, isSingle ? nil : table, found) }
  }

  private func receipt(of copies: [FileAccount]) -> Receipt {
    let simulation = accountOfSimulation
    return Receipt(
      source: request.source.rawValue, vintage: vintage, year: inspection.year ?? request.year,
      simulated: inspection.simulated || simulation != nil,
      // An account that does not say how large the simulation is leaves its numbers without comparison.
      simulation: simulation.flatMap { try? JSON.decode(Receipt.Simulation.self, file: $0) },
      reading: inspection.reading, files: copies, list: request.source == .list ? request.listName : nil,
      columns: inspection.mapping?.plain)
  }

  /// A file of `essor simulate` is known by the account that stands one or two folders above: fr/2023/….
  private var accountOfSimulation: String? {
    var folder = request.path
    for _ in 0..<3 {
      folder = Folder.parent(of: folder)
      if Folder.fileExists("\(folder)/simulation.json") { return "\(folder)/simulation.json" }
    }
    return nil
  }

  private func rejectedRows() -> [UInt8] {
    var writer = CSVText(["table", "line", "reason", "row"])
    for (table, account) in inspection.accounts {
      for row in account.rejectedRows {
        writer.add([table, String(row.line), row.reason.rawValue, row.source])
      }
    }
    return writer.bytes
  }

  /// All files of these sources count: one under two vintages would count twice, or pass for two editions.
  private func refuseSame(_ receipt: Receipt, in observatory: Observatory) throws {
    guard request.source == .workforce || Source.aggregates.contains(request.source) else { return }
    let archive = try SourceArchive(observatory, tolerant: true)
    let known = archive.all(request.source).map(\.receipt).first { there in
      // Two years of one file are two parts of it.
      let years = [there.wantedYear, receipt.wantedYear].compactMap(\.self)
      let areOtherYears = years.count == 2 && years[0] != years[1]
      return there.vintage != receipt.vintage && !areOtherYears
        && there.files.map(\.sha256) == receipt.files.map(\.sha256)
    }
    guard let same = known else { return }
    throw Problem(
      "import.same_file", at: Place(file: request.path), ["source": same.source, "vintage": same.vintage])
  }

  /// The same file again changes nothing; another one under the same vintage must be asked for.
  private func refuseAnother(_ receipt: Receipt, filedAs target: String) throws {
    guard Folder.exists(target) else { return }
    let there = try? JSON.decode(Receipt.self, file: "\(target)/receipt.json")
    // `a` of 2025 and `a-2025` have one folder: neither may take that of the other.
    if let list = receipt.list, let there, (there.list ?? there.vintage) != list {
      throw Problem(
        "import.list_collides", status: .commandLine, at: Place(file: request.path),
        ["vintage": receipt.vintage, "list": there.list ?? there.vintage])
    }
    guard !request.replaces else { return }
    guard let there else {
      throw Problem(
        "source.gone", at: Place(file: "\(target)/receipt.json"),
        ["source": receipt.source, "vintage": receipt.vintage])
    }
    guard there.files.map(\.sha256) != receipt.files.map(\.sha256) else { return }
    throw Problem(
      request.source == .list ? "import.list_exists" : "import.vintage_exists", at: Place(file: request.path),
      ["source": receipt.source, "vintage": receipt.vintage, "file": there.files.first?.file ?? "–"])
  }
}
