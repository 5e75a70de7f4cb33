package import Secrecy
package import Wording

/// What stands in the place of a figure, or beside it, in every format but those of SDMX, which has codes of its own.
///
/// Where there is no figure, the letters are those that Eurostat uses: `c` confidential, `:` not available; `x`, which
/// it has no letter for, where figures cannot be compared. All that is hidden has one symbol: whether a figure was
/// hidden for its own sake or for another's would say where the sensitive one is. Beside a figure stand the marks that
/// the terminal prints: `e`, `p`, `a`, several where several hold (`pa`). `p` is partial, not Eurostat's provisional.
package enum Symbol: String, Sendable, CaseIterable {
  case suppressed = "c"
  case notAvailable = ":"
  case notComparable = "x"
  case estimated = "e"
  case partial = "p"
  case approximated = "a"
  /// Told by the interval that holds it, of which the figure is the middle.
  case banded = "i"

  /// What it means, by key of the words.
  package var key: String {
    switch self {
    case .suppressed: "symbol.suppressed"
    case .notAvailable: "symbol.not_available"
    case .notComparable: "symbol.not_comparable"
    case .estimated: "symbol.estimated"
    case .partial: "symbol.partial"
    case .approximated: "symbol.approximated"
    case .banded: "symbol.banded"
    }
  }

  package func meaning(_ words: Words) -> String { words(key) }
}

extension Cell {
  /// All that `flag` may be, but nothing.
  static let flags = ["c", ":", "x", "e", "p", "a", "ea", "pa", "i"]

  /// The symbol of a cell without a figure, or the marks of its figure; nothing for what was simply counted.
  package var flag: String {
    switch status {
    case .suppressed: "c"
    case .notAvailable: ":"
    case .notComparable: "x"
    case .published, .zero: basis.marks
    }
  }
}

extension Cell.Basis {
  /// `e`, `p`, `a`: a figure may be a least, or estimated, and a part in proportion at once.
  package var marks: String {
    switch self {
    case .exact, .missing: ""
    case .estimated: "e"
    case .partial: "p"
    case .approximated: "a"
    case .approximatedEstimated: "ea"
    case .approximatedPartial: "pa"
    case .banded: "i"
    }
  }
}

extension Sequence<Cell> {
  /// The symbols that a reader of these cells meets, in the order of their list.
  package var symbols: [Symbol] {
    var flags: Set<String> = []
    for cell in self { flags.insert(cell.flag) }
    return Symbol.allCases.filter { symbol in flags.contains { $0.contains(symbol.rawValue) } }
  }
}
