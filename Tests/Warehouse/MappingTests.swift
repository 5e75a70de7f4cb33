import DuckStore
import TestSupport
import Testing

@testable import Secrecy
@testable import Warehouse

@Suite("Figures and the classifications of their activities")
struct MappingTests {
  /// Of three establishments that employed in 2020, one is coded in NAF rev. 1 and one in NAP.
  @Test func `how well the activities are mapped is told as a share of each figure`() throws {
    let (a, b, c) = (SmallSirene.siren(1), SmallSirene.siren(2), SmallSirene.siren(3))
    let (a1, b1, c1) = (SmallSirene.siret(a, 1), SmallSirene.siret(b, 1), SmallSirene.siret(c, 1))
    let small = try SmallObservatory(
      units: [.init(a, name: "A"), .init(b, name: "B"), .init(c, name: "C")],
      establishments: [
        .init(a1, band: "11"), .init(b1, state: "F", activity: "74.1G", scheme: "NAFRev1"),
        .init(c1, state: "F", activity: "77.08", scheme: "NAP"),
      ],
      workforce: "establishment,year,jobs\n\(a1),2020,50\n\(b1),2020,30\n\(c1),2020,20\n")
    _ = try small.build()
    let jobs = try #require(small.table("T02", of: "FR-REG-32", 2020).rows.last?.cells["jobs"])
    #expect(jobs.value == 100)
    #expect(jobs.mapping == Cell.Mapping(approximate: 0.3, none: 0.2))
    let divisions = try Release(small.observatory).store.rows("SELECT DISTINCT a88, mapping FROM cube ORDER BY ALL").map
    { "\($0[0].text) \($0[1].text)" }
    #expect(Set(divisions) == ["88 exact", "69 approximate", "ZZ none"])
  }
}
