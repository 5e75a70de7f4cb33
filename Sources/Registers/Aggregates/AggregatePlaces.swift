internal import Nomenclature
internal import Territory
internal import Wording

/// The territories of publishers' tables, from the official codes that they write.
struct AggregatePlaces {
  struct Place: Equatable {
    let code: String
    /// A commune that is no more, or a region of before 2016: kept under its own code.
    let isFormer: Bool
  }

  enum Finding {
    case found(Place)
    /// Known, and none of those that Essor has: France without its overseas départements.
    case other
    case unknown
  }

  private let book: TerritoryBook
  private let layouts: AggregateLayouts
  private let byLevel: [Territory.Level: [Territory]]

  init(_ book: TerritoryBook, _ layouts: AggregateLayouts) {
    (self.book, self.layouts) = (book, layouts)
    let wanted: Set<Territory.Level> = [.region, .departement, .province]
    byLevel = Dictionary(grouping: book.territories.values.filter { wanted.contains($0.level) }, by: \.level)
  }

  /// `reading` is the prefix of our codes (`FR-REG`), `nis` for any Belgian code, or `clap` where the length and the
  /// name tell. Our own codes are read wherever they stand.
  func find(_ text: String, _ reading: String, name: String = "") -> Finding {
    if let place = own(text.uppercased(), in: reading == "nis" ? .be : .fr) { return .found(place) }
    if reading == "country" || reading == "clap", let code = layouts.code("country", text) {
      return code == AggregateLayouts.other ? .other : .found(Place(code: code, isFormer: false))
    }
    let place: Place? =
      switch reading {
      case "country": nil
      case "nis": belgian(padded(text, 5))
      case "clap": clap(text, name)
      case "FR-REG": region(padded(text, 2))
      case "FR-DEP": known("FR-DEP-\(padded(text, 2))")
      case "FR-COM": commune(padded(text, 5), .fr)
      case "FR-ZE": known("FR-ZE-\(padded(text, 4))")
      default: known("\(reading)-\(text)")
      }
    return place.map(Finding.found) ?? .unknown
  }

  private func known(_ code: String) -> Place? {
    book[code] == nil ? nil : Place(code: code, isFormer: false)
  }

  /// A code of ours says its level itself: `FR-REG-32`, `BE-ARR-62000`, and `ZONE-…` where all of it lies in the country.
  private func own(_ code: String, in country: Country) -> Place? {
    let start = "\(country.rawValue)-COM-"
    if code.hasPrefix(start) { return commune(String(code.dropFirst(start.count)), country) }
    guard code.contains("-"), let territory = book[code] else { return nil }
    guard code.hasPrefix("\(country.rawValue)-") || book.area(of: territory).countries == [country] else { return nil }
    return Place(code: code, isFormer: territory.level == .formerRegion)
  }

  private func region(_ code: String) -> Place? {
    known("FR-REG-\(code)") ?? (book["FR-AREG-\(code)"] == nil ? nil : Place(code: "FR-AREG-\(code)", isFormer: true))
  }

  /// A table of CLAP holds the country, regions, départements and communes in one column: 32 is the Gers, and a region.
  /// Where both are, the name tells.
  private func clap(_ text: String, _ name: String) -> Place? {
    if text.utf8.count > 3 { return commune(padded(text, 5), .fr) }
    let code = padded(text, 2)
    let possible = [known("FR-DEP-\(code)"), region(code)].compactMap(\.self)
    if possible.count < 2 { return possible.first }
    let words = Set(name.folded.split(separator: " "))
    func names(_ place: Place) -> [Set<Substring>] {
      // A region that is still there had another name, or the same.
      [place.code, "FR-AREG-\(code)"].filter { !place.code.contains("-DEP-") || $0 == place.code }
        .compactMap { book[$0]?.name }.map { Set($0.folded.split(separator: " ")) }
    }
    let equal = possible.filter { names($0).contains(words) }
    if equal.count == 1 { return equal[0] }
    let close = possible.filter { place in names(place).contains { $0.isSubset(of: words) || words.isSubset(of: $0) } }
    return !words.isEmpty && close.count == 1 ? close[0] : nil
  }

  private func belgian(_ code: String) -> Place? {
    if code == "01000" || code.uppercased() == "BE" { return Place(code: "BE", isFormer: false) }
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

  /// The territories right below a territory at the levels at which publishers add up: regions, départements,
  /// provinces. `cover`: they make it up wholly; Brussels is in no province.
  func parts(of code: String) -> [(codes: [String], cover: Bool)] {
    let levels: [Territory.Level]
    switch book[code]?.level {
    case .country: levels = [.region, .departement, .province]
    case .region: levels = [.departement, .province]
    // Of communes publishers hide too much to be added up.
    default: return []
    }
    return levels.compactMap { level in
      let found = (byLevel[level] ?? []).filter { isUnder($0, code) }.map(\.code).sorted()
      let cover = level != .province || book[code]?.level != .country
      return found.isEmpty ? nil : (codes: found, cover: cover)
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
