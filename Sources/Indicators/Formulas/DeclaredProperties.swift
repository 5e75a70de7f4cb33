internal import Diagnostics
internal import Tabular

/// Properties at the head of a declared table, each refused with its line.
extension DeclaredTable {
  private func unknown(_ key: String, among known: [String]) -> Problem {
    unknownWord(self[key], key, among: known)
  }

  func unknownWord(_ name: String, _ key: String, among known: [String]) -> Problem {
    Problem(
      "share.unknown_name", at: property(key),
      [
        "column": key, "name": name, "known": known.joined(separator: ", "),
        "nearest": nearest(to: name, among: known) ?? "",
      ])
  }

  func propertyChoice<Choice: RawRepresentable & CaseIterable>(
    _: Choice.Type, _ key: String
  ) throws(Problem) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: self[key]) else {
      throw unknown(key, among: Choice.allCases.map(\.rawValue))
    }
    return choice
  }

  func propertyNamed<Thing>(_ key: String, _ things: [String: Thing]) throws(Problem) -> Thing {
    guard let thing = things[self[key]] else { throw unknown(key, among: things.keys.sorted()) }
    return thing
  }

  func propertyCount(_ key: String, else value: Int? = nil, atMost most: Int = Self.most) throws(Problem) -> Int {
    if self[key].isEmpty, let value { return value }
    guard let number = Int(self[key]), 0...most ~= number else {
      throw Problem(
        "share.number_range", at: property(key),
        ["column": key, "value": self[key], "low": "0", "high": String(most)])
    }
    return number
  }

  func propertyFormula(_ key: String) throws(Problem) -> Formula {
    do throws(FormulaParser.Fault) {
      return try FormulaParser.formula(self[key])
    } catch {
      throw Problem(error.code, at: property(key), error.facts)
    }
  }

  /// `c=0.8 t=0.35`
  func parameters(_ key: String) throws(Problem) -> [String: Double] {
    var found: [String: Double] = [:]
    for pair in words(key) {
      let parts = pair.split(separator: "=").map(String.init)
      guard parts.count == 2, let value = Double(parts[1]) else {
        throw Problem("share.bad_number", at: property(key), ["column": key, "value": pair])
      }
      found[parts[0]] = value
    }
    return found
  }

  func words(_ key: String) -> [String] { self[key].split(separator: " ").map(String.init) }
}
