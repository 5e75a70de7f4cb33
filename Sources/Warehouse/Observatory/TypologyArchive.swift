internal import Diagnostics
package import Filesystem
package import Nomenclature
internal import Registers
package import Territory
internal import Wording

/// The typologies of communes that an observatory has imported. They belong to it, not to a release: what a table says
/// of a class may be asked again with another.
package struct TypologyArchive {
  /// A file, with what its receipt says of it.
  private struct Entry {
    let item: SourceArchive.Item
    let name: String
    let countries: Set<Country>
    /// What follows name and countries in the vintage: vintages are compared as dates.
    let date: String

    init?(_ item: SourceArchive.Item) {
      guard let said = item.receipt.reading, let name = said["name"] else { return nil }
      (self.item, self.name) = (item, name)
      countries = Set((said["countries"] ?? "").split(separator: " ").compactMap { Country(rawValue: String($0)) })
      date = String(item.receipt.vintage.dropFirst(TypologyName.kind(name, countries).count + 1))
    }
  }

  private let entries: [Entry]
  private let book: TerritoryBook
  private let share: String

  package init(_ installation: Installation, _ observatory: Observatory, _ book: TerritoryBook) throws {
    (self.book, share) = (book, installation.share)
    // The newest first; of one day in the order of names.
    entries = try SourceArchive(observatory, tolerant: true).all(.typology).compactMap(Entry.init)
      .sorted { ($1.date, $0.item.receipt.vintage) < ($0.date, $1.item.receipt.vintage) }
  }

  /// The names of all, the newest first.
  package var names: [String] {
    var seen: Set<String> = []
    return entries.map(\.name).filter { seen.insert($0).inserted }
  }

  /// The typology of a name, or the one that speaks of the most of these countries, the newest of several; nil where
  /// none speaks of any. A file a country is usual: of each the newest of its name counts.
  package func typology(of countries: Set<Country>, named: String? = nil) throws -> Typology? {
    let own = entries.filter { named ?? $0.name == $0.name }
    var best: (files: [Entry], told: Int) = ([], 0)
    for name in names {
      var told: Set<Country> = []
      var files: [Entry] = []
      for entry in own where entry.name == name {
        let new = entry.countries.intersection(countries).subtracting(told)
        if new.isEmpty { continue }
        told.formUnion(new)
        files.append(entry)
      }
      if told.count > best.told { best = (files, told.count) }
    }
    guard let first = best.files.first else { return nil }
    return try best.files.dropFirst().reduce(read(first)) { whole, entry in try whole.joined(with: read(entry)) }
  }

  private func read(_ entry: Entry) throws -> Typology {
    try entry.item.verify()
    let file = try TypologyFile(
      entry.item.open(), column: entry.item.receipt.reading?["column"], book, TypologyLabels(share: share))
    let title = entry.date == Importer.undated ? entry.name : "\(entry.name) (\(entry.date))"
    return Typology(
      id: entry.name, title: Label(fr: title, nl: title, en: title), classes: file.classes,
      classOfCommune: file.classOfCommune)
  }
}
