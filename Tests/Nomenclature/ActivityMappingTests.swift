import Filesystem
import Nomenclature
import TestSupport
import Testing

@Suite("From other classifications to the 88 divisions")
struct ActivityMappingTests {
  private var mapping: ActivityMapping { get throws { try Checkout.nomenclatures.activities } }

  @Test(
    arguments: [
      (.nafRev2, "9499Z", "94", .exact), (.nacebel2008, "94992", "94", .exact), (.nacebel2003, "91330", "94", .exact),
      (.nafRev1, "55.4B", "56", .exact), (.naf1993, "70.2C", "68", .exact), (.nacebel2003, "85311", "87", .approximate),
      (.nacebel2003, "85323", "88", .approximate), (.nacebel2025, "95310", "45", .approximate),
      (.naf2025, "9491Y", "94", .approximate),
      (.nacebel2025, "47810", "45", .approximate), (.nacebel2025, "47112", "47", .approximate),
      (.nap1973, "7708", "ZZ", .none),
      (.nacebel2003, "00000", "ZZ", .none), (.nafRev2, "", "ZZ", .none), (.nacebel2003, "", "ZZ", .none),
    ] as [(ActivityScheme, String, String, ActivityMapping.Quality)])
  func `the division that stands for a code`(
    scheme: ActivityScheme, code: String, division: String, quality: ActivityMapping.Quality
  ) throws {
    let found = try mapping.division(of: Activity(scheme, code))
    #expect(found.code == division)
    #expect(found.quality == quality)
  }

  /// Whatever the code, its targets are divisions that exist, the heaviest first, and share it out whole.
  @Test(arguments: ActivityScheme.allCases)
  func `targets share out a code`(scheme: ActivityScheme) throws {
    let (mapping, sectors) = (try mapping, try Checkout.nomenclatures.sectors)
    for number in 0..<10_000 {
      let code = String(repeating: "0", count: 4 - String(number).count) + String(number)
      let targets = mapping.targets(of: Activity(scheme, code))
      guard !targets.isEmpty else { continue }
      #expect(abs(targets.map(\.weight).reduce(0, +) - 1) < 1e-6, "\(code)")
      #expect(targets.allSatisfy { sectors[$0.division] != nil }, "\(code)")
      #expect(zip(targets, targets.dropFirst()).allSatisfy { $0.weight >= $1.weight }, "\(code)")
      #expect(mapping.division(of: Activity(scheme, code)).code == targets[0].division)
    }
  }
}
