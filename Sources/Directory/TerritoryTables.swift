import Filesystem
import NameIndex
import Territory

/// The territories as a directory carries them: by code, by name, and what holds each commune.
struct TerritoryTables {
  private var texts = TextsBuilder()
  private var communeTerritories: [UInt32] = []
  private var ancestorStarts: [UInt32] = [0]
  private var ancestors: [UInt32] = []
  /// The communes of each territory.
  private var communeStarts: [UInt32] = [0]
  private var communes: [UInt16] = []
  private var names = TextsBuilder()
  private var nameTerritories: [UInt32] = []

  init(_ book: TerritoryBook, _ forms: WordForms) {
    let all = book.territories.values.sorted { $0.code.utf8.lexicographicallyPrecedes($1.code.utf8) }
    let positions = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.code, UInt32($0)) })
    var named: [(name: String, territory: UInt32)] = []
    for (position, territory) in all.enumerated() {
      let (dutch, english) = (territory.dutchName ?? territory.name, territory.englishName ?? territory.name)
      for text in [territory.code, territory.level.rawValue, territory.name, dutch, english] { texts.add(text) }
      let all = [territory.name, territory.dutchName, territory.germanName, territory.englishName].compactMap { $0 }
      for name in Set(all.map { Self.folded($0, forms) }) where !name.isEmpty {
        named.append((name, UInt32(position)))
      }
    }
    var held = [[UInt16]](repeating: [], count: all.count)
    for (number, commune) in book.communes.enumerated() {
      let holders = commune.ancestors.compactMap { positions[$0] }
      communeTerritories.append(positions[commune.code] ?? 0)
      ancestors += holders
      ancestorStarts.append(UInt32(ancestors.count))
      for territory in [communeTerritories[number]] + holders { held[Int(territory)].append(UInt16(number)) }
    }
    for members in held {
      communes += members
      communeStarts.append(UInt32(communes.count))
    }
    named.sort {
      $0.name == $1.name ? $0.territory < $1.territory : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    for (name, territory) in named {
      names.add(name)
      nameTerritories.append(territory)
    }
  }

  /// `St-Denis` and `Saint Denis` are one name.
  static func folded(_ name: String, _ forms: WordForms) -> String {
    let folding = Folding(name)
    return folding.words.map { String(decoding: forms.meaning(of: folding.bytes[$0]), as: UTF8.self) }
      .joined(separator: " ")
  }

  func write(to file: inout PackedFileWriter) {
    typealias Part = DirectoryFormat.Part
    file.add(Part.territories.rawValue, texts)
    file.add(Part.communeTerritories.rawValue, communeTerritories)
    file.add(Part.ancestorStarts.rawValue, ancestorStarts)
    file.add(Part.ancestors.rawValue, ancestors)
    file.add(Part.territoryCommuneStarts.rawValue, communeStarts)
    file.add(Part.territoryCommunes.rawValue, communes)
    file.add(Part.placeNames.rawValue, names)
    file.add(Part.placeNameTerritories.rawValue, nameTerritories)
  }
}
