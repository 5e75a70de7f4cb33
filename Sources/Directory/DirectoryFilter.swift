import Diagnostics
import Filesystem
import Wording

/// What organisations must be, made ready to be asked of a million.
struct DirectoryFilter {
  private let columns: OrganisationDirectory.Columns
  let territory: DirectoryTerritories.Item?
  /// A bit for each organisation that has an establishment in the territory, and did not ask not to be shown.
  private(set) var inTerritory: [UInt64]?
  private var family: UInt8?
  private var subfamily: UInt8?
  private var divisions: [Bool]?
  private var bands: [Bool]?
  private var perimeters: UInt32 = 0
  private var flags: UInt8 = 0

  init(_ question: DirectoryQuestion, _ directory: OrganisationDirectory) throws(Problem) {
    columns = directory.columns
    territory = try question.territory.map { (text) throws(Problem) in try Self.territory(text, directory) }
    if let territory { inTerritory = try Self.bits(territory, directory) }
    if let text = question.family {
      let found = try Self.term(text, directory.families, "find.unknown_family")
      // A sub-family has its family above it.
      if directory.families.all[found].more.isEmpty { family = UInt8(found) } else { subfamily = UInt8(found) }
    }
    if let text = question.sector { divisions = try Self.divisions(text, directory) }
    if let text = question.size { bands = try Self.bands(text, directory) }
    if let text = question.perimeter {
      perimeters = 1 << UInt32(try Self.term(text, directory.perimeters, "find.unknown_perimeter"))
    }
    if question.employersOnly { flags |= DirectoryFormat.Flag.isEmployer }
  }

  /// Does it let in whatever comes?
  var isOpen: Bool {
    inTerritory == nil && family == nil && subfamily == nil && divisions == nil && bands == nil && perimeters == 0
      && flags == 0
  }

  /// Of a position in the directory: its columns are all as long as it is.
  func passes(_ position: Int) -> Bool {
    if let inTerritory, inTerritory[position >> 6] >> UInt64(position & 63) & 1 == 0 { return false }
    if let family, columns.families.raw[position] != family { return false }
    if let subfamily, columns.subfamilies.raw[position] != subfamily { return false }
    if let divisions {
      let division = Int(columns.divisions.raw[position])
      guard division < divisions.count, divisions[division] else { return false }
    }
    if let bands {
      let band = Int(columns.bands.raw[position])
      guard band < bands.count, bands[band] else { return false }
    }
    if perimeters != 0, columns.perimeters.raw[position] & perimeters == 0 { return false }
    return flags == 0 || columns.flags.raw[position] & flags == flags
  }

  // MARK: - From texts to codes

  private static func territory(
    _ text: String, _ directory: OrganisationDirectory
  ) throws(Problem) -> DirectoryTerritories.Item {
    let meant = try directory.territories.meant(by: text)
    guard let first = meant.first else {
      throw Problem("find.unknown_territory", status: .commandLine, ["territory": text])
    }
    guard meant.count == 1 else {
      let codes = meant.prefix(8).map(\.code).joined(separator: ", ") + (meant.count > 8 ? "…" : "")
      throw Problem(
        "find.several_territories", status: .commandLine,
        ["territory": text, "count": String(meant.count), "codes": codes])
    }
    return first
  }

  private static func bits(
    _ territory: DirectoryTerritories.Item, _ directory: OrganisationDirectory
  ) throws(Problem) -> [UInt64] {
    let columns = directory.columns
    let count = directory.count
    var bits = [UInt64](repeating: 0, count: (count + 63) / 64)
    for commune in try directory.territories.communes(of: territory) {
      for position in try columns.communeStarts.group(Int(commune), of: columns.communeOrganisations).raw {
        guard Int(position) < count else { throw columns.numbers.damage }
        // Directories of before have places of those too.
        guard columns.flags.raw[Int(position)] & DirectoryFormat.Flag.isRestricted == 0 else { continue }
        bits[Int(position >> 6)] |= 1 << UInt64(position & 63)
      }
    }
    return bits
  }

  private static func divisions(_ text: String, _ directory: OrganisationDirectory) throws(Problem) -> [Bool] {
    let all = directory.divisions.all
    let known = Terms(all + directory.sectors.all)
    let found = try term(text, known, "find.unknown_sector")
    let codes = found < all.count ? [all[found].code] : known.all[found].more.split(separator: " ").map(String.init)
    return all.map { codes.contains($0.code) }
  }

  private static func bands(_ text: String, _ directory: OrganisationDirectory) throws(Problem) -> [Bool] {
    let classes = directory.classes
    let bounds = classes.all.firstIndex { !$0.more.isEmpty && $0.more == text }
    var found = bounds
    if found == nil { found = try term(text, classes, "find.unknown_size") }
    let code = found.map { classes.all[$0].code }
    return directory.bands.all.map { ($0.more.isEmpty ? "SX" : $0.more) == code }
  }

  /// By code in any case, or by name in any of the three languages.
  private static func term(_ text: String, _ terms: Terms, _ code: String) throws(Problem) -> Int {
    let typed = Terms.folded(text)
    if let found = terms.all.firstIndex(where: { !$0.code.isEmpty && $0.code.lowercased() == text.lowercased() }) {
      return found
    }
    let named = terms.all.firstIndex { term in
      term.label.byLanguage.values.contains { !$0.isEmpty && Terms.folded($0) == typed }
    }
    if let named, !typed.isEmpty { return named }
    throw Problem(
      code, status: .commandLine,
      [
        "value": text, "nearest": terms.nearest(to: text).joined(separator: ", "),
        "known": terms.all.filter { !$0.code.isEmpty && (code != "find.unknown_family" || $0.more.isEmpty) }
          .map(\.code).joined(separator: ", "),
      ])
  }
}
