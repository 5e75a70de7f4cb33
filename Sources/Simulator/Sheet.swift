import Diagnostics
import Filesystem
import Tabular

/// A plain CSV file of a simulation being written.
final class Sheet {
  private let simulated: SimulatedFile
  private let file: WritableFile
  var csv: CSVWriter

  init(_ simulated: SimulatedFile, header: String, in draft: Draft) throws(Problem) {
    self.simulated = simulated
    file = try WritableFile(try draft.begin(simulated.name))
    csv = CSVWriter(to: file)
    try csv.header(header)
  }

  /// Closes the file and says what it holds.
  func finish() throws(Problem) -> WrittenFile {
    try csv.flush()
    try file.finish()
    return WrittenFile(file: simulated, rows: csv.rows)
  }
}

/// A file of a simulation, and how many rows its tables have, headers left out.
struct WrittenFile {
  let file: SimulatedFile
  let rows: Int

  var name: String { file.name }
}
