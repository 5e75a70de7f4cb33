import Arguments
import Diagnostics
import DuckStore
import Filesystem
import Nomenclature
import Perimeter
import Territory
import Wording

extension Command {
  /// What is there, what is missing, and how to get it.
  static let doctor = Command(name: "doctor", syntax: Syntax()) { session, arguments in
    let words = session.words
    var missing = 0
    func look(_ name: String, _ examine: () throws -> String) {
      do {
        let found = try examine()
        print(Terminal.green("✓ ") + words("doctor.\(name)") + "  " + Terminal.faint(found))
      } catch {
        missing += 1
        let text = (error as? Problem).map(words.describe) ?? "\(error)"
        print(Terminal.red("✗ ") + words("doctor.\(name)") + "\n  " + text)
      }
    }
    look("share") {
      _ = try session.nomenclatures()
      return session.installation.share
    }
    look("perimeters") {
      let book = try session.nomenclatures()
      return try PerimeterBook(share: session.installation.share, book).perimeters.map(\.id).joined(separator: ", ")
    }
    look("territories") {
      let book = try TerritoryBook(session.installation)
      return words("doctor.communes", ["count": words.number(book.communes.count)])
    }
    look("duckdb") { "DuckDB " + (try session.openEngine()) }
    look("disk") {
      let path = session.observatoryPath(arguments)
      let folder = Folder.exists(path) ? path : "."
      return Folder.freeSpace(at: folder).map { Numbers.bytes($0, words.language) } ?? "?"
    }
    print(missing == 0 ? words("doctor.well") : words("doctor.missing", ["count": String(missing)]))
    return missing == 0 ? 0 : Problem.Status.machine.rawValue
  }
}
