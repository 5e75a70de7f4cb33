internal import Diagnostics
package import Filesystem
internal import Geometry
package import Nomenclature
package import Outlines
package import Territory

/// The outlines that an observatory has: those it imported, otherwise those of the French package, otherwise cells
/// around the central points of Belgian communes.
///
/// Finding the borders that communes share takes seconds: what is found is kept under `outlines/`, by the fingerprint
/// of what it was made of.
package struct OutlineArchive {
  private let installation: Installation
  private let observatory: Observatory?
  private let book: TerritoryBook
  private let environment: [String: String]

  package init(
    _ installation: Installation, _ observatory: Observatory?, _ book: TerritoryBook, environment: [String: String]
  ) {
    (self.installation, self.observatory) = (installation, observatory)
    (self.book, self.environment) = (book, environment)
  }

  /// The outlines of the communes of some countries. Drawn by two publishers, France ends where Belgium begins; cells of
  /// Belgium end where France does.
  package func communes(of countries: Set<Country>) throws -> [CommuneOutlines] {
    guard countries.contains(.fr), countries.contains(.be), try imported(.be) != nil else {
      return try countries.sorted { $0.rawValue < $1.rawValue }.map(communes(of:))
    }
    let belgium = try communes(of: .be)
    let made = try origin(of: .be) + origin(of: .fr)
    return [belgium, try kept("border", made) { try communes(of: .fr).ending(at: belgium) }]
  }

  /// The outlines of the communes of a country.
  package func communes(of country: Country) throws -> CommuneOutlines {
    let made = try origin(of: country)
    if let item = try imported(country) { return try kept(Self.name(country), made) { try read(item) } }
    switch country {
    case .fr:
      let path = FrenchOutlines.path(installation)
      func read() throws -> CommuneOutlines { try FrenchOutlines.read(path, book, share: installation.share) }
      // Where there is none, reading it says what is missing.
      return try Folder.fileExists(path) ? kept(Self.name(.fr), made, read) : read()
    case .be:
      return try kept(Self.name(.be), made) {
        let neighbour = try hasOutlines(of: .fr) ? try Self.borderland(communes(of: .fr), book) : nil
        return try ApproximateCells.belgium(share: installation.share, book, neighbour: neighbour)
      }
    }
  }

  /// The fingerprint of what the outlines of a country are made of; cells end where France begins, wherever that is from.
  private func origin(of country: Country) throws -> String {
    if let item = try imported(country) { return try Self.fingerprint(item) }
    switch country {
    case .fr:
      let path = FrenchOutlines.path(installation)
      guard Folder.fileExists(path) else { return "" }
      return try Fingerprint.of(file: path) + Fingerprint.of(file: "\(installation.share)/outlines/incomplete.csv")
    case .be:
      return try Fingerprint.of(file: "\(installation.share)/territories/be-communes.csv") + origin(of: .fr)
    }
  }

  private func hasOutlines(of country: Country) throws -> Bool {
    try imported(country) != nil || country == .fr && Folder.fileExists(FrenchOutlines.path(installation))
  }

  /// The newest file of a country that was imported: each is filed under its country and vintage.
  private func imported(_ country: Country) throws -> SourceArchive.Item? {
    guard let observatory else { return nil }
    return try SourceArchive(observatory, tolerant: true).all(.boundaries).filter {
      $0.receipt.vintage.hasPrefix("\(Self.name(country))-")
    }.max { $0.receipt.vintage < $1.receipt.vintage }
  }

  private func read(_ item: SourceArchive.Item) throws -> CommuneOutlines {
    try item.verify()
    guard let path = item.stored.first?.path else { throw Problem("source.gone", at: Place(file: item.folder)) }
    let reading = try BoundaryReading(
      LayerFile(path, environment: environment), BoundaryRequest.options(item.receipt.reading), book,
      Envelopes(share: installation.share))
    return try CommuneOutlines(reading.pieces, of: reading.column.country, book).withoutOverlaps()
  }

  private static func fingerprint(_ item: SourceArchive.Item) throws -> String {
    item.stored.map(\.sha256).joined() + (item.receipt.reading ?? [:]).sorted { $0.key < $1.key }.description
  }

  /// France where it touches Belgium, in one piece: cells do not lie on it.
  private static func borderland(_ france: CommuneOutlines, _ book: TerritoryBook) -> Shape {
    let near: Set = ["FR-DEP-59", "FR-DEP-02", "FR-DEP-08", "FR-DEP-55", "FR-DEP-54", "FR-DEP-57"]
    let codes = Set(book.communes.filter { !near.isDisjoint(with: $0.ancestors) }.map(\.code))
    let groups = france.codes.map { codes.contains($0) ? 0 : PlanarMap.outside }
    return france.map.dissolved(into: groups, count: 1).shapes()[0]
  }

  // MARK: - Kept for the next time

  private static func name(_ country: Country) -> String { country.rawValue.lowercased() }

  /// `stem` begins the names of the copies, of which only the last one stays.
  private func kept(
    _ stem: String, _ made: String, _ make: () throws -> CommuneOutlines
  ) throws -> CommuneOutlines {
    guard let observatory else { return try make() }
    let folder = "\(observatory.path)/outlines"
    let name = "\(stem)-\(try key(made)).map"
    // It is a copy: what goes wrong with it, for want of rights or of room, costs the next one time and nothing else.
    if let bytes = try? Folder.contents(of: "\(folder)/\(name)"), let found = try CommuneOutlines(bytes: bytes) {
      return found
    }
    let fresh = try make()
    try? keep(fresh, stem, name, in: folder)
    return fresh
  }

  /// Puts the outlines in the place of those of before. Somebody else may be writing theirs: only whole files go.
  private func keep(_ outlines: CommuneOutlines, _ stem: String, _ name: String, in folder: String) throws(Problem) {
    try Folder.make(folder)
    try Folder.write(try outlines.bytes(), to: "\(folder)/\(name)")
    for old in try Folder.names(in: folder) where old.hasPrefix("\(stem)-") && old.hasSuffix(".map") && old != name {
      try Folder.remove("\(folder)/\(old)")
    }
  }

  /// What the outlines were made of: the file, the communes of today with what became of others, and this program.
  private func key(_ made: String) throws(Problem) -> String {
    let fingerprint = try Fingerprint()
    fingerprint.add(CommuneOutlines.version + made)
    for positions in [book.french, book.belgian] {
      for (code, position) in positions.sorted(by: { $0.key < $1.key }) {
        fingerprint.add("\(code) \(book.communes[position].code)")
      }
    }
    return String(fingerprint.finish().prefix(16))
  }
}
