import Diagnostics
import Filesystem
import Territory
import TestSupport
import Testing
import Wording

@Suite("Territories made to measure") struct MadeToMeasureTests {
  private func book(_ files: [String: String]) throws -> TerritoryBook {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    return try withExtendedLifetime(folder) { try TerritoryBook(Checkout.installation, made: [folder.path]) }
  }

  private static let head = "# title_fr: Essai\n# author: Moi\ncode,name\n"

  @Test func `the Eurometropolis lies on both sides of the border`() throws {
    let book = try Checkout.territories
    let communes = book.communes(of: "ZONE-EUROMETROPOLE")
    #expect(communes.count { $0.code.hasPrefix("FR-") } == 95)
    #expect(communes.count { $0.code.hasPrefix("BE-") } > 40)
    let names = Language.allCases.map { book["ZONE-EUROMETROPOLE"]?.name(in: $0) }
    #expect(
      names == [
        "Eurométropole Lille-Kortrijk-Tournai", "Eurometropool Rijsel-Kortrijk-Doornik",
        "Eurometropolis Lille-Kortrijk-Tournai",
      ])
  }

  @Test func `the basin of Lens and Hénin is its two agglomerations`() throws {
    let book = try Checkout.territories
    let parts = ["FR-EPCI-246200364", "FR-EPCI-246200299"].flatMap { book.communes(of: $0).map(\.code) }
    #expect(book.communes(of: "ZONE-LENS-LIEVIN-HENIN-CARVIN").map(\.code).sorted() == parts.sorted())
    #expect(parts.count == 50)
  }

  /// La Louvière has another code since 2019; Deinze is Deinze and Nevele.
  @Test func `communes of today and of before, and whatever holds communes, make a territory`() throws {
    let rows = [
      "FR-COM-59350,Lille", "be-arr-57000,", " BE-COM-55022 ,La Louvière", "BE-COM-44011,", "BE-COM-44049,",
      "FR-COM-59355,Lomme",
    ]
    let book = try book(["essai.csv": "\u{feff}" + Self.head + rows.joined(separator: "\n") + "\n"])
    #expect(book.faults.isEmpty)
    #expect(
      Set(book.communes(of: "ZONE-ESSAI").map(\.code))
        == Set(book.communes(of: "BE-ARR-57000").map(\.code)).union(["FR-COM-59350", "BE-COM-58001", "BE-COM-44083"]))
  }

  @Test(arguments: [("FR-COM-75056", 75101...75120), ("FR-COM-69123", 69381...69389), ("FR-COM-13055", 13201...13216)])
  func `all municipal arrondissements of a city are the city`(city: String, numbers: ClosedRange<Int>) throws {
    let rows = numbers.map { "FR-COM-\($0)," }
    let whole = try book(["essai.csv": Self.head + rows.joined(separator: "\n") + "\n"])
    #expect(whole.faults.isEmpty)
    #expect(whole.communes(of: "ZONE-ESSAI").map(\.code) == [city])
    let part = try book(["essai.csv": Self.head + rows.dropLast().joined(separator: "\n") + "\n"])
    #expect(part.faults.map(\.code) == ["territories.made_part"])
  }

  @Test(
    arguments: [
      "FR-COM-59350,lille", "BE-COM-62063,Luik", "BE-COM-62063,Liège (Belgique)", "FR-COM-42218,St-Etienne",
      "BE-COM-55022,La Louvière", "FR-COM-42218,Saint-Etiene", "FR-COM-59350,", "BE-ARR-34000,Courtrai et environs",
    ])
  func `a name beside a code may be written as people do`(row: String) throws {
    #expect(try book(["essai.csv": Self.head + row + "\n"]).faults.isEmpty)
  }

  @Test func `a name that contradicts its code is told with both`() throws {
    let faults = try book(["essai.csv": Self.head + "FR-COM-59009,\nFR-COM-59350,Dunkerque\n"]).faults
    #expect(faults.map(\.code) == ["territories.made_other_name"])
    #expect(faults.first?.place.line == 5)
    #expect(faults.first?.facts["written"] == "Dunkerque" && faults.first?.facts["name"] == "Lille")
    let words = try Words(share: Checkout.installation.share, language: .fr)
    let fault = try #require(faults.first)
    #expect(words.describe(fault).contains("« Dunkerque »"))
  }

  /// One that cannot be leaves the others as they are.
  @Test func `a faulty file is told and left out`() throws {
    let book = try book(["a.csv": Self.head + "FR-COM-59355,Lomme\n", "b.csv": Self.head + "FR-COM-59350,\n"])
    #expect(book.faults.map(\.code) == ["territories.made_part"])
    #expect(book["ZONE-A"] == nil && book.communes(of: "ZONE-B").map(\.code) == ["FR-COM-59350"])
    #expect(book.communes.allSatisfy { !$0.ancestors.contains("ZONE-A") })
    // Whoever asks for it is told why it is not there.
    #expect(book.fault(of: "zone-a")?.code == "territories.made_part")
    #expect(book.fault(of: "ZONE-B") == nil && book.fault(of: "A") == nil)
  }

  @Test(
    arguments: [
      ("essai.csv", head + "FR-COM-99999,\n", "territories.made_unknown", 4),
      ("essai.csv", head + "nulle-part-ailleurs,\n", "territories.made_unknown", 4),
      ("essai.csv", head + "FR-COM-59350,\nFR-COM-59355,\nFR-COM-59350,\n", "share.duplicate", 6),
      ("essai.csv", head, "territories.made_nothing", nil),
      ("essai.csv", head + "FR-COM-59350,\nBE-COM-44051,Oostakker\n", "territories.made_part", 5),
      ("essai.csv", head + "ZONE-EUROMETROPOLE,\n", "territories.made_of_made", 4),
      ("essai.csv", "# author: Moi\ncode\nFR-COM-59350\n", "share.no_property", 1),
      ("essai.csv", "# title_fr: Essai\n# author: Moi\ncommune\nFR-COM-59350\n", "share.no_column", 3),
      // As a spreadsheet of a country of decimal commas saves it, and as tabulated text.
      (
        "essai.csv", "\u{feff}# title_fr: Essai\r\n# author: Moi\r\ncode;name\r\nFR-COM-59350;Lille\r\n",
        "territories.made_separator", 3
      ),
      ("essai.csv", "# title_fr: Essai;\ncode\tname\nFR-COM-59350\tLille\n", "territories.made_separator", 2),
      ("Mon pays.csv", head + "FR-COM-59350,\n", "territories.made_name", 1),
      ("eurometropole.csv", head + "FR-COM-59350,\n", "territories.made_twice", nil),
    ] as [(String, String, String, Int?)])
  func `a file that makes no territory is refused with its line`(
    name: String, text: String, code: String, line: Int?
  ) throws {
    let problem = try book([name: text]).faults.first
    #expect(problem?.code == code)
    #expect(problem?.place.line == line)
    #expect(problem?.place.file?.hasSuffix(name) == true)
  }

  @Test func `a file in another encoding is told as such`() throws {
    let folder = try TemporaryFolder()
    var bytes = Array("# author: Thérèse\n# title_fr: Thi".utf8)
    bytes.append(0xe9)
    bytes += Array("rache\ncode,name\nFR-COM-59350,Lille\n".utf8)
    try folder.write("essai.csv", bytes)
    let book = try withExtendedLifetime(folder) { try TerritoryBook(Checkout.installation, made: [folder.path]) }
    #expect(book.faults.map(\.code) == ["territories.made_not_utf8"] && book.faults.first?.place.line == 2)
    let words = try Words(share: Checkout.installation.share, language: .fr)
    for code in ["territories.made_not_utf8", "territories.made_separator"] {
      #expect(words.describe(Problem(code, at: Place(file: "essai.csv"))).contains("\n  → "), "\(code)")
    }
  }

  @Test func `a name in capitals at its end is a name`() throws {
    let book = try book(["essai.CSV": Self.head + "FR-COM-59350,\n", "notes.txt": "rien"])
    #expect(book.faults.isEmpty)
    #expect(book.communes(of: "ZONE-ESSAI").map(\.code) == ["FR-COM-59350"])
  }

  @Test func `all that are made to measure are found by their kind`() throws {
    let found = try TerritorySearch(Checkout.territories).find("zone")
    #expect(Set(found.map(\.level)) == [.zone])
    #expect(found.count == 5)
  }

  @Test func `former regions and employment zones hold whole départements and communes`() throws {
    let book = try Checkout.territories
    let former = book.territories.values.filter { $0.level == .formerRegion }
    #expect(former.count == 22)
    #expect(former.map { book.communes(of: $0.code).count }.reduce(0, +) > 34_000)
    #expect(
      Set(book.communes(of: "FR-AREG-31").map(\.code))
        == Set(["FR-DEP-59", "FR-DEP-62"].flatMap { book.communes(of: $0).map(\.code) }))
    #expect(book.territories.values.count { $0.level == .employmentZone } == 306)
    for commune in book.communes(of: "FR") {
      #expect(commune.ancestors.count { $0.hasPrefix("FR-ZE-") } == 1, "\(commune.code)")
    }
  }
}
