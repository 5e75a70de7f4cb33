import Diagnostics
import Territory

/// What one table says of a territory and year.
struct PublishedEdition {
  /// A territory of the index, and what the table says of it.
  struct Piece {
    let territory: Int
    let group: Int
  }

  let table: Int
  let year: Int
  var measures: PublishedIndex.Measures = 0
  /// Where the table speaks of the territory itself; otherwise its pieces are added up.
  var own: Int?
  var communes: [Piece] = []
  var larger: [Piece] = []
  var divided: [Piece] = []

  init(table: Int, year: Int) { (self.table, self.year) = (table, year) }
}

/// What lies in a territory of those that publishers' tables speak of: looked for only where one speaks of the territory
/// by its pieces.
struct PublishedArea {
  private let places: PublishedPlaces
  private let parts: AreaParts
  /// Communes, those of before among them (tables keep the codes of their year), with those of today that have them.
  private var communes: [Int: Int] = [:]
  /// Of a commune that was divided, no part has a figure: with the communes that have one here, where others are not.
  private var divided: [Int: [Int]] = [:]
  private var larger: [Int: String] = [:]

  init(_ territory: Territory, _ places: PublishedPlaces) throws(Problem) {
    self.places = places
    parts = AreaParts(territory, places)
    let own = Set(places.communes(of: territory.code))
    for today in own {
      for piece in places.ofCommune[today] ?? [] { communes[piece] = today }
    }
    for (piece, shares) in places.divided where communes[piece] == nil {
      let here = shares.filter(own.contains)
      if here.isEmpty { continue }
      // It counts where all its parts do.
      if here.count == shares.count { communes[piece] = here[0] } else { divided[piece] = here }
    }
    for code in parts.codes {
      if let position = try places.index.position(of: code) { larger[position] = code }
    }
  }

  /// By year, what a table says of the pieces; some larger ones alone, without a word of the rest, are no figure.
  func editions(of table: Int, _ years: Set<Int>) -> [PublishedEdition] {
    let index = places.index
    var found: [Int: PublishedEdition] = [:]
    func look(
      _ territories: some Sequence<Int>, _ add: (inout PublishedEdition, PublishedEdition.Piece) -> Void
    ) {
      for territory in territories {
        for group in index.groups(of: territory, in: table) {
          let year = index.year(of: group)
          guard years.contains(year) else { continue }
          add(&found[year, default: .init(table: table, year: year)], .init(territory: territory, group: group))
        }
      }
    }
    look(communes.keys) { edition, piece in
      edition.communes.append(piece)
      edition.measures |= index.measures(of: piece.group)
    }
    look(larger.keys) { edition, piece in
      edition.larger.append(piece)
      edition.measures |= index.measures(of: piece.group)
    }
    look(divided.keys) { edition, piece in edition.divided.append(piece) }
    return found.values.filter { edition in
      !edition.communes.isEmpty || parts.areWhole(codes(edition.larger), in: edition.year)
    }
  }

  private func codes(_ pieces: [PublishedEdition.Piece]) -> Set<String> {
    Set(pieces.compactMap { larger[$0.territory] })
  }

  /// The groups to read of an edition.
  struct Groups {
    /// All that speak of something here.
    var told: [Int] = []
    /// Those whose figures are added up.
    var counted: [Int] = []
    /// How many communes lie here with a part only, and are left out.
    var divided = 0
  }

  func groups(of edition: PublishedEdition) -> Groups {
    func isTold(_ piece: PublishedEdition.Piece) -> Bool {
      places.index.measures(of: piece.group) & edition.measures != 0
    }
    // A total of a larger part stands for all its communes, of which publishers hide more.
    let cover = parts.largest(of: codes(edition.larger), in: edition.year)
    let covers = Set(cover.map(\.code))
    let covered = Set(cover.flatMap(\.communes))
    let larger = edition.larger.filter { piece in
      isTold(piece) && self.larger[piece.territory].map(covers.contains) == true
    }
    let communes = edition.communes.filter(isTold)
    let divided = edition.divided.filter(isTold)
    // Where a city is there as a whole, its arrondissements are not added to it. Communes of before are: a table that has
    // one beside the commune that took it in is of their time.
    let whole = Set(communes.map(\.territory).filter(places.ofToday.contains).compactMap { self.communes[$0] })
    let counted = communes.filter { piece in
      guard let today = self.communes[piece.territory], !covered.contains(today) else { return false }
      return places.ofToday.contains(piece.territory) || !places.cities.contains(today) || !whole.contains(today)
    }
    return Groups(
      told: (larger + communes + divided).map(\.group), counted: (larger + counted).map(\.group),
      divided: divided.count { piece in self.divided[piece.territory]?.contains { !covered.contains($0) } == true })
  }
}
