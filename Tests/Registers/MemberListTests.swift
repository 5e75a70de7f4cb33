import Nomenclature
import Registers
import Tabular
import TestSupport
import Testing

@Suite("Lists of organisations")
struct MemberListTests {
  private func read(_ text: String, of country: Country? = nil) throws -> (
    members: Set<MemberList.Member>, account: Reconciliation
  ) {
    let (entries, account) = try withFile("list.csv", utf8(text)) { try readList(Container.open($0), of: country) }
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

  /// `5580501` is what a spreadsheet leaves of 005 580 501.
  @Test(
    arguments: [
      ("siren", "5580501", true, 5_580_501), ("siret", "558050100012", true, 5_580_501),
      ("siret", "5580501", true, 5_580_501), ("id", "5580501", true, 5_580_501), ("siren", "325175", true, 325_175),
      ("bce", "403170701", false, 403_170_701), ("id", "403170701", false, 403_170_701),
    ] as [(String, String, Bool, UInt64)])
  func `a number that lost its leading zeros is completed, and counted`(
    column: String, text: String, isFrench: Bool, number: UInt64
  ) throws {
    let (members, account) = try read("\(column);name\n\(text);x\n")
    #expect(members == [.init(isFrench: isFrench, number: number)])
    #expect(account.remarks == ["completed_numbers": 1])
    let whole = isFrench ? Identifiers.padded(number, 9) : Identifiers.padded(number, 10)
    #expect(try read("\(column == "siret" ? "siren" : column);name\n\(whole);x\n").account.remarks == [:])
  }

  @Test func `a row of two organisations is one of them, and told`() throws {
    let (siren, other, bce) = (SmallSirene.siren(1), SmallSirene.siren(2), SmallKBO.number(4_000_001))
    let head = "siren;siret;bce;id\n"
    for (row, count) in [
      ("\(siren);;\(bce);", 1), ("\(siren);\(SmallSirene.siret(other, 1));;", 1),
      ("\(siren);\(SmallSirene.siret(siren, 1));;\(other)", 0), ("\(siren);;123456789;", 0), (";;\(bce);", 0),
    ] {
      let account = try read(head + row + "\n").account
      #expect(account.kept == 1 && account.remarks == (count > 0 ? ["two_numbers": count] : [:]), "\(row)")
    }
  }

  @Test(
    arguments: [
      ("siren", "5580502"), ("siret", "558050100013"), ("siren", "18"), ("siren", "403170701"), ("bce", "5580501"),
    ])
  func `what no zeros make right stays wrong`(column: String, text: String) throws {
    let (members, account) = try read("\(column);name\n\(text);x\n")
    #expect(members.isEmpty && account.remarks == [:])
    #expect(account.rejected == ["identifier": 1])
  }

  /// In a column of both countries, nine digits that may be either are of the country that the list or the row says.
  @Test func `whose number it is, its list may say`() throws {
    let text = "id;name\n420005050;x\n"
    let (french, belgian) = (
      MemberList.Member(isFrench: true, number: 420_005_050), MemberList.Member(isFrench: false, number: 420_005_050)
    )
    #expect(try read(text).members == [french])
    #expect(try read(text, of: .fr).members == [french])
    #expect(try read(text, of: .be).members == [belgian])
    #expect(try read("id;name;pays\n420005050;x;Belgique\n").members == [belgian])
    // Of a French list, it is a SIREN with a fault; of a Belgian one, a SIREN is somebody else's.
    #expect(try read("id;name\n403170701;x\n", of: .fr).account.rejected == ["identifier": 1])
    #expect(try read("id;name\n732829320;x\n", of: .be).account.rejected == ["country": 1])
  }
}
