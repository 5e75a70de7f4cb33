import Diagnostics
import Nomenclature
import Perimeter
import TestSupport
import Testing
import Warehouse

/// One number is asked for; what is told is of that number.
@Suite("Explaining one organisation")
struct ExplainerTests {
  private static let result = Result { () throws -> SmallObservatory in
    let small = try SmallObservatory(workforce: nil)
    _ = try small.build()
    return small
  }

  private func explain(_ id: String, released: Bool = true) throws -> Explanation {
    let small = try Self.result.get()
    return try Explainer(
      small.observatory, released ? Release(small.observatory) : nil, Checkout.perimeters, Checkout.nomenclatures
    ).explain(id)
  }

  @Test(arguments: [true, false])
  func `an active unit, from the release or from the file`(released: Bool) throws {
    let found = try explain(SmallObservatory.a, released: released)
    #expect(found.name == "ALPHA")
    #expect(found.isActive)
    #expect(found.establishment == nil)
    #expect(found.decisions.filter { $0.decision.isIn }.count == 5)
  }

  @Test func `a unit that has ceased is told so`() throws {
    let found = try explain(SmallObservatory.b)
    #expect(found.name == "BETA")
    #expect(!found.isActive)
  }

  @Test func `a closed establishment is told so, with its unit`() throws {
    let found = try explain(SmallObservatory.b1)
    #expect(found.id == SmallObservatory.b)
    #expect(found.establishment?.id == SmallObservatory.b1)
    #expect(found.establishment?.isActive == false)
  }

  @Test func `a unit that no perimeter may let in is found in the file`() throws {
    let found = try explain(SmallObservatory.p1)
    #expect(found.name == "PI")
    #expect(found.establishment?.activity?.code == "6201Z")
    #expect(!found.decisions.contains { $0.decision.isIn })
  }

  /// From the release, or from the lists themselves; of a unit that no perimeter may let in as of others.
  @Test(arguments: [true, false])
  func `a membership of another time than that of the register is told`(released: Bool) throws {
    let small = try SmallObservatory(workforce: nil)
    let rows = [
      "\(SmallObservatory.a);x;01/06/2020;31/12/2022", "\(SmallObservatory.a);x;01/01/2023;30/06/2023",
      "\(SmallObservatory.p);y;;31/12/2023", "\(SmallObservatory.c);z;01/06/2024;",
    ]
    var request = Importer.Request(
      .list,
      path: try small.folder.write(
        "l.csv", "siren;nom;date de début;date de fin\n" + rows.joined(separator: "\n") + "\n"))
    request.listName = "adherents"
    _ = try small.observatory.importer.run(request)
    if released { _ = try small.build() }
    let explainer = try Explainer(
      small.observatory, released ? Release(small.observatory) : nil, Checkout.perimeters, Checkout.nomenclatures)
    func told(_ id: String) throws -> [String] {
      try explainer.explain(id).memberships.map {
        "\($0.list) \($0.since ?? 0)-\($0.until ?? 0), \($0.day) \($0.isOver)"
      }
    }
    #expect(try told(SmallObservatory.a) == ["adherents 20230101-20230630, 20240101 true"])
    #expect(try told(SmallObservatory.p1) == ["adherents 0-20231231, 20240101 true"])
    #expect(try told(SmallObservatory.c) == ["adherents 20240601-0, 20240101 false"])
    #expect(try told(SmallObservatory.b).isEmpty)
  }

  @Test(arguments: [SmallSirene.siren(99), SmallSirene.siret(SmallObservatory.a, 77), "0400.000.086"])
  func `a number that no file holds is unknown, even where its unit is known`(id: String) throws {
    expectProblem("explain.unknown") { _ = try explain(id) }
  }
}
