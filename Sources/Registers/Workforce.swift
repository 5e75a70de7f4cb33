package import Diagnostics
package import Tabular

/// Unit-level headcounts in the format of Essor (docs/sources/workforce.md): one row an establishment and year.
package final class Workforce {
  package static let source = "workforce"

  package static let measures = [
    "jobs", "fte", "gross_pay", "women", "age_15_29", "age_30_49", "age_50_59", "age_60_plus",
    "permanent", "fixed_term", "other_contracts", "full_time", "part_time", "managers",
    "intermediate", "clerks", "workers",
    "age_55_59", "assisted", "apprentices", "agency", "women_managers", "women_pay", "hours",
    "pay_managers", "pay_intermediate", "pay_clerks", "pay_workers", "blue_collar", "white_collar", "civil_servants",
  ]

  /// Measures that are parts of others: never more than any of them that is given.
  private struct Parts {
    let parts: [Int]
    let wholes: [Int]
    /// Are these all the parts there are? Where all are given, they add up to the whole.
    let areAll: Bool
    /// What roundings may put between the parts and their whole.
    let rounding: Int64

    init(_ parts: String..., of wholes: String..., areAll: Bool = false, rounding: Int64 = 0) {
      self.parts = parts.compactMap { Workforce.measures.firstIndex(of: $0) }
      self.wholes = wholes.compactMap { Workforce.measures.firstIndex(of: $0) }
      self.areAll = areAll
      self.rounding = rounding
    }

    func hold(in values: [Int64]) -> Bool {
      var sum: Int64 = 0
      var given = 0
      for part in parts where values[part] >= 0 {
        sum += values[part]
        given += 1
      }
      guard given > 0 else { return true }
      // A part that is not given is not zero: the others may be less than the whole, never more.
      let isWhole = areAll && given == parts.count
      // One part that is no more than its whole is no more than it once both are rounded.
      let slack = min(rounding, Int64(given - 1))
      return wholes.allSatisfy { position in
        let whole = values[position]
        return whole < 0 || sum <= whole + slack && (!isWhole || sum >= whole - slack)
      }
    }
  }

  /// Four amounts and their sum, each rounded to the euro, are at most two euros apart.
  private static let divisions = [
    Parts("women", of: "jobs"),
    Parts("age_15_29", "age_30_49", "age_50_59", "age_60_plus", of: "jobs", areAll: true),
    Parts("permanent", "fixed_term", "other_contracts", of: "jobs", areAll: true),
    Parts("full_time", "part_time", of: "jobs", areAll: true),
    Parts("managers", "intermediate", "clerks", "workers", of: "jobs", areAll: true),
    Parts("blue_collar", "white_collar", "civil_servants", of: "jobs", areAll: true),
    Parts("age_55_59", of: "age_50_59", "jobs"),
    Parts("assisted", "apprentices", "agency", of: "other_contracts", "jobs"),
    Parts("women_managers", of: "women", "managers", "jobs"),
    Parts("women_pay", of: "gross_pay"),
    Parts("pay_managers", "pay_intermediate", "pay_clerks", "pay_workers", of: "gross_pay", areAll: true, rounding: 2),
  ]

  package struct Line {
    package let establishment: UInt64
    package let isFrench: Bool
    package let year: Int32
    /// In the order of `measures`; full-time equivalents in tenths. −1 where not given.
    package let values: [Int64]
  }

  private let reader: TableReader
  private let positions: [Int]
  private let establishment: Int
  private let year: Int
  private let origin: Int
  /// Does the file say of itself that it is simulated?
  package private(set) var isSimulated = false

  package init(_ container: Container) throws(Problem) {
    reader = try RegisterFile(
      container.stream(), source: Self.source, required: ["establishment", "year", "jobs"]
    ).reader
    positions = try reader.positions(Self.measures)
    establishment = try reader.position("establishment")
    year = try reader.position("year")
    origin = try reader.position("origin")
  }

  /// Reads the file; with `expectedYear`, rows of other years are out of the scope, and a file of none but those is
  /// refused.
  package func read(
    expectedYear: Int32? = nil, _ body: (Line) throws -> Void
  ) throws -> Reconciliation {
    var account = Reconciliation()
    var seen: [Int32: Set<UInt64>] = [:]
    var otherYear: (year: Int32, line: Int)?
    try reader.forEachBatch { batch in
      try Interruption.check()
      var blanks = 0
      for record in 0..<batch.count {
        let row = batch[record]
        if origin >= 0, row[origin].equals("simulated") { isSimulated = true }
        guard let (number, french) = Self.establishment(row[establishment]) else {
          if row.isBlank(of: reader.columns.count) {
            blanks += 1
            continue
          }
          account.reject(.identifier, batch, record)
          continue
        }
        guard french || Identifiers.isBelgianEstablishment(number) else {
          account.reject(.wrongKind, batch, record)
          continue
        }
        guard let year = Int32(row[year].trimmed.text), Years.told ~= Int(year) else {
          account.reject(.year, batch, record)
          continue
        }
        guard year == expectedYear ?? year else {
          otherYear = otherYear ?? (year, batch.line(of: record))
          account.leaveOut(.year)
          continue
        }
        let values: [Int64]
        switch Self.values(row, positions) {
        case .success(let read): values = read
        case .failure(let failure):
          account.reject(failure.reason, batch, record)
          continue
        }
        guard seen[year, default: []].insert(number).inserted else {
          account.reject(.duplicate, batch, record)
          continue
        }
        account.keep()
        try body(Line(establishment: number, isFrench: french, year: year, values: values))
      }
      try account.close(batch, blanks: blanks, at: reader.place)
    }
    if let expectedYear, let otherYear, account.kept == 0 {
      var place = reader.place
      place.line = otherYear.line
      throw Problem(
        "aggregate.other_year", at: place, ["year": String(expectedYear), "found": String(otherYear.year)])
    }
    return account
  }

  /// A SIRET or a BCE number, as registers write it or as people do, with spaces and dots.
  private static func establishment(_ field: Field) -> (number: UInt64, isFrench: Bool)? {
    if let siret = Identifiers.siret(field) { return (siret, true) }
    if let number = Identifiers.belgian(field) { return (number, false) }
    guard let written = Identifiers.written(field), written.digits == 14, !written.isMarkedBelgian,
      Identifiers.isValidSIRET(written.number)
    else {
      return nil
    }
    return (written.number, true)
  }

  /// Jobs and pay of one establishment above which a number is a slip: no employer comes near.
  private static let mostJobs: Int64 = 10_000_000
  private static let mostPay: Int64 = 1_000_000_000_000

  /// The full-time equivalents, in tenths, above which a row with these jobs is a slip.
  ///
  /// Jobs are of 31 December, full-time equivalents of the whole year: a holiday village of five in winter may have
  /// the work of fifty in the year, an establishment of a hundred may have lost half, and one that closed in December
  /// has no job left whatever its year was.
  private static func mostFullTime(jobs: Int64) -> Int64 { jobs == 0 ? .max : (2 * jobs + 50) * 10 }

  /// The paid hours of a year above which a row with these jobs is a slip.
  ///
  /// A full time is paid some 2 000 hours at most, overtime included. Twice that for each job and for fifty more takes
  /// in the same seasons and closures: wherever the full-time equivalents are accepted, so are their hours.
  private static func mostHours(jobs: Int64) -> Int64 { 4000 * (jobs == 0 ? mostJobs : jobs + 50) }

  /// People, jobs and hours are counted; pay is rounded to the euro, full-time equivalents to a tenth.
  private static func value(_ field: Field, of measure: String, jobs: Int64) -> Int64? {
    let (value, most): (Int64?, Int64) =
      switch measure {
      case "fte": (NumberReading.decimal(field, places: 1), mostJobs * 10)
      case "gross_pay", "women_pay", "pay_managers", "pay_intermediate", "pay_clerks", "pay_workers":
        (NumberReading.decimal(field, places: 0), mostPay)
      case "hours": (NumberReading.count(field), mostHours(jobs: jobs))
      default: (NumberReading.count(field), mostJobs)
      }
    guard let value, 0...most ~= value else { return nil }
    return value
  }

  /// Refused where a number cannot be read, is negative or out of all measure, or where numbers do not go together:
  /// parts that do not add up to their whole, some that are already more, full-time equivalents or hours far above the
  /// jobs.
  private static func values(_ row: Row, _ positions: [Int]) -> Result<[Int64], RowFailure> {
    var values = [Int64](repeating: -1, count: measures.count)
    for (measure, position) in positions.enumerated() {
      let field = row[position].trimmed
      if field.isEmpty { continue }
      // The jobs are the first of the measures: they are read when the others are.
      guard let value = value(field, of: measures[measure], jobs: values[0]) else {
        return .failure(RowFailure(.number))
      }
      values[measure] = value
    }
    guard values[0] >= 0 else { return .failure(RowFailure(.number)) }
    guard values[1] <= mostFullTime(jobs: values[0]) else { return .failure(RowFailure(.fullTime)) }
    guard divisions.allSatisfy({ $0.hold(in: values) }) else { return .failure(RowFailure(.number)) }
    return .success(values)
  }
}
