import Tabular

/// The jobs of an establishment in one year, and how they divide: a row of a workforce file.
struct Headcount: BitwiseCopyable {
  let jobs: Int
  /// Full-time equivalents, in tenths.
  let tenths: Int
  /// Gross pay of the year, in euros.
  let pay: Int
  let women, young, old, sixty: Int
  let fixed, other, partTime: Int
  let managers, intermediate, clerks: Int

  var workers: Int { jobs - managers - intermediate - clerks }

  /// A row of a workforce file, from the comma after the establishment to where its particulars begin.
  func write(year: Int, to csv: inout CSVWriter) {
    csv.comma()
    csv.number(year)
    csv.comma()
    csv.number(jobs)
    csv.comma()
    csv.tenths(tenths)
    csv.comma()
    csv.number(pay)
    for value in [women, young, jobs - old - young, old - sixty, sixty] {
      csv.comma()
      csv.number(value)
    }
    csv.comma()
    csv.number(jobs - fixed - other)
    csv.comma()
    csv.number(fixed)
    csv.comma()
    csv.number(other)
    csv.comma()
    csv.number(jobs - partTime)
    csv.comma()
    csv.number(partTime)
    csv.comma()
    csv.number(managers)
    csv.comma()
    csv.number(intermediate)
    csv.comma()
    csv.number(clerks)
    csv.comma()
    csv.number(workers)
  }
}

/// A year of an establishment, quarter by quarter.
struct EmployerYear {
  /// Of 31 December; of its last weeks where it closed before.
  let headcount: Headcount
  /// Jobs on the last day of each quarter.
  let quarters: SIMD4<Int>

  /// What the workforce file of the year tells.
  var jobs: Int { quarters[3] }

  /// The share of the staff that was there at the end of a quarter, of a yearly amount.
  func share(_ amount: Int, quarter: Int) -> Int { amount * quarters[quarter] / headcount.jobs }
}

extension CSVWriter {
  /// A number with one decimal.
  mutating func tenths(_ tenths: Int) {
    number(tenths / 10)
    byte(UInt8(ascii: "."))
    number(tenths % 10)
  }
}
