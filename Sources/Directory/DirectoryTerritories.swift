package import Diagnostics
import Filesystem
import NameIndex
package import Territory
package import Wording

/// The territories of a directory: every level, the communes that each holds, and their names.
package struct DirectoryTerritories: Sendable {
  package struct Item: Sendable, Equatable {
    package let position: Int
    package let code: String
    package let level: Territory.Level
    package let label: Label
  }

  private static let columns = 5

  private let forms: WordForms
  private let texts: Texts
  private let communeTerritories: PackedNumbers<UInt32>
  private let ancestorStarts: PackedNumbers<UInt32>
  private let ancestors: PackedNumbers<UInt32>
  private let communeStarts: PackedNumbers<UInt32>
  private let communes: PackedNumbers<UInt16>
  private let names: Texts
  private let nameTerritories: PackedNumbers<UInt32>

  init(_ file: PackedFile, _ forms: WordForms) throws(Problem) {
    self.forms = forms
    texts = try file.texts(.territories)
    communeTerritories = try file.numbers(.communeTerritories, UInt32.self)
    ancestorStarts = try file.numbers(.ancestorStarts, UInt32.self)
    ancestors = try file.numbers(.ancestors, UInt32.self)
    communeStarts = try file.numbers(.territoryCommuneStarts, UInt32.self)
    communes = try file.numbers(.territoryCommunes, UInt16.self)
    names = try file.texts(.placeNames)
    nameTerritories = try file.numbers(.placeNameTerritories, UInt32.self)
    guard ancestorStarts.count == communeTerritories.count + 1, names.count == nameTerritories.count else {
      throw ancestors.damage
    }
  }

  package func item(_ position: Int) throws(Problem) -> Item {
    let first = position * Self.columns
    guard let level = Territory.Level(rawValue: try texts[first + 1]) else { throw ancestors.damage }
    return Item(
      position: position, code: try texts[first], level: level,
      label: Label(fr: try texts[first + 2], nl: try texts[first + 3], en: try texts[first + 4]))
  }

  package subscript(code: String) -> Item? {
    get throws(Problem) {
      let wanted = Array(code.utf8)
      var (low, high) = (0, texts.count / Self.columns)
      while low < high {
        let middle = (low + high) / 2
        if try texts.bytes(at: middle * Self.columns).lexicographicallyPrecedes(wanted) {
          low = middle + 1
        } else {
          high = middle
        }
      }
      guard low < texts.count / Self.columns, try texts.bytes(at: low * Self.columns).elementsEqual(wanted) else {
        return nil
      }
      return try item(low)
    }
  }

  /// The territories that a text may mean: that of the code, in any case; otherwise those of the name, of the kind
  /// that people mean by a name: Lille is the commune before it is the arrondissement.
  package func meant(by text: String) throws(Problem) -> [Item] {
    if let found = try self[text.uppercased()] { return [found] }
    let named = try named(text)
    func rank(_ item: Item) -> Int { Self.kinds.firstIndex(of: item.level) ?? Self.kinds.count }
    guard let first = named.map(rank).min() else { return [] }
    return named.filter { rank($0) == first }
  }

  /// Communes first; then what is drawn on maps; then what only statisticians speak of.
  private static let kinds: [Territory.Level] = [
    .commune, .country, .region, .departement, .province, .epci, .zone, .formerRegion, .arrondissement,
    .employmentZone,
  ]

  private func named(_ text: String) throws(Problem) -> [Item] {
    let folded = Array(TerritoryTables.folded(text, forms).utf8)
    guard !folded.isEmpty else { return [] }
    var found: [Item] = []
    var place = try names.lowerBound(folded)
    while place < names.count, try names.bytes(at: place).elementsEqual(folded) {
      found.append(try item(Int(nameTerritories.at(place))))
      place += 1
    }
    return found
  }

  package func commune(_ commune: Int) throws(Problem) -> Item { try item(Int(communeTerritories.at(commune))) }

  /// Everything that holds a commune, the nearest first.
  package func holders(of commune: Int) throws(Problem) -> [Item] {
    var items: [Item] = []
    for position in try ancestorStarts.group(commune, of: ancestors).raw { items.append(try item(Int(position))) }
    return items
  }

  /// The communes of a territory: itself, where it is one.
  func communes(of item: Item) throws(Problem) -> UnsafeBufferPointer<UInt16> {
    try communeStarts.group(item.position, of: communes).raw
  }
}
