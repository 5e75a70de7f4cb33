import Indicators
import Wording

/// What two releases are made of that is not the same, in sentences.
struct LedgerDifferences {
  let differences: ReleaseDifferences
  let words: Words

  var sentences: [String] {
    var sentences: [String] = []
    func list(_ key: String, _ names: [String]) {
      if !names.isEmpty {
        sentences.append(words(key, ["list": names.joined(separator: ", "), "count": "#\(names.count)"]))
      }
    }
    list("compare.added", differences.added.map(named))
    list("compare.removed", differences.removed.map(named))
    list("compare.replaced", differences.replaced.map(named))
    list("compare.perimeters", differences.perimeters.map(perimeter))
    list("compare.rules", differences.rules)
    if let program = differences.program { sentences.append(words("compare.program", ["step": step(program)])) }
    if differences.isEmpty { sentences.append(words("compare.nothing")) }
    return sentences
  }

  private func named(_ source: ReleaseDifferences.Source) -> String { "\(source.name) \(source.vintage)" }

  /// `common-statutory (subsidised_schools : on → off)`; its version alone where the options are the same.
  private func perimeter(_ version: ReleaseDifferences.Version) -> String {
    var told = version.options.map { option in
      words("place.colon", ["place": option.name, "what": Self.step(option.before, option.after)])
    }
    if told.isEmpty || version.before != version.after { told.insert(step(version), at: 0) }
    return "\(version.id) (\(told.joined(separator: words.language.semicolon)))"
  }

  private func step(_ version: ReleaseDifferences.Version) -> String { Self.step(version.before, version.after) }

  private static func step(_ before: String?, _ after: String?) -> String {
    before == after ? before ?? "–" : "\(before ?? "–") → \(after ?? "–")"
  }
}
