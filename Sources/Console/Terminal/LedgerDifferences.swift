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
    list("compare.perimeters", differences.perimeters.map { "\($0.id) (\(step($0)))" })
    list("compare.rules", differences.rules)
    if let program = differences.program { sentences.append(words("compare.program", ["step": step(program)])) }
    if differences.isEmpty { sentences.append(words("compare.nothing")) }
    return sentences
  }

  private func named(_ source: ReleaseDifferences.Source) -> String { "\(source.name) \(source.vintage)" }

  private func step(_ version: ReleaseDifferences.Version) -> String {
    let (before, after) = (version.before ?? "–", version.after ?? "–")
    return before == after ? before : "\(before) → \(after)"
  }
}
