import Diagnostics
import Directory
import DuckStore
import Filesystem
import NameIndex
import Nomenclature
import Perimeter
import Registers

/// Writes the directory of a release: every legal unit that some perimeter has, with the places where it is.
///
/// A unit is in a perimeter judged by establishments if it is by its own activity, or one of them by its own.
struct DirectoryTable {
  let store: Store
  let books: RuleBooks
  let forms: WordForms
  /// The perimeter under which families are told.
  let perimeter: String
  /// The names of the lists that were imported.
  let lists: [String]
  let isSimulated: Bool

  func write(to folder: String) throws -> Manifest.OutputFile {
    let path = "\(folder)/\(OrganisationDirectory.fileName)"
    let own = Set(lists).subtracting(books.nomenclatures.lists.lists.map(\.name)).sorted()
    guard books.nomenclatures.lists.lists.count + own.count <= DirectoryWriter.mostLists else {
      throw Problem(
        "build.too_many_lists",
        [
          "most": String(DirectoryWriter.mostLists - books.nomenclatures.lists.lists.count),
          "lists": own.joined(separator: ", "),
        ])
    }
    try store.run(entries)
    var writer = DirectoryWriter(
      books.nomenclatures, books.territories, books.perimeters, inForce: perimeter, lists: own, forms,
      isSimulated: isSimulated)
    try addOrganisations(to: &writer)
    try addPlaces(to: &writer)
    try store.run("DROP TABLE directory_entry; DROP TABLE directory_place")
    let count = writer.count
    try writer.write(to: path)
    return Manifest.OutputFile(
      file: OrganisationDirectory.fileName, rows: count, bytes: try ReadableFile(path).size,
      sha256: try Fingerprint.of(file: path))
  }

  /// A bit for each perimeter that has a profile, among those judged at some level.
  private func mask(_ level: Perimeter.Level?) -> String {
    let cases = books.perimeters.enumerated().filter { level == nil || $0.element.level == level }.map {
      "WHEN '\($0.element.id)' THEN \(1 << $0.offset)"
    }
    guard !cases.isEmpty else { return "SELECT 0::INTEGER AS profile, 0::BIGINT AS mask WHERE false" }
    return """
      SELECT profile, bit_or((CASE perimeter \(cases.joined(separator: " ")) ELSE 0 END)::BIGINT) AS mask
      FROM decision WHERE family IS NOT NULL GROUP BY profile
      """
  }

  /// Active and large organisations first, then by name; those without a name at the end of their size.
  private var entries: String {
    """
    CREATE TABLE directory_place AS
      SELECT e.country, e.unit, count(*) FILTER (e.active) AS establishments, bool_or(e.employer) AS employer,
        arg_min(e.commune, (CASE WHEN e.active AND e.head THEN 0 WHEN e.active THEN 1 WHEN e.head THEN 2 ELSE 3 END)
          * 1000000000000000 + e.id) FILTER (NOT e.restricted) AS commune,
        coalesce(bit_or(m.mask), 0) AS mask, min(k.family || '|' || coalesce(k.subfamily, '')) AS kind
      FROM establishment_judged e LEFT JOIN (\(mask(.establishment))) m ON m.profile = e.own_profile
        LEFT JOIN (SELECT d.* FROM decision d WHERE perimeter = '\(perimeter)' AND judged_at = 'establishment') k
          ON k.profile = e.own_profile
      WHERE e.candidate GROUP BY ALL;
    CREATE TABLE directory_entry AS
      SELECT (row_number() OVER (ORDER BY u.active DESC, coalesce(b.low, -1) DESC, u.name = '', u.name, u.country, u.id)
          - 1)::INTEGER AS position,
        u.country, u.id, u.restricted, u.name, coalesce(nullif(u.association, ''), r.number, '') AS association, u.form,
        coalesce(d.family, split_part(p.kind, '|', 1), '') AS family,
        CASE WHEN d.family IS NOT NULL THEN coalesce(d.subfamily, '') ELSE coalesce(split_part(p.kind, '|', 2), '') END
          AS subfamily,
        (coalesce(m.mask, 0) | coalesce(p.mask, 0))::BIGINT AS mask, u.lists, u.activity_scheme, u.activity, u.band,
        u.active, coalesce(p.employer, false) AS employer, coalesce(p.commune, s.commune, -1) AS commune, u.created,
        coalesce(p.establishments, 0)::BIGINT AS establishments
      FROM unit_judged u LEFT JOIN band b ON b.code = u.band
        LEFT JOIN (\(mask(nil))) m ON m.profile = u.profile
        LEFT JOIN directory_place p ON p.country = u.country AND p.unit = u.id
        LEFT JOIN lone_seat s ON s.country = u.country AND s.unit = u.id
        LEFT JOIN (\(Self.joined)) r ON u.country = 0 AND r.unit = u.id
        LEFT JOIN decision d ON d.perimeter = '\(perimeter)' AND d.profile = u.profile
      WHERE coalesce(m.mask, 0) | coalesce(p.mask, 0) <> 0;
    """
  }

  /// The W number of the association that a unit is joined with, where SIRENE gives it none.
  private static let joined = """
    SELECT unit, min(number) AS number FROM association
    WHERE status IN ('sure', 'accepted') AND number LIKE 'W%' GROUP BY unit
    """

  private func addOrganisations(to writer: inout DirectoryWriter) throws {
    // Millions of rows have few activities.
    var activities: [String: Activity?] = [:]
    try store.query("SELECT * EXCLUDE (position) FROM directory_entry ORDER BY position") { chunk in
      for row in 0..<chunk.count {
        let values = (0..<chunk.columns).map { chunk.value(row, $0) }
        var entry = Self.entry(values)
        let key = values[10].text + " " + values[11].text
        let activity =
          activities[key] ?? ActivityScheme(rawValue: values[10].text).map { Activity($0, values[11].text) }
        activities[key] = activity
        entry.activity = activity
        writer.add(entry)
      }
    }
  }

  private static func entry(_ values: [Value]) -> DirectoryEntry {
    func text(_ column: Int) -> String { values[column].text }
    func number(_ column: Int) -> Int { values[column].integer ?? 0 }
    func flag(_ column: Int) -> Bool { values[column] == .boolean(true) }
    var entry = DirectoryEntry(number(0) == 0 ? .fr : .be, UInt64(number(1)))
    entry.isRestricted = flag(2)
    entry.name = text(3)
    entry.association = text(4)
    entry.form = text(5)
    entry.family = text(6)
    entry.subfamily = text(7)
    entry.perimeters = UInt32(number(8))
    entry.lists = text(9).split(separator: "|").map(String.init)
    entry.band = text(12)
    entry.isActive = flag(13)
    entry.isEmployer = flag(14)
    entry.commune = number(15) < 0 ? nil : number(15)
    entry.year = number(16) == 0 ? nil : number(16) / 10_000
    entry.establishments = number(17)
    return entry
  }

  /// Where each is: where it is active, or has its seat; where it was, once it has ceased. A place of restricted
  /// diffusion is none.
  private func addPlaces(to writer: inout DirectoryWriter) throws {
    let places = """
      FROM establishment e JOIN directory_entry d ON d.country = e.country AND d.id = e.unit
      WHERE (e.active OR NOT d.active)
      """
    let communes = """
      SELECT e.commune, d.position \(places) AND e.commune >= 0 AND NOT e.restricted
      UNION
      SELECT s.commune, d.position FROM lone_seat s JOIN directory_entry d ON d.country = s.country AND d.id = s.unit
      ORDER BY ALL
      """
    try store.query(communes) { chunk in
      for row in 0..<chunk.count {
        guard let commune = chunk.value(row, 0).integer, let position = chunk.value(row, 1).integer else { continue }
        writer.add(organisation: position, in: commune)
      }
    }
    try store.query("SELECT DISTINCT e.id, d.position \(places) AND e.country = 1 ORDER BY ALL") { chunk in
      for row in 0..<chunk.count {
        guard let number = chunk.value(row, 0).integer, let position = chunk.value(row, 1).integer else { continue }
        writer.add(belgianPlace: UInt64(number), of: position)
      }
    }
  }
}
