import Diagnostics
import Filesystem
import Glibc
import Simulator
import Tabular

@testable import Territory

/// A few real communes: enough for both languages of Belgium, a city with arrondissements, a
/// village.
enum Sample {
  static let share: String = {
    // Tests/Simulator/Sample.swift is three steps below the checkout.
    var folder = #filePath
    for _ in 0..<3 { folder = Folder.parent(of: folder) }
    return "\(folder)/share"
  }()

  static let communes = [
    commune("FR-COM-59350", "Lille", 238_695, ["59000", "59800"], ["FR-DEP-59", "FR-REG-32", "FR"]),
    commune("FR-COM-02691", "Saint-Quentin", 52_958, ["02100"], ["FR-DEP-02", "FR-REG-32", "FR"]),
    commune(
      "FR-COM-80688", "Rue", 3_080, ["80120"], ["FR-DEP-80", "FR-REG-32", "FR"]),
    commune(
      "FR-COM-13055", "Marseille", 877_215, ["13001", "13002"], ["FR-DEP-13", "FR-REG-93", "FR"]),
    commune(
      "BE-COM-92094", "Namur", 114_007, ["5000", "5100"], ["BE-PRO-90000", "BE-REG-03000", "BE"],
      dutch: "Namen"),
    commune("BE-COM-63023", "Eupen", 19_762, ["4700"], ["BE-PRO-60000", "BE-REG-03000", "BE"]),
    commune(
      "BE-COM-44021", "Gand", 265_086, ["9000"], ["BE-PRO-40000", "BE-REG-02000", "BE"],
      dutch: "Gent"),
    commune(
      "BE-COM-21004", "Bruxelles", 188_737, ["1000"], ["BE-REG-04000", "BE"], dutch: "Brussel"),
  ]

  private static func commune(
    _ code: String, _ name: String, _ population: Int, _ postcodes: [String],
    _ ancestors: [String], dutch: String? = nil
  ) -> Commune {
    Commune(
      code: code, official: String(code.suffix(5)), name: name, dutchName: dutch, germanName: nil,
      population: population, postcodes: postcodes, ancestors: ancestors)
  }

  static func plan(
    _ territory: String = "FR-BE", scale: Double = 0.02, seed: UInt64 = 11,
    years: ClosedRange<Int> = 2021...2023
  ) -> SimulationPlan {
    SimulationPlan(territory: territory, scale: scale, seed: seed, years: years)
  }

  /// Lends a folder that is removed afterwards, filled by a simulation.
  static func simulated<T>(
    _ plan: SimulationPlan, _ body: (String) throws -> T
  ) throws -> T {
    try inFolder { folder in
      try Simulation(plan, communes: communes, share: share).write(to: folder) { _, _ in }
      return try body(folder)
    }
  }

  static func inFolder<T>(_ body: (String) throws -> T) throws -> T {
    var template = Array("/tmp/essor-simulator-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw systemProblem("mkdir", "/tmp") }
    let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { try? Folder.remove(folder) }  // a test that failed has more to say than this
    return try body(folder)
  }

  /// The rows of a table as text, by column, and how many were not rows of the table.
  static func rows(
    _ stream: any ByteStream, separator: UInt8 = UInt8(ascii: ",")
  ) throws -> (columns: [String], rows: [[String: String]], faults: Int) {
    let reader = try TableReader(stream, .init(separator: separator))
    var rows: [[String: String]] = []
    var faults = 0
    try reader.forEachBatch { batch in
      faults += batch.faults.count
      for record in 0..<batch.count {
        let row = batch[record]
        var values: [String: String] = [:]
        for (position, column) in reader.columns.enumerated() {
          values[column] = row[position].text
        }
        rows.append(values)
      }
    }
    return (reader.columns, rows, faults)
  }

  static func rows(
    _ path: String, _ entry: String? = nil, separator: UInt8 = UInt8(ascii: ",")
  ) throws -> (columns: [String], rows: [[String: String]], faults: Int) {
    try rows(try Container.open(path).stream(entry), separator: separator)
  }
}
