import DuckStore
import Nomenclature
import TestSupport
import Testing

@testable import Warehouse

/// A sheet names the files that speak of its organisation, and no other.
@Suite("Sources of one organisation")
struct OrganisationSourceTests {
  private func told(
    _ release: Release, _ country: Country, _ number: String, isRestricted: Bool = false
  ) throws -> [String] {
    let digits = UInt64(number.filter(\.isNumber)) ?? 0
    return try release.sources(of: country, digits, isRestricted: isRestricted, lists: []).map { source in
      let records = source.records.map { " \($0.number) \($0.method) \($0.confidence)" }
      return "\(source.receipt.source) \(source.receipt.vintage)" + records.joined()
        + source.years.map { " \($0)" }.joined()
    }
  }

  @Test func `the stocks that have it, the register of associations and the lists that it was matched with`() throws {
    let old = SmallSirene.Unit(SmallSirene.siren(1), name: "AMICALE LAIQUE PASTEUR")
    let new = SmallSirene.Unit(SmallSirene.siren(2), name: "LES JARDINS PARTAGES")
    let units = [old, new]
    let places = units.map { SmallSirene.Place(SmallSirene.siret($0.siren, 1)) }
    let small = try SmallObservatory(units: units, establishments: places, workforce: nil)
    func before(_ text: String) -> String { text.replacing("2024-01-15", with: "2023-01-15") }
    try small.importing(.sireneUnits, "before-units.csv", before(SmallSirene.units([old])))
    try small.importing(
      .sireneEstablishments, "before-establishments.csv", before(SmallSirene.establishments([places[0]])))
    try small.importing(
      .rna, "w.csv", SmallRNA.waldec([.init("W591000001", "AMICALE", siret: SmallSirene.siret(old.siren, 1))]))
    for (list, row) in [("a", ";Les jardins partagés;59000;Lille"), ("b", "\(old.siren);Amicale;59000;Lille")] {
      var request = Importer.Request(
        .list, path: try small.folder.write("\(list).csv", "siren;nom;cp;ville\n\(row)\n"))
      request.listName = list
      _ = try small.observatory.importer.run(request)
    }
    _ = try small.build()
    let release = try Release(small.observatory)
    let siret = try #require(
      try release.store.rows("SELECT confidence FROM associations").first?.first?.number)
    let stocks = ["sirene-establishments", "sirene-units"]
    #expect(
      try told(release, .fr, old.siren)
        == ["list b  siren 1.0", "rna waldec-2026-09 W591000001 siret \(siret)"]
        + stocks.flatMap { ["\($0) 2023-01", "\($0) 2024-01"] })
    #expect(
      try told(release, .fr, new.siren) == ["list a  name_commune 1.0"] + stocks.map { "\($0) 2024-01" })
    #expect(try !told(release, .fr, old.siren, isRestricted: true).contains { $0.hasPrefix("rna") })
  }

  @Test func `the annual accounts, with their years`() throws {
    let folder = try TemporaryFolder()
    let (a, b) = (SmallKBO.number(4_000_001), SmallKBO.number(4_000_002))
    let small = try SmallObservatory(folder, enterprises: [.init(a, name: "LA BRUG"), .init(b, name: "DE BRUG")])
    try small.importing(.nbb, "nbb.csv", SmallAccounts.table([.init("r1", a, year: 2022), .init("r2", a)]))
    _ = try small.build()
    let release = try Release(small.observatory)
    let (first, second) = (try told(release, .be, a), try told(release, .be, b))
    #expect(first.count == 2 && first[0].hasPrefix("kbo ") && first[1] == "nbb 2024-07-01 2022 2023", "\(first)")
    #expect(second == [first[0]])
  }
}
