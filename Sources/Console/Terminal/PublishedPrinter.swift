import Nomenclature
import Territory
import Warehouse
import Wording

/// The published figures beside those of a release, as `essor check` tells them.
struct PublishedPrinter {
  private let comparisons: [Comparison]
  private let simulated: Bool
  private let words: Words
  private let territories: TerritoryBook
  private let families: Nomenclature

  /// Départements that are as they should be are counted rather than shown where there are more than that.
  private static let most = 12

  init(_ check: Check, _ words: Words, _ territories: TerritoryBook, _ families: Nomenclature) {
    comparisons = check.published
    simulated = check.simulated
    self.words = words
    self.territories = territories
    self.families = families
  }

  /// Nothing where nothing can be compared.
  var text: String {
    guard !comparisons.isEmpty else { return "" }
    let départements = comparisons.filter { territories[$0.territory]?.level == .departement && $0.isWithin != false }
    let isLong = départements.count > Self.most
    var table = TextTable(
      header: ["territory", "measure", "published", "found", "gap", "within"].map { words("published.\($0)") })
    table.textColumns = 2
    for one in comparisons where !isLong || territories[one.territory]?.level != .departement || one.isWithin == false {
      table.lines.append(.init(cells: cells(one)))
    }
    let judged = comparisons.compactMap(\.isWithin)
    var text = words(simulated ? "published.simulated" : "published.real") + "\n" + table.drawn() + "\n"
    if isLong {
      let largest = départements.map(\.gap.magnitude).max() ?? 0
      let facts = ["count": words.number(départements.count), "gap": words.number(largest, decimals: 2)]
      text += words("published.departements", facts) + "\n"
    }
    if !judged.isEmpty {
      text += words(
        "published.count", ["within": words.number(judged.count { $0 }), "count": words.number(judged.count)])
    } else {
      text += words("published.not_judged")
    }
    return text
  }

  private func cells(_ one: Comparison) -> [String] {
    let name = territories[one.territory]?.name(in: words.language) ?? one.territory
    let family = families[one.family]?.label[words.language]
    let measure = words("published.\(one.measure.rawValue)") + (family.map { " – " + $0 } ?? "")
    func value(_ value: Double, _ year: Int) -> String {
      let isWhole = !one.measure.isShare
      return (isWhole ? words.number(Int(value.rounded())) : words.number(value, decimals: 2) + " %") + " (\(year))"
    }
    let gap = (one.gap > 0 ? "+" : "") + words.number(one.gap, decimals: 2) + (one.measure.isShare ? "" : " %")
    let tolerance = words.number(one.tolerance, decimals: one.tolerance == one.tolerance.rounded() ? 0 : 1)
    return [
      name, measure, value(one.published, one.publishedYear), value(one.found, one.year), gap,
      one.isWithin.map { ($0 ? "✓" : "✗") + " ±" + tolerance } ?? "",
    ]
  }
}
