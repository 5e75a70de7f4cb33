import Diagnostics
import Nomenclature
import Tabular

/// The workforce files of one country, one a year, written side by side.
final class WorkforceFiles {
  private static let header =
    "establishment,year,jobs,fte,gross_pay,women,age_15_29,age_30_49,age_50_59,age_60_plus,"
    + "permanent,fixed_term,other_contracts,full_time,part_time,managers,intermediate,"
    + "clerks,workers,age_55_59,assisted,apprentices,agency,women_managers,women_pay,hours,"
    + "pay_managers,pay_intermediate,pay_clerks,pay_workers,blue_collar,white_collar,civil_servants,origin"

  private let country: Country
  private let sheets: [Sheet]
  private let workforce: Workforce

  init(_ country: Country, _ workforce: Workforce, in draft: Draft) throws(Problem) {
    self.country = country
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
      told.headcount.write(year: year, to: &sheet.csv)
      let particulars = workforce.particulars(of: employer, in: year, told.headcount)
      particulars.write(withStatuses: country == .be, to: &sheet.csv)
      sheet.csv.text(",simulated")
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
