import DuckStore
import Nomenclature
import Perimeter
import Registers
import TestSupport
import Testing

@testable import Warehouse

/// The cells of a release are the same whether they are summed up all at once or in parts.
@Suite("The cells of a cube")
struct CubeTests {
  private static let measures = Workforce.measures.dropFirst().map { "\($0) BIGINT" }.joined(separator: ", ")

  /// Facts of three thousand establishments of some units, in forty communes and in none.
  private func store(_ cube: CubeSQL, seed: UInt64) throws -> Store {
    let store = try Store()
    try store.run(
      """
      CREATE TABLE fact(country UTINYINT, id BIGINT, unit BIGINT, commune INTEGER, division UTINYINT, mapping UTINYINT,
        unit_profile INTEGER, own_profile INTEGER, sector VARCHAR, candidate BOOLEAN, year INTEGER, exact BOOLEAN,
        size UTINYINT, jobs BIGINT, low BIGINT, high BIGINT, unbounded UTINYINT, \(Self.measures));
      CREATE TABLE decision(perimeter VARCHAR, judged_at VARCHAR, profile INTEGER, rule INTEGER, family VARCHAR, subfamily VARCHAR);
      CREATE TABLE kind(index INTEGER, family VARCHAR, subfamily VARCHAR);
      INSERT INTO kind VALUES (1, 'F0', ''), (2, 'FP', ''), (3, 'association', '');
      """)
    for perimeter in cube.perimeters {
      try store.run(
        "INSERT INTO decision VALUES ('\(perimeter.id)', 'unit', 1, 0, 'association', NULL), ('\(perimeter.id)', 'unit', 2, NULL, NULL, NULL)"
      )
    }
    try store.run(cube.cellTable)
    var chance = SplitMix64(seed: seed)
    func draw(_ range: Range<Int>) -> Int { Int.random(in: range, using: &chance) }
    for id in 0..<3000 {
      let jobs = draw(0..<50)
      let others = Workforce.measures.dropFirst().map { _ in draw(0..<3) == 0 ? "NULL" : String(draw(0..<1000)) }
      try store.run(
        """
        INSERT INTO fact VALUES (\(draw(0..<2)), \(id), \(draw(0..<900)), \(draw(-2..<40)), \(draw(0..<3)), 0, \(draw(1..<3)),
          \(draw(1..<3)), \(draw(0..<2) == 0 ? "'F0'" : "'FP'"), \(draw(0..<2) == 0), \(2020 + draw(0..<3)), \(draw(0..<2) == 0),
          \(draw(0..<4)), \(jobs), \(jobs), \(jobs + draw(0..<9)), 0, \(others.joined(separator: ", ")))
        """)
    }
    return store
  }

  private func cells(_ cube: CubeSQL, candidates: Int, others: Int) throws -> [[Value]] {
    let store = try store(cube, seed: 11)
    for sql in cube.cells(candidates: candidates, others: others) { try store.run(sql) }
    return try store.rows("SELECT * FROM cell ORDER BY ALL")
  }

  @Test func `in one part or in seven`() throws {
    let cube = CubeSQL(
      perimeters: Array(try Checkout.perimeters.prefix(2)), sizes: try Checkout.nomenclatures.sizes, stockYears: [:])
    let whole = try cells(cube, candidates: 1, others: 1)
    #expect(whole.count > 1000)
    let parts = try cells(cube, candidates: 2_000_000, others: 4_000_000)
    #expect(parts == whole)
  }
}
