package import Diagnostics
internal import Filesystem
package import Wording

/// The measures, indicators and standard tables that are declared: those of the program, and those that an observatory
/// adds in a folder of its own.
package struct TableBook: Sendable {
  package let measures: MeasureBook
  package let indicators: [Indicator]
  package let tables: [TableDeclaration]
  /// What is wrong with files that somebody added: these are left out.
  package let faults: [Problem]

  /// `folders`: of the observatory, with `tables` and `indicators` in it. A file of the program that cannot be stops.
  package init(share: String, own folders: [String] = []) throws {
    measures = try MeasureBook(share: share)
    var files = DeclarationFiles(measures)
    try files.addIndicators(in: share)
    try files.addOwnIndicators(in: folders)
    try files.addTables(in: share)
    try files.addOwnTables(in: folders)
    indicators = files.indicators.values.sorted { $0.id < $1.id }
    tables = files.tables.values.sorted { $0.id < $1.id }
    faults = files.faults
  }

  /// What is wrong with the file of a table or an indicator, by the name of the file or by what it says to be called.
  private func fault(of id: String, in folder: String) -> Problem? {
    faults.first { fault in
      guard let file = fault.place.file, file.hasSuffix("/\(folder)/\(Folder.name(of: file))") else { return false }
      return "\(id).csv".uppercased() == Folder.name(of: file).uppercased()
        || (fault.code == "tables.other_name" && fault.facts["id"]?.uppercased() == id.uppercased())
    }
  }

  /// Of an indicator or a measure: what is called nearest to another.
  package func title(of id: String) -> Label? {
    indicators.first { $0.id == id }?.title ?? measures[id]?.label
  }

  package func table(_ id: String) throws(Problem) -> TableDeclaration {
    guard let table = tables.first(where: { $0.id == id.uppercased() }) ?? tables.first(where: { $0.id == id }) else {
      if let fault = fault(of: id, in: "tables") { throw fault }
      let known = tables.map(\.id)
      throw Problem(
        "table.unknown", status: .commandLine,
        [
          "table": id, "known": known.joined(separator: ", "),
          "nearest": nearest(to: id.uppercased(), among: known) ?? "",
        ])
    }
    return table
  }

  package func indicator(_ id: String) throws(Problem) -> Indicator {
    guard
      let indicator = indicators.first(where: { $0.id == id.uppercased() || $0.code.lowercased() == id.lowercased() })
    else {
      if let fault = fault(of: id, in: "indicators") { throw fault }
      let known = indicators.map(\.id) + indicators.map(\.code)
      throw Problem(
        "indicator.unknown", status: .commandLine,
        ["indicator": id, "known": known.joined(separator: ", "), "nearest": nearest(to: id, among: known) ?? ""])
    }
    return indicator
  }
}
