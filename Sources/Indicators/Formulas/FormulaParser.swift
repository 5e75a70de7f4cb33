internal import Diagnostics

/// Reads `100 * jobs[field=ess] / jobs[field=total]`.
///
///     sum    = term { ("+" | "-") term }
///     term   = factor { ("*" | "/") factor }
///     factor = number | "-" factor | "(" sum ")" | name "(" sum { "," sum } ")" | name [ "[" moves "]" ]
///     moves  = name "=" member { "," name "=" member }
package struct FormulaParser {
  private let text: [Character]
  private var position = 0

  /// What is wrong with a formula, and where: the reader of a file adds the file and the line.
  package struct Fault: Error, Sendable, Equatable {
    package let code: String
    package let facts: [String: String]
  }

  /// No formula of sense is longer; what is computed part within part stays shallow.
  static let longest = 1_000

  package static func formula(_ text: String) throws(Fault) -> Formula {
    guard text.count <= longest else {
      throw Fault(
        code: "formula.long",
        facts: ["formula": "\(text.prefix(40))…", "count": String(text.count), "most": String(longest)])
    }
    var parser = FormulaParser(text: Array(text))
    let formula = try parser.sum()
    parser.skip()
    guard parser.position == parser.text.count else { throw parser.fault("formula.rest") }
    return formula
  }

  private init(text: [Character]) { self.text = text }

  private func fault(_ code: String, _ facts: [String: String] = [:]) -> Fault {
    let rest = String(text[min(position, text.count)...].prefix(20))
    return Fault(
      code: code, facts: ["formula": String(text), "rest": rest, "column": String(position + 1)].merging(facts) { $1 })
  }

  private mutating func skip() { while position < text.count, text[position].isWhitespace { position += 1 } }

  private mutating func take(_ character: Character) -> Bool {
    skip()
    guard position < text.count, text[position] == character else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Character) throws(Fault) {
    guard take(character) else { throw fault("formula.expected", ["expected": String(character)]) }
  }

  private mutating func sum() throws(Fault) -> Formula {
    var left = try term()
    while true {
      if take("+") {
        left = .call(.add, [left, try term()])
      } else if take("-") {
        left = .call(.subtract, [left, try term()])
      } else {
        return left
      }
    }
  }

  private mutating func term() throws(Fault) -> Formula {
    var left = try factor()
    while true {
      if take("*") {
        left = .call(.multiply, [left, try factor()])
      } else if take("/") {
        left = .call(.divide, [left, try factor()])
      } else {
        return left
      }
    }
  }

  private mutating func factor() throws(Fault) -> Formula {
    if take("-") { return .call(.negate, [try factor()]) }
    if take("(") {
      let inner = try sum()
      try expect(")")
      return inner
    }
    skip()
    guard position < text.count else { throw fault("formula.end") }
    if text[position].isNumber { return .number(try number()) }
    let name = try word(Self.isPartOfName)
    if take("(") { return try call(name) }
    var selectors: [Formula.Selector] = []
    if take("[") {
      repeat {
        let dimension = try word(Self.isPartOfName)
        try expect("=")
        selectors.append(.init(dimension: dimension, member: try word(Self.isPartOfMember)))
      } while take(",")
      try expect("]")
    }
    return .reference(.init(name: name, selectors: selectors))
  }

  private mutating func call(_ name: String) throws(Fault) -> Formula {
    if let aggregate = Formula.Aggregate(rawValue: name) {
      let dimension = try word(Self.isPartOfName)
      var parts: [Formula] = []
      while take(",") { parts.append(try sum()) }
      try expect(")")
      try check(name, parts.count, aggregate.arguments)
      return .over(aggregate, dimension: dimension, parts)
    }
    let known = Formula.Function.allCases.map(\.rawValue).filter { $0.first?.isLetter ?? false && $0 != "negate" }
    guard known.contains(name), let function = Formula.Function(rawValue: name) else {
      let names = known + Formula.Aggregate.allCases.map(\.rawValue)
      throw fault(
        "formula.function",
        ["name": name, "known": names.joined(separator: ", "), "nearest": nearest(to: name, among: names) ?? ""])
    }
    var parts = [try sum()]
    while take(",") { parts.append(try sum()) }
    try expect(")")
    try check(name, parts.count, function.arguments)
    return .call(function, parts)
  }

  private func check(_ name: String, _ found: Int, _ wanted: Int) throws(Fault) {
    guard found == wanted else {
      throw fault("formula.arguments", ["name": name, "found": String(found), "wanted": String(wanted)])
    }
  }

  private mutating func number() throws(Fault) -> Double {
    let start = position
    while position < text.count, text[position].isNumber || text[position] == "." { position += 1 }
    guard let value = Double(String(text[start..<position])) else { throw fault("formula.number") }
    return value
  }

  private static func isPartOfName(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "_" || character == "-")
  }

  private static func isPartOfMember(_ character: Character) -> Bool { isPartOfName(character) || character == "+" }

  private mutating func word(_ isPart: (Character) -> Bool) throws(Fault) -> String {
    skip()
    let start = position
    while position < text.count, isPart(text[position]) {
      // `jobs-1`: a minus before a digit or a space is arithmetic, one inside of a word is its own.
      if text[position] == "-", position + 1 >= text.count || !text[position + 1].isLetter, !allowsDigits(start) {
        break
      }
      position += 1
    }
    guard position > start else { throw fault("formula.name") }
    return String(text[start..<position])
  }

  /// Members such as `15-29` are numbers with a dash.
  private func allowsDigits(_ start: Int) -> Bool { start < text.count && text[start].isNumber }
}
