package import Diagnostics
internal import Tabular

/// Every sentence that the program says, by key, in three languages: `share/lang/messages.csv`.
///
/// A sentence may hold `{facts}`, and `{count?one|many}` to agree with one. The one who throws a problem gives
/// facts; here they become words.
package struct Words: Sendable {
  package private(set) var language: Language
  private let sentences: [String: Label]
  /// The folder of the program's own files, which nobody downloads from a publisher.
  private let share: String

  package init(share: String, language: Language) throws {
    let table = try DeclaredTable(
      "\(share)/lang/messages.csv", columns: ["key", "fr", "nl", "en"])
    var sentences = [String: Label](minimumCapacity: table.entries.count)
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
    self.share = share
  }

  /// A sentence in the three languages, for what is printed in another than the reader's.
  package func label(_ key: String) throws(Problem) -> Label {
    guard let label = sentences[key] else {
      throw Problem("words.missing", status: .machine, ["key": key])
    }
    return label
  }

  /// The same sentences in another language.
  package func speaking(_ language: Language) -> Words {
    var words = self
    words.language = language
    return words
  }

  package var keys: Set<String> { Set(sentences.keys) }

  package func has(_ key: String) -> Bool { sentences[key] != nil }

  /// The sentence of a key with its facts, or the key itself: a missing sentence hides nothing.
  package func callAsFunction(_ key: String, _ facts: [String: String] = [:]) -> String {
    guard let sentence = sentences[key]?[language] else {
      return facts.isEmpty ? key : "\(key) \(facts.sorted { $0.key < $1.key })".printable
    }
    return fill(sentence, facts)
  }

  /// What happened, where, what it is made of, and what to do, on lines of their own.
  package func describe(_ problem: Problem) -> String {
    let where_ = describe(problem.place)
    // Where nothing is near, none is named: KEY.far says it without.
    let far = "\(problem.code).far"
    let what = self(problem.facts["nearest"] == "" && has(far) ? far : problem.code, problem.facts)
    var text = where_.isEmpty ? what : join("place.colon", ["place": where_, "what": what])
    for part in problem.parts {
      text += "\n    " + self(part.code, part.facts.merging(["place": describe(part.place)]) { $1 })
    }
    if let remedy = remedy(of: problem) {
      text += "\n  " + join("remedy", ["remedy": fill(remedy, problem.facts)])
    }
    return text
  }

  private func describe(_ place: Place) -> String {
    let line = place.line.map { self("place.line", ["line": number($0)]) }
    return [place.path?.printable, line].compactMap(\.self).joined(separator: ", ")
  }

  /// Its own remedy, otherwise that of its family. A file of the program that cannot be read is a matter of its
  /// installation, whatever is wrong with it.
  private func remedy(of problem: Problem) -> String? {
    let family = problem.code.prefix { $0 != "." }
    let isOurs = problem.place.file?.hasPrefix(share + "/") == true && ["file", "table"].contains(family)
    let isSomebodys = problem.place.file?.hasPrefix(share + "/") == false && family == "share"
    let keys =
      isOurs ? ["share.remedy"] : ["\(problem.code).remedy", isSomebodys ? "own.remedy" : "\(family).remedy"]
    return keys.lazy.compactMap { sentences[$0]?[language] }.first
  }

  /// Sentences within a sentence: their own line breaks stay.
  private func join(_ key: String, _ parts: [String: String]) -> String {
    fill(sentences[key]?[language] ?? "\(key) \(parts.sorted { $0.key < $1.key })", parts) { $0 }
  }

  package func number(_ value: Int) -> String { Numbers.grouped(value, language) }
  package func number(_ value: Double, decimals: Int) -> String {
    Numbers.decimal(value, decimals: decimals, language)
  }

  /// Facts that are lists of what there is: an empty one is said.
  private static let lists: Set<String> = ["known", "found", "columns", "nearest"]

  /// Puts facts in their places: `{count}` as it is, `{count?ligne|lignes}` as the form that agrees with it.
  private func fill(_ sentence: String, _ facts: [String: String]) -> String {
    fill(sentence, facts, inWords)
  }

  private func fill(_ sentence: String, _ facts: [String: String], _ written: (String) -> String) -> String {
    var text = ""
    var rest = Substring(sentence)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      text += rest[..<open]
      let parts = rest[rest.index(after: open)..<close].split(separator: "?", maxSplits: 1)
      let name = parts.first.map(String.init) ?? ""
      if var fact = facts[name] {
        if fact.isEmpty, Self.lists.contains(name) { fact = "@nothing" }
        text += parts.count > 1 ? String(Plural.form(parts[1], for: fact, language)) : written(fact)
      } else {
        text += rest[open...close]
      }
      rest = rest[rest.index(after: close)...]
    }
    return text + rest
  }

  /// A fact that begins with `@` is itself the key of a sentence; one with `#`, a number to be written as the
  /// reader's language does. Others may come from a file: they bring no line break and no command to the terminal.
  private func inWords(_ fact: String) -> String {
    if fact.hasPrefix("@"), let sentence = sentences[String(fact.dropFirst())]?[language] { return sentence }
    if fact.hasPrefix("#") {
      if let value = Int(fact.dropFirst()) { return number(value) }
      if let value = Double(fact.dropFirst()) { return Numbers.short(value, language) }
    }
    return fact.printable
  }
}
