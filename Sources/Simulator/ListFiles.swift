import Diagnostics
import Nomenclature
import Tabular

/// The lists of one country as those who keep them would give them: a number and a name.
final class ListFiles {
  private let sheets: [Sheet]

  /// `header` names the two columns.
  init(_ country: Country, lists: [String], header: String, in draft: Draft) throws(Problem) {
    var sheets: [Sheet] = []
    for list in lists { sheets.append(try Sheet(SimulatedFile(country, .list(list)), header: header, in: draft)) }
    self.sheets = sheets
  }

  /// Puts a unit on its lists; `row` writes its number and its name.
  func write(_ memberships: Memberships, row: (inout CSVWriter) -> Void) throws(Problem) {
    for (list, sheet) in sheets.enumerated() where memberships.contains(list) {
      row(&sheet.csv)
      try sheet.csv.endRow()
    }
  }

  /// Closes the files and says what they hold.
  func finish() throws(Problem) -> [WrittenFile] {
    var written: [WrittenFile] = []
    for sheet in sheets { written.append(try sheet.finish()) }
    return written
  }
}
