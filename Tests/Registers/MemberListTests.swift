import Registers
import Tabular
import TestSupport
import Testing

@Suite("Lists of organisations")
struct MemberListTests {
  private func read(_ text: String) throws -> (members: Set<MemberList.Member>, account: Reconciliation) {
    let (entries, account) = try withFile("list.csv", utf8(text)) { try readList(Container.open($0)) }
    return (Set(entries.compactMap(\.member)), account)
  }

  /// `420005050` passes Luhn, and is what a spreadsheet leaves of 0420.005.050: the column tells.
  @Test(
    arguments: [
      ("bce", "420005050", false, 420_005_050), ("siren", "420005050", true, 420_005_050),
      ("bce", "0420.005.050", false, 420_005_050), ("id", "0420005050", false, 420_005_050),
      ("id", "420005050", true, 420_005_050), ("siren", "420 005 050", true, 420_005_050),
      ("siret", "420 005 050 00018", true, 420_005_050), ("SIREN", "420.005.050 ", true, 420_005_050),
      ("EnterpriseNumber", "0420 005 050", false, 420_005_050), ("bce", "BE 0420.005.050", false, 420_005_050),
      ("kbo", "BE0420005050", false, 420_005_050), ("bce", "be 420.005.050", false, 420_005_050),
      ("id", "BE-0420.005.050", false, 420_005_050), ("id", "BE 420.005.050", false, 420_005_050),
    ] as [(String, String, Bool, UInt64)])
  func `the column says of which country a number is`(column: String, text: String, isFrench: Bool, number: UInt64)
    throws
  {
    let (members, account) = try read("\(column);name\n\(text);x\n")
    #expect(members == [.init(isFrench: isFrench, number: number)])
    #expect(account.kept == 1)
  }

  @Test(
    arguments: [
      ("siren", "0420.005.050"), ("bce", "123456789"), ("siren", "42000505O"), ("id", "-1"),
      ("siren", "BE 420005050"), ("siret", "BE 42000505000018"), ("bce", "NL 0420.005.050"),
      ("bce", "0420.005.050 BE"),
    ])
  func `what is no number of that country is set aside`(column: String, text: String) throws {
    let (members, account) = try read("\(column);name\n\(text);x\n")
    #expect(members.isEmpty)
    #expect(account.rejected == ["identifier": 1])
  }
}
