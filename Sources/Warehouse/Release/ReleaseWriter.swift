import Directory
import DuckStore
import Filesystem
import Registers
import Secrecy

/// Writes the tables of a release as Parquet, each in a fixed order, and takes their fingerprints.
struct ReleaseWriter {
  let store: Store
  let folder: String

  /// What a table holds, in the order (the cells of the cube are sorted already) that makes the bytes the same each
  /// time.
  private func query(_ table: String) -> String {
    switch table {
    case "cube":
      "SELECT * FROM cube"
    case "units":
      """
      SELECT country_code(country) AS country, id, form, activity_scheme, activity, band, active, created, restricted,
        name, association, declared, lists, profile FROM unit_judged ORDER BY country, id
      """
    case "establishments":
      """
      SELECT country_code(e.country) AS country, e.id, e.unit, f.code AS form, c.code AS territory, v.code AS a88,
        e.activity_scheme, e.activity, b.code AS band, b.class AS size, e.active, e.employer, e.head, e.created, e.restricted,
        e.name, e.candidate, e.unit_profile, e.own_profile, e.sector
      FROM establishment_judged e LEFT JOIN commune c ON c.index = e.commune LEFT JOIN division v ON v.index = e.division
        LEFT JOIN band b ON b.index = e.band LEFT JOIN form f ON f.index = e.form
      ORDER BY country, e.id
      """
    case "profiles":
      "SELECT * FROM profile ORDER BY profile"
    case "decisions":
      "SELECT * FROM decision ORDER BY perimeter, profile"
    case "states":
      // Units that no perimeter may let in have no profile: they are there to say that they live on.
      """
      SELECT * FROM (
        SELECT s.vintage, country_code(s.country) AS country, s.id, s.form, s.activity_scheme, s.activity, s.created,
          c.code AS territory, s.employer, p.profile
        FROM state s JOIN profile p ON p.country = country_code(s.country) AND p.form = s.form
            AND p.activity_scheme = s.activity_scheme AND p.activity = s.activity AND p.lists = s.lists
          LEFT JOIN commune c ON c.index = s.commune
        UNION ALL
        SELECT vintage, country_code(country), id, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM elsewhere)
      ORDER BY country, vintage, id
      """
    case "associations":
      """
      SELECT a.number, a.layout, a.title, c.code AS territory, a.created, a.purpose,
        CASE WHEN a.status IN ('sure', 'accepted') THEN a.unit END AS unit, a.method, a.confidence, a.status
      FROM association a LEFT JOIN commune c ON c.index = a.commune AND a.commune >= 0 ORDER BY a.number, a.layout
      """
    case "accounts":
      """
      SELECT d.enterprise, d.ended // 10000 AS year, d.started, d.ended, d.model, r.code AS rubric, v.value / 100.0 AS value,
        d.reference AS deposit
      FROM deposit d JOIN account_value v ON v.deposit = d.index JOIN rubric r ON r.index = v.rubric
      ORDER BY d.enterprise, d.ended, v.rubric
      """
    case "matches":
      """
      SELECT source, record, name, place, country_code(country) AS country, unit, method, confidence, status, since, until
      FROM match ORDER BY source, record
      """
    default:  // employers
      """
      SELECT country_code(f.country) AS country, f.id, f.unit, c.code AS territory, year,
        CASE WHEN exact THEN 'exact' ELSE 'estimated' END AS basis, s.code AS size, jobs, low, high, unbounded,
        fte / 10.0 AS fte, \(Workforce.measures.dropFirst(2).joined(separator: ", ")),
        f.unit_profile, f.own_profile, f.sector, f.candidate
      FROM fact f JOIN commune c ON c.index = f.commune JOIN size_class s ON s.index = f.size
      ORDER BY f.country, f.id, year, exact
      """
    }
  }

  func write(_ tables: [String]) throws {
    try store.run("SET preserve_insertion_order = true")
    for table in tables {
      // Two threads would share the dictionary of an enumeration, and write it in the order in which they came.
      if table == "cube" { try store.run("SET threads = 1") }
      defer { if table == "cube" { try? store.run("RESET threads") } }
      try store.run(
        "COPY (\(query(table))) TO \(sqlText("\(folder)/\(table).parquet")) (FORMAT parquet, COMPRESSION zstd)")
    }
  }
}

/// Gathers the tables of a release from the pieces, and takes their fingerprints.
struct ReleaseFiles {
  private let folder: String

  init(_ folder: String) { self.folder = folder }

  func gather(_ figures: PieceStore.Piece, _ aggregates: PieceStore.Piece) throws -> [Manifest.OutputFile] {
    for name in FigurePiece.tables.map({ "\($0).parquet" }) + [OrganisationDirectory.fileName] + FactTables.files {
      try Folder.share("\(folder)/\(name)", with: figures.path(name))
    }
    for name in ["aggregates.parquet", PublishedIndex.fileName] {
      try Folder.share("\(folder)/\(name)", with: aggregates.path(name))
    }
    let store = try Store()
    return try ReleaseFolder.tables.map { table in
      let path = "\(folder)/\(table).parquet"
      let rows = try store.rows("SELECT count(*) FROM read_parquet(\(sqlText(path)))").first?.first?.integer ?? 0
      return Manifest.OutputFile(
        file: "\(table).parquet", rows: rows, bytes: try ReadableFile(path).size, sha256: try Fingerprint.of(file: path)
      )
    } + ReleaseFolder.indexes.map(index)
  }

  private func index(_ name: String) throws -> Manifest.OutputFile {
    let path = "\(folder)/\(name)"
    let rows = try name == PublishedIndex.fileName ? PublishedIndex(path).count : Facts(path).count
    return Manifest.OutputFile(
      file: name, rows: rows, bytes: try ReadableFile(path).size, sha256: try Fingerprint.of(file: path))
  }
}
