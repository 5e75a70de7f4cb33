package import Diagnostics
internal import Tabular

/// Every sentence that the program says, by key, in three languages: `share/lang/messages.csv`.
///
/// A sentence may hold `{facts}`. The one who throws a problem gives facts; here they become words.
package struct Words: Sendable {
  package let language: Language
  private let sentences: [String: Label]

  package init(share: String, language: Language) throws {
    let table = try DeclaredTable(
      "\(share)/lang/messages.csv", columns: ["key", "fr", "nl", "en"])
    var sentences: [String: Label] = [:]
    for entry in table.entries {
      let label = Label(fr: entry["fr"], nl: entry["nl"], en: entry["en"])
      guard !label.fr.isEmpty, !label.nl.isEmpty, !label.en.isEmpty else {
        throw table.problem("share.no_translation", entry, ["key": entry["key"]])
      }
      guard sentences.updateValue(label, forKey: entry["key"]) == nil else {
        throw table.problem("share.duplicate", entry, ["code": entry["key"]])
      }
    }
    self.sentences = sentences
    self.language = language
  }

  /// A sentence in the three languages, for what is printed in another than the reader's.
  package func label(_ key: String) throws(Problem) -> Label {
    guard let label = sentences[key] else {
      throw Problem("words.missing", status: .machine, ["key": key])
    }
    return label
  }

  package var keys: Set<String> { Set(sentences.keys) }

  /// The sentence of a key with its facts, or the key itself: a missing sentence hides nothing.
  package func callAsFunction(_ key: String, _ facts: [String: String] = [:]) -> String {
    guard let sentence = sentences[key]?[language] else {
      return facts.isEmpty ? key : "\(key) \(facts.sorted { $0.key < $1.key })"
    }
    return fill(sentence, facts)
  }

  /// What happened, where, and what to do, on one or two lines.
  package func describe(_ problem: Problem) -> String {
    var where_ = ""
    if let path = problem.place.path { where_ += path }
    if let line = problem.place.line {
      where_ += (where_.isEmpty ? "" : ", ") + self("place.line", ["line": number(line)])
    }
    let what = self(problem.code, problem.facts)
    var text = where_.isEmpty ? what : self("place.colon", ["place": where_, "what": what])
    if let remedy = sentences["\(problem.code).remedy"]?[language] {
      text += "\n  " + self("remedy", ["remedy": fill(remedy, problem.facts)])
    }
    return text
  }

  package func number(_ value: Int) -> String { Numbers.grouped(value, language) }
  package func number(_ value: Double, decimals: Int) -> String {
    Numbers.decimal(value, decimals: decimals, language)
  }

  /// A fact that begins with `@` is itself the key of a sentence; one with `#`, a number to be written as the
  /// reader's language does.
  private func fill(_ sentence: String, _ facts: [String: String]) -> String {
    var text = ""
    var rest = Substring(sentence)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open]
      let name = String(rest[rest.index(after: open)..<close])
      let fact = facts[name] ?? "{\(name)}"
      text += inWords(fact)
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  private func inWords(_ fact: String) -> String {
    if fact.hasPrefix("@"), let sentence = sentences[String(fact.dropFirst())]?[language] { return sentence }
    if fact.hasPrefix("#") {
      if let value = Int(fact.dropFirst()) { return number(value) }
      if let value = Double(fact.dropFirst()) { return Numbers.short(value, language) }
    }
    return fact
  }
}
