internal import Diagnostics
import Filesystem
import Geometry
package import Nomenclature
package import Registers
internal import Tabular
internal import Territory

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
    /// For `survey` and `typology`: the name that tells it from others of its kind.
    package var name: String?
    /// For `typology`: the column of classes, where somebody says so.
    package var column: String?
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
    let files: Filing.Files
    if let boundaries = request.boundaries {
      inspection = try boundaries.inspect(request.path, note)
      files = .beside(boundaries.file(request.path).files)
    } else {
      let container = try Container.open(request.path)
      inspection = try Inspection(request, container, list, rules, progress: note)
      files = .wrapped(container)
    }
    try inspection.check(against: request)
    let vintage = try vintage(inspection, request)
    let smaller = try inspection.timesSmaller(
      than: SourceArchive(observatory, tolerant: true), request.source, vintage: vintage)
    var receipt = try Filing(files, inspection, request, vintage: vintage).run(in: observatory)
    if let smaller, !receipt.files.isEmpty { receipt.files[0].remarks["much_smaller"] = smaller }
    if let mapping = inspection.mapping { try list.save(mapping) }
    try progress(name, 1)
    return receipt
  }

  private func vintage(_ inspection: Inspection, _ request: Request) throws -> String {
    let said = inspection.vintage.flatMap { $0.isEmpty ? nil : $0 }
    if let given = request.vintage, !Self.isDate(given) {
      throw Problem("import.bad_vintage", status: .commandLine, ["vintage": given])
    }
    if let given = request.vintage { try refuseFuture(given, status: .commandLine) }
    // A list is filed under its name, for nothing in it tells its age; behind it stands the vintage that somebody gives.
    if request.source == .list {
      return ([request.listName ?? ""] + [request.vintage].compactMap(\.self)).joined(separator: "-")
    }
    let vintage = request.vintage ?? said ?? request.year.map(String.init) ?? Self.undated
    try refuseFuture(vintage, status: said == nil ? .commandLine : .data, at: Place(file: request.path))
    return inspection.kind.map { "\($0)-\(vintage)" } ?? vintage
  }

  /// A vintage of a year that is far off would be newer than all real ones, for good.
  private func refuseFuture(_ vintage: String, status: Problem.Status, at place: Place = Place()) throws {
    // A computer that has lost its clock still takes what was published before this was written.
    let last = max(2026, Day.today.year) + 1
    let years = vintage.split(separator: "-").filter { $0.utf8.count == 4 }.compactMap { Int($0) }
    guard let latest = years.max(), latest > last else { return }
    throw Problem("import.future_vintage", status: status, at: place, ["vintage": vintage, "year": String(last)])
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
}
