package import Diagnostics

/// What may follow a command: options with and without a value, and how many words.
package struct Syntax: Sendable {
  package struct Option: Sendable {
    package let name: String
    /// The word for the value in the help; nil for a switch.
    package let value: String?
    package let isRepeated: Bool

    package init(_ name: String, _ value: String? = nil, repeated: Bool = false) {
      self.name = name
      self.value = value
      self.isRepeated = repeated
    }
  }

  /// The words in order, as the help shows them; one that ends with `…` may repeat, one in brackets may miss.
  package let words: [String]
  package let options: [Option]

  package init(_ words: [String] = [], _ options: [Option] = []) {
    self.words = words
    self.options = options
  }
}

/// The words and options of one command line, checked against a syntax.
package struct Arguments: Sendable {
  package private(set) var words: [String] = []
  private var values: [String: [String]] = [:]

  package init(_ line: [String], _ syntax: Syntax) throws(Problem) {
    var rest = line[...]
    var onlyWords = false
    while let word = rest.popFirst() {
      guard !onlyWords, word.hasPrefix("--") else {
        words.append(word)
        continue
      }
      if word == "--" {
        onlyWords = true
        continue
      }
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts.first ?? "")
      guard let option = syntax.options.first(where: { $0.name == name }) else {
        throw Problem(
          "arguments.unknown_option", status: .commandLine,
          [
            "option": "--\(name)",
            "nearest": nearest(to: name, among: syntax.options.map(\.name)).map { "--\($0)" } ?? "",
          ])
      }
      var value = parts.count > 1 ? String(parts[1]) : nil
      if option.value != nil, value == nil, rest.first?.hasPrefix("--") == false { value = rest.popFirst() }
      guard (option.value == nil) == (value == nil) else {
        throw Problem(
          option.value == nil ? "arguments.needless_value" : "arguments.no_value", status: .commandLine,
          ["option": "--\(name)", "value": option.value ?? value ?? ""])
      }
      if values[name] != nil, !option.isRepeated {
        throw Problem("arguments.twice", status: .commandLine, ["option": "--\(name)"])
      }
      values[name, default: []].append(value ?? "")
    }
    try checkWords(syntax)
  }

  private func checkWords(_ syntax: Syntax) throws(Problem) {
    let required = syntax.words.filter { !$0.hasPrefix("[") }.count
    let repeats = syntax.words.last?.contains("…") ?? false
    if words.count < required {
      throw Problem("arguments.missing_word", status: .commandLine, ["word": syntax.words[words.count]])
    }
    if words.count > syntax.words.count, !repeats {
      throw Problem(
        "arguments.needless_word", status: .commandLine, ["word": words[syntax.words.count]])
    }
  }

  package func has(_ option: String) -> Bool { values[option] != nil }
  package subscript(option: String) -> String? { values[option]?.last }
  package func all(_ option: String) -> [String] { values[option] ?? [] }

  package func number(_ option: String, in range: ClosedRange<Double>) throws(Problem) -> Double? {
    guard let text = self[option] else { return nil }
    guard let number = Double(text.replacingComma), range.contains(number) else {
      throw Problem(
        "arguments.out_of_range", status: .commandLine,
        [
          "option": "--\(option)", "value": text, "smallest": "#\(range.lowerBound)",
          "largest": "#\(range.upperBound)",
        ])
    }
    return number
  }

  package func integer(_ option: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
    guard let text = self[option] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw bad(option, text, "\(range.lowerBound)–\(range.upperBound)")
    }
    return number
  }

  /// One of the values that an option takes, as it is written.
  package func choice(_ option: String, of known: [String]) throws(Problem) -> String? {
    guard let value = self[option] else { return nil }
    guard known.contains(value) else { throw bad(option, value, known: known) }
    return value
  }

  /// A value that is none of those that an option takes: the nearest is named, where one is near.
  package func bad(_ option: String, _ value: String, known: [String]) -> Problem {
    var problem = bad(option, value, known.joined(separator: ", "))
    if let near = nearest(to: value, among: known) {
      problem.code = "arguments.near_value"
      problem.facts["nearest"] = near
    }
    return problem
  }

  package func bad(_ option: String, _ value: String, _ expected: String) -> Problem {
    Problem(
      "arguments.bad_value", status: .commandLine,
      ["option": "--\(option)", "value": value, "expected": expected])
  }
}

extension String {
  fileprivate var replacingComma: String { String(map { $0 == "," ? "." : $0 }) }
}
