import Diagnostics
import Nomenclature
import Tabular

/// The workforce files of one country, one a year, written side by side.
final class WorkforceFiles {
  private static let header =
    "establishment,year,jobs,fte,gross_pay,women,age_15_29,age_30_49,age_50_59,age_60_plus,"
    + "permanent,fixed_term,other_contracts,full_time,part_time,managers,intermediate,"
    + "clerks,workers,origin"

  private let sheets: [Sheet]
  private let workforce: Workforce

  init(_ country: Country, _ workforce: Workforce, in draft: Draft) throws(Problem) {
    self.workforce = workforce
    var sheets: [Sheet] = []
    for year in workforce.years {
      sheets.append(try Sheet(SimulatedFile(country, .workforce(year: year)), header: Self.header, in: draft))
    }
    self.sheets = sheets
  }

  /// The rows of an employer in the years in which it has jobs. `each` is given every year of it, also one that it
  /// did not see the end of.
  func write(
    _ employer: Employer, identifier: (inout CSVWriter) -> Void, each: (Int, EmployerYear) -> Void
  ) throws(Problem) {
    for year in workforce.years {
      guard let told = workforce.year(year, of: employer) else { continue }
      each(year, told)
      guard told.jobs > 0 else { continue }
      let sheet = sheets[year - workforce.years.lowerBound]
      identifier(&sheet.csv)
      try told.headcount.write(year: year, to: &sheet.csv)
    }
  }

  /// Closes the files and says what they hold.
  func finish() throws(Problem) -> [WrittenFile] {
    var written: [WrittenFile] = []
    for sheet in sheets { written.append(try sheet.finish()) }
    return written
  }
}
