internal import Diagnostics
import Filesystem
import Geometry
import Glibc
package import Nomenclature
package import Registers
internal import Tabular

/// Takes a publisher's file into the observatory: read to its end, accounted for, then filed with its receipt.
///
/// Nothing of the observatory changes before the whole file has been read without damage.
package struct Importer {
  package struct Request: Sendable {
    package var source: Source
    package var path: String
    package var vintage: String?
    package var year: Int?
    /// For `list`: which list of the perimeters this is.
    package var listName: String?
    /// Whose organisations the list names; nil for both countries.
    package var listCountry: Country?
    /// Which columns of the list hold what, where somebody says so.
    package var listColumns = ListMapping()
    /// Another file may take the place of one already filed under the same vintage.
    package var replaces = false
    /// The share of rejected rows above which a file is refused, and by which totals may differ from their parts,
    /// where the command says one.
    package var tolerates: Double?
    var tolerance: Double { tolerates ?? 0.01 }
    /// For `boundaries`: what outlines are matched with.
    package var boundaries: BoundaryRequest?

    package init(_ source: Source, path: String) {
      self.source = source
      self.path = path
    }
  }

  package let observatory: Observatory
  private let rules: ImportRules

  package init(_ observatory: Observatory, _ rules: ImportRules) {
    (self.observatory, self.rules) = (observatory, rules)
  }

  package func run(
    _ request: Request, progress: (String, Double) throws -> Void = { _, _ in }
  ) throws -> Receipt {
    let lock = try observatory.lock()
    defer { withExtendedLifetime(lock) {} }
    let name = Folder.name(of: request.path)
    let list = ListReading(request, saved: "\(observatory.mappings)/\(request.listName ?? "").csv")
    func note(_ done: Double) throws {
      try Interruption.check()
      try progress(name, done * 0.9)
    }
    let inspection: Inspection
    let files: Files
    if let boundaries = request.boundaries {
      inspection = try boundaries.inspect(request.path, note)
      files = .beside(boundaries.file(request.path).files)
    } else {
      let container = try Container.open(request.path)
      inspection = try Inspection(request, container, list, rules, progress: note)
      files = .wrapped(container)
    }
    try refuseIfTooBad(inspection, request)
    try refuseOtherYear(inspection, request)
    let vintage = try vintage(inspection, request)
    let receipt = try file(files, inspection, request, vintage: vintage)
    if let mapping = inspection.mapping { try list.save(mapping) }
    try progress(name, 1)
    return receipt
  }

  /// What is copied: a publisher's file or folder, or a file and those that go with it.
  private enum Files {
    case wrapped(Container)
    case beside([String])
  }

  private func refuseIfTooBad(_ inspection: Inspection, _ request: Request) throws {
    // Of many tables some may be empty, and not all.
    if inspection.accounts.count > 1, inspection.readCount == 0 {
      throw Problem("table.header_only", at: Place(file: request.path))
    }
    for (table, account) in inspection.accounts {
      precondition(account.isBalanced, "rows read = kept + out of scope + rejected, by construction")
      let place = Place(file: request.path, entry: table)
      if account.read == 0, inspection.accounts.count == 1 || table == "enterprise.csv" {
        throw Problem("table.header_only", at: place)
      }
      // A table of sixteen rows, one of many of a register, is not judged alone.
      let isOneOfMany = [.rna, .nbb].contains(request.source)
      let (rejected, read) =
        isOneOfMany ? (inspection.rejectedCount, inspection.readCount) : (account.rejectedCount, account.read)
      if Double(rejected) > request.tolerance * Double(read), let first = account.rejectedRows.first {
        var place = place
        place.line = first.line
        throw Problem(
          "import.too_many_rejected", at: place,
          [
            "rejected": "#\(rejected)", "read": "#\(read)",
            "reason": "@reason.\(first.reason.rawValue)",
            "percent": String((request.tolerance * 100).rounded()).replacingDotZero,
          ])
      }
    }
  }

  /// A file that says its year is not taken for another's; rows of other years are left out where it has several.
  private func refuseOtherYear(_ inspection: Inspection, _ request: Request) throws {
    guard inspection.reading == nil, let wanted = request.year, let found = inspection.year else { return }
    // An extract of 1 January tells of the year before: both are its year.
    let isOfYearBefore = inspection.vintage?.hasSuffix("-01-01") == true
    if wanted == found || (isOfYearBefore && wanted == found - 1) { return }
    throw Problem(
      "aggregate.other_year", at: Place(file: request.path), ["found": String(found), "year": String(wanted)])
  }

  private func vintage(_ inspection: Inspection, _ request: Request) throws -> String {
    let said = inspection.vintage.flatMap { $0.isEmpty ? nil : $0 }
    if let given = request.vintage, !Self.isDate(given) {
      throw Problem("import.bad_vintage", status: .commandLine, ["vintage": given])
    }
    // A list is filed under its name, for nothing in it tells its age; behind it stands the vintage that somebody gives.
    if request.source == .list {
      return ([request.listName ?? ""] + [request.vintage].compactMap(\.self)).joined(separator: "-")
    }
    let vintage = request.vintage ?? said ?? request.year.map(String.init) ?? Self.undated
    return inspection.kind.map { "\($0)-\(vintage)" } ?? vintage
  }

  /// Old samples say nothing of their age: they sort before every vintage that does.
  package static let undated = "0-undated"

  /// `2026`, `2026-03` or `2026-03-31`: vintages are compared as dates.
  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { part in
      part.allSatisfy(\.isNumber) ? Int(part) : nil
    }
    guard (1...3).contains(parts.count), let year = parts[0], text.prefix(4).count == 4, 1900...2200 ~= year,
      text.count == [4, 7, 10][parts.count - 1]
    else { return false }
    if parts.count > 1 { guard let month = parts[1], 1...12 ~= month else { return false } }
    if parts.count > 2 {
      guard let month = parts[1], let day = parts[2], 1...Int(Dates.days(Int32(month), Int32(year))) ~= day else {
        return false
      }
    }
    return true
  }

  /// A file of `essor simulate` is known by the account that stands one or two folders above: fr/2023/….
  private func account(beside path: String) -> String? {
    var folder = path
    for _ in 0..<3 {
      folder = Folder.parent(of: folder)
      if Folder.fileExists("\(folder)/simulation.json") { return "\(folder)/simulation.json" }
    }
    return nil
  }

  /// Copies into a folder beside the final one, then changes the name in one step.
  private func file(
    _ files: Files, _ inspection: Inspection, _ request: Request, vintage: String
  ) throws -> Receipt {
    let folder = "\(observatory.sources)/\(request.source.rawValue)"
    let target = "\(folder)/\(vintage)"
    try removeLeftovers(in: folder)
    let incoming = "\(folder)/.incoming-\(getpid())"
    try Folder.make(incoming)
    do {
      let account = account(beside: request.path)
      let receipt = Receipt(
        source: request.source.rawValue, vintage: vintage, year: inspection.year ?? request.year,
        simulated: inspection.simulated || account != nil,
        // An account that does not say how large the simulation is leaves its numbers without comparison.
        simulation: account.flatMap { try? JSON.decode(Receipt.Simulation.self, file: $0) },
        reading: inspection.reading,
        files: try copies(files, inspection, request, vintage: vintage, to: incoming),
        list: request.source == .list ? request.listName : nil,
        columns: inspection.mapping?.plain)
      try Folder.write(JSON.encode(receipt), to: "\(incoming)/receipt.json")
      try Folder.write(Self.rejectedRows(inspection), to: "\(incoming)/rejected.csv")
      try Interruption.check()
      try refuseAnother(receipt, filedAs: target, request)
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

  /// The same file again changes nothing; another one under the same vintage must be asked for.
  private func refuseAnother(_ receipt: Receipt, filedAs target: String, _ request: Request) throws {
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

  private func copies(
    _ files: Files, _ inspection: Inspection, _ request: Request, vintage: String, to folder: String
  ) throws -> [FileAccount] {
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

  private static func rejectedRows(_ inspection: Inspection) -> [UInt8] {
    var writer = CSVText(["table", "line", "reason", "row"])
    for (table, account) in inspection.accounts {
      for row in account.rejectedRows {
        writer.add([table, String(row.line), row.reason.rawValue, row.source])
      }
    }
    return writer.bytes
  }
}

extension String {
  fileprivate var replacingDotZero: String { hasSuffix(".0") ? String(dropLast(2)) : self }
}
