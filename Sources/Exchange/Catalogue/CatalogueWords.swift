package import Diagnostics
import Indicators
package import Wording

/// What is said of the catalogue and of all its tables.
package struct CatalogueWords: Sendable {
  package let title: Label
  package let description: Label
  package let keywords: [Label]
  package let simulatedKeyword: Label
  package let simulated: Label
  /// Names of the European themes that every table is of, by code.
  package let themes: [(code: String, label: Label)]
  package let sdmx: SdmxWords

  package static let themeCodes = ["ECON", "REGI", "SOCI"]

  package init(_ words: Words) throws(Problem) {
    title = try words.label("catalogue.title")
    description = try words.label("catalogue.description")
    keywords = [try words.label("catalogue.keyword.sse"), try words.label("catalogue.keyword.jobs")]
    simulatedKeyword = try words.label("catalogue.keyword.simulated")
    simulated = try words.label("catalogue.simulated")
    var themes: [(code: String, label: Label)] = []
    for code in Self.themeCodes { themes.append((code, try words.label("catalogue.theme.\(code)"))) }
    self.themes = themes
    sdmx = try SdmxWords(words)
  }

  /// What a table is about; of simulated figures, nobody reads it without knowing.
  func description(of dataset: CatalogueDataset) -> Label {
    let description = dataset.table.description
    guard dataset.table.origin.isSimulated else { return description }
    func both(_ language: Language) -> String { "\(description[language]) \(simulated[language])" }
    return Label(fr: both(.fr), nl: both(.nl), en: both(.en))
  }

  /// What a table is found by: what every one is about, and what it is broken down by.
  func keywords(of dataset: CatalogueDataset) -> [Label] {
    let axes = dataset.table.axes.filter { $0.role == .classification }.map(\.label)
    return keywords + axes + (dataset.table.origin.isSimulated ? [simulatedKeyword] : [])
  }
}
