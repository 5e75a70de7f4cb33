import Diagnostics
import Tabular

/// The sizes and rates of `constants.csv`, or of another table of the same form, by name.
struct Constants {
  private let table: DeclaredTable
  private let values: [String: Double]

  init(_ folder: String, _ name: String = "constants") throws {
    table = try DeclaredTable(
      "\(folder)/\(name).csv", columns: ["name", "value"], properties: ["id", "source"])
    var values: [String: Double] = [:]
    for entry in table.entries {
      values[entry["name"]] = try entry.number("value", in: table)
    }
    self.values = values
  }

  func value(_ name: String) throws(Problem) -> Double {
    guard let value = values[name] else {
      throw Problem("simulate.no_constant", at: Place(file: table.path), ["name": name])
    }
    return value
  }

  func rate(_ name: String) throws(Problem) -> Rate { Rate(try value(name)) }
}

extension DeclaredTable.Entry {
  /// A field that must be a number that is not negative.
  func number(_ column: String, in table: DeclaredTable) throws(Problem) -> Double {
    guard let value = Double(self[column]), value >= 0 else {
      throw table.problem(
        "simulate.bad_number", self, ["column": column, "value": self[column]])
    }
    return value
  }
}
