import Diagnostics
import Filesystem
import Registers
import Tabular
import TestSupport
import Testing

@Suite("KBO Open Data")
struct KBOTests {
  /// A small register, as published (quoted) or as a spreadsheet leaves it.
  static func folder(resaved: Bool) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    func write(_ name: String, _ rows: [[String]]) throws {
      let lines = rows.map { row in
        row.map { resaved || $0.isEmpty ? $0 : "\"\($0)\"" }.joined(separator: ",") + "\n"
      }
      _ = try folder.write(name, lines.joined())
    }
    func code(_ text: String) -> String { resaved ? String(Int(text) ?? 0) : text }
    try write("meta.csv", [["Variable", "Value"], ["SnapshotDate", "30-08-2024"]])
    try write(
      "enterprise.csv",
      [
        [
          "EnterpriseNumber", "Status", "JuridicalSituation", "TypeOfEnterprise", "JuridicalForm", "JuridicalFormCAC",
          "StartDate",
        ],
        ["0400.000.086", "AC", "000", "2", code("017"), "", "09-08-1960"],
        ["0400.000.083", "AC", "000", "2", code("017"), "", "09-08-1960"],
        ["2.000.000.042", "AC", "000", "2", code("017"), "", "09-08-1960"],
        ["1000.000.021", "AC", "000", "1", "", "", ""],
      ])
    try write(
      "establishment.csv",
      [["EstablishmentNumber", "StartDate", "EnterpriseNumber"], ["2.000.000.042", "01-01-2001", "0400.000.086"]])
    try write(
      "activity.csv",
      [
        ["EntityNumber", "ActivityGroup", "NaceVersion", "NaceCode", "Classification"],
        ["0400.000.086", code("003"), "2003", "85323", "MAIN"],
        ["0400.000.086", code("006"), "2008", "88999", "MAIN"],
        ["0400.000.086", code("006"), "2025", "88990", "MAIN"],
        ["2.000.000.042", code("001"), "2008", resaved ? "1110" : "01110", "SECO"],
        ["9.000.006.626", code("001"), "2008", "47112", "MAIN"],
      ])
    try write(
      "address.csv",
      [
        [
          "EntityNumber", "TypeOfAddress", "CountryNL", "CountryFR", "Zipcode", "MunicipalityNL", "MunicipalityFR",
          "StreetNL", "StreetFR", "HouseNumber", "Box", "ExtraAddressInfo", "DateStrikingOff",
        ],
        ["0400.000.086", "REGO", "", "", "5000", "Namen", "Namur", "", "", "1", "", "", ""],
        ["0400.000.086", "REGO", "", "", "4000", "Luik", "Liège", "", "", "1", "", "", "01-01-2020"],
        ["1000.000.021", "REGO", "Frankrijk", "France", "59000", "Lille", "Lille", "", "", "1", "", "", ""],
      ])
    try write(
      "denomination.csv",
      [
        ["EntityNumber", "Language", "TypeOfDenomination", "Denomination"],
        ["0400.000.086", "2", code("002"), "DZ"], ["0400.000.086", "1", code("001"), "De Zwaluw"],
      ])
    return folder
  }

  @Test(arguments: [false, true])
  func `published or saved again by a spreadsheet, the same rows`(resaved: Bool) throws {
    let folder = try Self.folder(resaved: resaved)
    let kbo = try KBO(Container.open(folder.path))
    #expect(kbo.snapshot == 20_240_830)
    var forms: [String] = []
    let enterprises = try kbo.enterprises { forms.append($0.form) }
    #expect(forms == ["017", ""])
    #expect(enterprises.read == 4)
    #expect(enterprises.rejected == ["identifier": 1, "wrong_kind": 1])
    var owners: [UInt64] = []
    let establishments = try kbo.establishments { owners.append($0.enterprise) }
    #expect(owners == [400_000_086])
    #expect(establishments.isBalanced)
    var activities: [String] = []
    let account = try kbo.activities { activities.append("\($0.group) \($0.version) \($0.code)") }
    #expect(activities == ["003 2003 85323", "006 2008 88999", "006 2025 88990", "001 2008 01110"])
    #expect(account.outOfScope == ["branch": 1])
    let addresses = try kbo.addresses { _ in }
    #expect(addresses.outOfScope == ["closed": 1, "abroad": 1])
    #expect(addresses.kept == 1)
    var kinds: [UInt8] = []
    _ = try kbo.denominations { kinds.append($0.kind) }
    #expect(kinds == [2, 1])
  }

  @Test func `a folder without all its tables is refused by name`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("enterprise.csv", "EnterpriseNumber\n")
    let problem = #expect(throws: Problem.self) { try KBO(Container.open(folder.path)) }
    #expect(problem?.code == "kbo.no_table")
    #expect(problem?.facts["missing"]?.contains("activity.csv") == true)
  }

  @Test func `a legal form is at most four digits, and what begins in 2999 began on no known day`() throws {
    let folder = try Self.folder(resaved: false)
    _ = try folder.write(
      "enterprise.csv",
      """
      EnterpriseNumber,Status,JuridicalSituation,TypeOfEnterprise,JuridicalForm,JuridicalFormCAC,StartDate
      0400.000.086,AC,000,2,017,,01-01-2999
      1000.000.021,AC,000,2,Société anonyme,,01-01-2000

      """)
    var started: [Int32?] = []
    let account = try KBO(Container.open(folder.path)).enterprises { started.append($0.started) }
    #expect(started == [nil] && account.rejected == ["code": 1])
  }
}
