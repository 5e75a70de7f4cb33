import Diagnostics
import Geometry
import LiteStore
import TestSupport
import Testing

@Suite("SQLite")
struct LiteStoreTests {
  private func database(_ name: String = "a b?.gpkg") throws -> (LiteDatabase, TemporaryFolder) {
    let folder = try TemporaryFolder()
    try SmallLayer.squares(["11001", "11002"]).writeGeoPackage(folder[name], epsg: 4326)
    return (try LiteDatabase(folder[name]), folder)
  }

  @Test func `values come back as they are kept, whatever letters the path has`() throws {
    let (database, folder) = try database()
    try withExtendedLifetime(folder) {
      let rows = try database.rows("SELECT 1, 2.5, 'é', NULL, x'0aff', ?1", [.text("it's")])
      #expect(rows == [[.integer(1), .number(2.5), .text("é"), .null, .blob([10, 255]), .text("it's")]])
      #expect(rows[0].map(\.text) == ["1", "2.5", "é", "", "", "it's"])
      var codes: [String] = []
      try database.query("SELECT NIS5 FROM \(liteName("les communes")) WHERE fid >= ?1", [.integer(2)]) {
        codes.append($0.value(0).text)
      }
      #expect(codes == ["11002"])
    }
  }

  @Test func `a statement is asked again with other values`() throws {
    let (database, folder) = try database()
    try withExtendedLifetime(folder) {
      let statement = try database.statement("SELECT NIS5 AS code FROM \"les communes\" WHERE fid = ?1")
      #expect(statement.columns == ["code"])
      for (fid, code) in [(1, "11001"), (2, "11002")] {
        try statement.bind([.integer(fid)])
        #expect(try statement.step())
        #expect(statement.value(0) == .text(code))
        #expect(try !statement.step())
      }
    }
  }

  @Test func `a file that another program has open is refused, with its changes beside it`() throws {
    let (_, folder) = try database("a.gpkg")
    try folder.write("a.gpkg-wal", "")
    _ = try LiteDatabase(folder["a.gpkg"])
    try folder.write("a.gpkg-wal", "changes")
    expectProblem("sqlite.in_use") { _ = try LiteDatabase(folder["a.gpkg"]) }
  }

  @Test func `what is no database, and what is no question, is told`() throws {
    let folder = try TemporaryFolder()
    let text = try folder.write("text.gpkg", "SQLite format 3\u{0}" + String(repeating: "x", count: 5000))
    let code = try problem { _ = try LiteDatabase(text) }?.code
    #expect(code == "sqlite.not_database" || code == "sqlite.damaged")
    expectProblem("file.missing") { _ = try LiteDatabase(folder["none.gpkg"]) }
    let (database, other) = try database()
    try withExtendedLifetime(other) {
      let told = try problem { _ = try database.rows("SELECT a FROM nowhere") }
      #expect(told?.code == "sqlite.failed")
      #expect(told?.facts["system"]?.contains("nowhere") == true, "\(told?.facts ?? [:])")
      // Somebody else's file is not written to.
      #expect(try problem { _ = try database.rows("CREATE TABLE t (a)") }?.code == "sqlite.failed")
    }
  }
}
