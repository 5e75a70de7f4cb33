import Diagnostics
import Exchange
import Territory
import Warehouse
import Wording

extension TerritoryListing {
  private static let columns = [
    "code", "level", "level_name", "name", "name_nl", "name_de", "name_en", "former", "within", "divided",
  ]

  /// All of them as rows, with what the document for machines says; the codes of what holds each stand in one column.
  func list(_ found: [Territory], _ divided: [DividedCommune], named name: String?) throws -> ListDocument {
    let around = book.surroundings(of: found)
    var rows = divided.map { commune in
      let parts = commune.shares.map { "\($0.code) \($0.weight)" }
      return row(
        commune.code, .commune, commune.names.first ?? commune.code, former: Array(commune.names.dropFirst()),
        divided: parts)
    }
    for territory in found {
      rows.append(
        row(
          territory.code, territory.level, territory.name, dutch: territory.dutchName, german: territory.germanName,
          english: territory.englishName, former: former(territory),
          within: (around[territory.code] ?? []).map(\.code)))
    }
    let all = rows
    let asked = name.map { " – \($0)" } ?? ""
    let title = try words.label("list.territories")
    return ListDocument(
      id: "territories", title: Label(fr: title.fr + asked, nl: title.nl + asked, en: title.en + asked),
      columns: try Self.columns.map { try ListDocument.Column($0, words) }, key: ["code"],
      source: try words.label("list.territories.source"), program: Builder.programVersion, count: all.count
    ) { all[$0] }
  }

  private func row(
    _ code: String, _ level: Territory.Level, _ name: String, dutch: String? = nil, german: String? = nil,
    english: String? = nil, former: [String] = [], within: [String] = [], divided: [String] = []
  ) -> [String] {
    [
      code, level.rawValue, words("level.\(level.rawValue)"), name, dutch ?? "", german ?? "", english ?? "",
      former.joined(separator: "|"), within.joined(separator: "|"), divided.joined(separator: "|"),
    ]
  }
}
