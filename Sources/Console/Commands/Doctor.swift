import Arguments
import Diagnostics
import DuckStore
import Exchange
import Filesystem
import Indicators
import Nomenclature
import Perimeter
import Territory
import Warehouse
import Wording

extension Command {
  /// What is there, what is missing, and how to get it.
  static let doctor = Command(name: "doctor", syntax: Syntax()) { session, arguments in
    let words = session.words
    /// 1 where it is missing.
    func look(_ name: String, _ examine: () throws -> String) throws -> Int {
      let found = Result(catching: examine)
      switch found {
      case .success(let what):
        try Output.line(Terminal.green("✓ ") + words("doctor.\(name)") + "  " + Terminal.faint(what))
        return 0
      case .failure(let error):
        let problems = (error as? Several)?.problems ?? [error as? Problem].compactMap(\.self)
        let text = problems.isEmpty ? "\(error)" : problems.map(words.describe).joined(separator: "\n  ")
        try Output.line(Terminal.red("✗ ") + words("doctor.\(name)") + "\n  " + text)
        return 1
      }
    }
    var missing = try look("share") {
      _ = try session.nomenclatures()
      return session.installation.share
    }
    missing += try look("perimeters") {
      let book = try session.nomenclatures()
      return try PerimeterBook(share: session.installation.share, book).perimeters.map(\.id).joined(separator: ", ")
    }
    missing += try look("territories") {
      let book = try TerritoryBook(session.installation, session.observatoryIfThere(arguments))
      if !book.faults.isEmpty { throw Several(problems: book.faults) }
      return words("doctor.communes", ["count": words.number(book.communes.count)])
    }
    missing += try look("tables") {
      let book = try session.tables(session.observatoryIfThere(arguments))
      if !book.faults.isEmpty { throw Several(problems: book.faults) }
      let (tables, indicators) = (words.number(book.tables.count), words.number(book.indicators.count))
      return words("doctor.declared", ["tables": tables, "indicators": indicators])
    }
    missing += try look("duckdb") { "DuckDB " + (try session.openEngine()) }
    missing += try look("workbooks") {
      try TableSpreadsheet.openLibrary()
      return "libxlsxwriter"
    }
    missing += try look("projections") { "PROJ " + (try session.openProjections()) }
    // The observatory, or the folder in which it would be made.
    var folder = session.observatoryPath(arguments)
    while !Folder.exists(folder), Folder.parent(of: folder) != folder { folder = Folder.parent(of: folder) }
    missing += try look("folder") {
      try Folder.tryWriting(in: folder)
      return folder
    }
    missing += try look("disk") {
      return Folder.freeSpace(at: folder).map { Numbers.bytes($0, words.language) } ?? "?"
    }
    try Output.line(missing == 0 ? words("doctor.well") : words("doctor.missing", ["count": String(missing)]))
    return missing == 0 ? 0 : Problem.Status.machine.rawValue
  }
}

/// All that is wrong with one thing, where people mend it in one go.
private struct Several: Error {
  let problems: [Problem]
}
