internal import Nomenclature
internal import Territory

/// The territories of publishers' tables, from the official codes that they write.
struct AggregatePlaces {
  struct Place: Equatable {
    let code: String
    /// A commune that is no more, or a region of before 2016: kept under its own code.
    let isFormer: Bool
  }

  private let book: TerritoryBook
  private let byLevel: [Territory.Level: [Territory]]

  init(_ book: TerritoryBook) {
    self.book = book
    let wanted: Set<Territory.Level> = [.region, .departement, .province]
    byLevel = Dictionary(grouping: book.territories.values.filter { wanted.contains($0.level) }, by: \.level)
  }

  /// `reading` is the prefix of our codes (`FR-REG`), `nis` for any Belgian code, or `clap` where the length tells.
  func find(_ text: String, _ reading: String) -> Place? {
    switch reading {
    case "nis": belgian(padded(text, 5))
    case "country": Place(code: "FR", isFormer: false)
    case "clap": clap(text)
    case "FR-REG": region(padded(text, 2))
    case "FR-DEP": known("FR-DEP-\(padded(text, 2))")
    case "FR-COM": commune(padded(text, 5), .fr)
    case "FR-ZE": known("FR-ZE-\(padded(text, 4))")
    default: known("\(reading)-\(text)")
    }
  }

  private func known(_ code: String) -> Place? {
    book[code] == nil ? nil : Place(code: code, isFormer: false)
  }

  private func region(_ code: String) -> Place? {
    known("FR-REG-\(code)") ?? (book["FR-AREG-\(code)"] == nil ? nil : Place(code: "FR-AREG-\(code)", isFormer: true))
  }

  /// A table of CLAP holds the country, regions, départements and communes in one column.
  private func clap(_ text: String) -> Place? {
    switch text.utf8.count {
    case 5: commune(text, .fr)
    case 2, 3: known("FR-DEP-\(text)") ?? region(text)
    case 1: region(padded(text, 2)) ?? (text == "F" ? Place(code: "FR", isFormer: false) : nil)
    default: text.uppercased().hasPrefix("FR") ? Place(code: "FR", isFormer: false) : nil
    }
  }

  private func belgian(_ code: String) -> Place? {
    if code == "01000" { return Place(code: "BE", isFormer: false) }
    return known("BE-REG-\(code)") ?? known("BE-PRO-\(code)") ?? known("BE-ARR-\(code)") ?? commune(code, .be)
  }

  private func commune(_ code: String, _ country: Country) -> Place? {
    let own = "\(country.rawValue)-COM-\(code)"
    if book[own] != nil { return Place(code: own, isFormer: false) }
    if book.commune(code, in: country) != nil { return Place(code: own, isFormer: true) }
    switch book.histories[country]?.fate(of: code) {
    case .divided, .whole, .lost: return Place(code: own, isFormer: true)
    default: return nil
    }
  }

  /// A spreadsheet eats leading zeros.
  private func padded(_ text: String, _ width: Int) -> String {
    text.allSatisfy { $0.isASCII && $0.isNumber } && text.utf8.count < width && !text.isEmpty
      ? String(repeating: "0", count: width - text.utf8.count) + text : text
  }

  /// The territories right below a territory at the level at which publishers add up: regions, départements,
  /// provinces. Nil where there is no such level.
  func parts(of code: String) -> [[String]] {
    let levels: [Territory.Level]
    switch book[code]?.level {
    case .country: levels = [.region, .departement, .province]
    case .region: levels = [.departement, .province]
    // Of communes publishers hide too much to be added up.
    default: return []
    }
    return levels.compactMap { level in
      let found = (byLevel[level] ?? []).filter { isUnder($0, code) }.map(\.code).sorted()
      return found.isEmpty ? nil : found
    }
  }

  private func isUnder(_ territory: Territory, _ code: String) -> Bool {
    var next = territory.parents
    while let parent = next.popLast() {
      if parent == code { return true }
      next += book[parent]?.parents ?? []
    }
    return false
  }
}
