import Diagnostics
import Filesystem
import Tabular

/// A plain CSV file of a simulation being written.
final class Sheet {
  let name: String
  private let file: WritableFile
  var csv: CSVWriter

  init(_ name: String, header: String, in draft: Draft) throws(Problem) {
    self.name = name
    file = try WritableFile(try draft.begin(name))
    csv = CSVWriter(to: file)
    try csv.header(header)
  }

  /// Closes the file and says what it holds.
  func finish() throws(Problem) -> WrittenFile {
    try csv.flush()
    try file.finish()
    return WrittenFile(name: name, rows: csv.rows)
  }
}

/// A file of a simulation: its name in the folder and how many rows its tables have, headers left out.
struct WrittenFile {
  let name: String
  let rows: Int
}
