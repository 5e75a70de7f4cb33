import Diagnostics
import Filesystem
import Nomenclature
import Perimeter
import Tabular
import TestSupport
import Testing

@testable import Registers

@Suite("Tables of publishers")
struct AggregateTests {
  private struct Reading {
    let layout: String
    let figures: [Aggregate]
    let account: Reconciliation
  }

  private func read(_ text: String, _ source: String, year: Int? = nil, tolerance: Double = 0) throws -> Reading {
    let table = try AggregateTable(
      { MemoryStream(utf8(text), name: "table.csv") }, source: source,
      AggregateLayouts(share: Checkout.installation.share), Checkout.nomenclatures, Checkout.territories)
    var figures: [Aggregate] = []
    let account = try table.read(expectedYear: year, tolerance: tolerance) { figures.append($0) }
    #expect(account.isBalanced)
    return Reading(layout: table.layout.id, figures: figures, account: account)
  }

  private static let ess =
    "annee;code_region;region;champ_ess;famille_ess;secteur_na88;nombre_d_etablissements;effectifs_salaries_moyens;masse_salariale\n"
  private static let flores = "GEO;GEO_OBJECT;ESS_FAMILY;ACTIVITY;FLORES_MEASURE;TIME_PERIOD;OBS_VALUE\n"
  private static let onss = "annee;trimestre;ins;champ;nacebel;unites_locales;postes;etp;remunerations\n"

  @Test func `the table of Urssaf by region`() throws {
    let reading = try read(
      Self.ess
        + "2024;32;Hauts-de-France;OUI;Associations;88 Action sociale sans hébergement;1234;56789,25;1234567890\n",
      "urssaf")
    #expect(reading.layout == "urssaf-ess-regions")
    let cell = Aggregate.Cell(
      territory: "FR-REG-32", year: 2024, quarter: 0, field: "ess", family: "association", classification: "a88",
      activity: "88", measure: "jobs_average")
    #expect(reading.figures.map(\.cell.measure) == ["establishments", "jobs_average", "gross_pay"])
    #expect(reading.figures.map(\.value) == [1234, 56789.25, 1_234_567_890])
    #expect(reading.figures[1].cell == cell)
  }

  /// The labels of the portal instead of its technical names, without a region: the whole of France.
  @Test func `labels instead of names, France instead of regions`() throws {
    let reading = try read(
      "Année;Champ ESS;Famille ESS;Secteur NA88;Nombre d'établissements;Effectifs salariés moyens;Masse salariale (brute)\n"
        + "1998;NON;;01 Culture et production animale;5;7;9\n", "urssaf")
    #expect(reading.layout == "urssaf-ess-france")
    #expect(Set(reading.figures.map(\.cell.territory)) == ["FR"])
    #expect(Set(reading.figures.map(\.cell.field)) == ["rest"])
  }

  @Test func `a column a year`() throws {
    let reading = try read(
      "code_commune;intitule_commune;secteur_na88;ape;nombre_d_etablissements_2019;nombre_d_etablissements_2020;effectifs_salaries_2019;effectifs_salaries_2020\n"
        + "59350;Lille;88;8899B Action sociale;3;4;12;s\n59355;Lomme;88;8899B;1;1;2;\n", "urssaf")
    #expect(reading.layout == "urssaf-communes")
    let lille = reading.figures.filter { $0.cell.territory == "FR-COM-59350" }
    #expect(lille.map(\.cell.year) == [2019, 2020, 2019, 2020])
    #expect(lille.map(\.value) == [3, 4, 12, nil])
    #expect(lille.map(\.isSecret) == [false, false, false, true])
    #expect(lille.allSatisfy { $0.cell.classification == "naf-rev2" && $0.cell.activity == "8899B" })
    // Lomme is a part of Lille: its code is kept, and said.
    #expect(reading.figures.contains { $0.cell.territory == "FR-COM-59355" && $0.value == nil && !$0.isSecret })
    #expect(reading.account.remarks["former_territory"] == 1)
  }

  @Test func `CLAP has its activities and its year in the names of its columns`() throws {
    let reading = try read(
      "CODGEO;LIBGEO;ETTOT14;ETAZ14;ETOQ14;ETPTOT14;ETPAZ14;ETPOQ14\n59350;Lille;30;10;20;300;100;200\n", "flores")
    #expect(reading.layout == "clap-communes")
    #expect(Set(reading.figures.map(\.cell.year)) == [2014])
    #expect(reading.figures.map(\.cell.activity) == ["", "AZ", "OQ", "", "AZ", "OQ"])
    #expect(
      reading.figures.map(\.cell.measure) == Array(repeating: "establishments", count: 3)
        + Array(repeating: "jobs", count: 3))
  }

  @Test(arguments: [
    ("01000", "BE"), ("03000", "BE-REG-03000"), ("50000", "BE-PRO-50000"), ("52000", "BE-ARR-52000"),
    ("92094", "BE-COM-92094"), ("2000", "BE-REG-02000"), ("52063", "BE-COM-52063"),
  ])
  func `every Belgian code finds its level`(code: String, territory: String) throws {
    let reading = try read(Self.onss + "2024;1;\(code);ES;88;1;2;1,5;9\n", "onss")
    #expect(reading.figures.first?.cell.territory == territory)
    #expect(reading.figures.first?.cell.quarter == 1)
  }

  @Test(arguments: [
    ("31", "FR-AREG-31", true), ("32", "FR-REG-32", false), ("1", "FR-REG-01", false),
  ])
  func `a region of before 2016 keeps its code`(code: String, territory: String, isFormer: Bool) throws {
    let reading = try read(Self.ess + "2010;\(code);;OUI;Mutuelles;65;1;2;3\n", "urssaf")
    #expect(reading.figures.first?.cell.territory == territory)
    #expect((reading.account.remarks["former_territory"] == 1) == isFormer)
  }

  @Test(
    arguments: [
      ("2024;99;x;OUI;Associations;88;1;2;3", "place"), ("24;32;x;OUI;Associations;88;1;2;3", "year"),
      ("2024;32;x;OUI;Associations;95;1;2;3", ""), ("2024;32;x;OUI;Associations;04;1;2;3", "activity"),
      ("2024;32;x;PEUT-ÊTRE;Associations;88;1;2;3", "code"), ("2024;32;x;OUI;Syndicats;88;1;2;3", "family"),
      ("2024;32;x;NON;Associations;88;1;2;3", "family"), ("2024;32;x;OUI;Hors ESS;88;1;2;3", "family"),
      ("2099;32;x;OUI;Associations;88;1;2;3", "year"),
      ("2024;32;x;OUI;Associations;88;-1;2;3", "number"), ("2024;32;x;OUI;Associations;88;un;2;3", "number"),
      ("2024;32;x;OUI;Associations;88;1;2;99999999999999999999", "number"),
    ])
  func `a row that cannot be understood is set aside with its reason`(row: String, reason: String) throws {
    let account = try read(Self.ess + row + "\n", "urssaf").account
    #expect(account.rejected == (reason.isEmpty ? [:] : [reason: 1]), "\(row)")
  }

  @Test func `a cell told twice is told once`() throws {
    let row = "2024;32;x;OUI;Associations;88;1;2;3\n"
    #expect(try read(Self.ess + row + row, "urssaf").account.rejected == ["duplicate": 1])
  }

  @Test func `what the publisher hides is not zero`() throws {
    let figures = try read(
      Self.flores
        + "32;REG;Associations;OQ;EFF_3112;2023;s\n32;REG;Mutuelles;OQ;EFF_3112;2023;0\n32;REG;Fondations;OQ;EFF_3112;2023;\n",
      "flores"
    ).figures
    #expect(figures.map(\.value) == [nil, 0, nil])
    #expect(figures.map(\.isSecret) == [true, false, false])
  }

  // MARK: - Bad files

  @Test func `the table of another source is told by its name`() {
    let problem = expectProblem("register.other_source", line: 1) { _ = try read(Self.ess, "flores") }
    #expect(problem?.facts["found"] == "urssaf")
  }

  @Test func `a missing column is named with the nearest`() {
    let text = Self.ess.replacing("masse_salariale", with: "masse_salarialle") + "2024;32;x;OUI;Associations;88;1;2;3\n"
    let problem = expectProblem("aggregate.no_layout", line: 1) { _ = try read(text, "urssaf") }
    #expect(problem?.facts["nearest"] == "massesalarialle")
  }

  /// AZ and six more are codes of A17 and of A38.
  @Test func `the classification of a table is the one that knows all its codes`() throws {
    func rows(_ values: [(String, Int)]) -> String {
      values.map { "32;REG;_T;\($0.0);NB_ETAB;2023;\($0.1)\n" }.joined()
    }
    let codes = ["AZ", "BZ", "CA", "CB", "FZ", "GZ", "HZ", "IZ", "KZ", "LZ", "JA", "JB"]
    let reading = try read(Self.flores + rows([("_T", 12)] + codes.map { ($0, 1) }), "flores")
    #expect(Set(reading.figures.map(\.cell.classification)) == ["", "a38"])
    expectProblem("aggregate.total") {
      _ = try read(Self.flores + rows([("_T", 40)] + codes.map { ($0, 1) }), "flores")
    }
    // Both at once: nobody can say whose AZ is, and nothing is refused for it.
    let mixed = try read(Self.flores + rows([("_T", 12), ("OQ", 3)] + codes.map { ($0, 1) }), "flores")
    #expect(mixed.account.kept == 14)
  }

  @Test func `of a column a year, the year that is asked for`() throws {
    let text =
      "code_commune;intitule_commune;secteur_na88;ape;nombre_d_etablissements_2019;nombre_d_etablissements_2020;effectifs_salaries_2019;effectifs_salaries_2020\n"
      + "59350;Lille;88;8899B;3;4;12;13\n"
    #expect(try read(text, "urssaf", year: 2020).figures.map(\.value) == [4, 13])
    expectProblem("aggregate.other_year", line: 2) { _ = try read(text, "urssaf", year: 2021) }
    // A year that cannot be is no column of a year.
    expectProblem("aggregate.no_layout") {
      _ = try read(text.replacing("2019", with: "1899").replacing("2020", with: "2420"), "urssaf")
    }
  }

  @Test func `rows of another year come before those of the year as well as after`() throws {
    let row = { (year: Int) in "\(year);32;x;OUI;Associations;88;1;2;3\n" }
    let reading = try read(Self.ess + row(2023) + row(2024), "urssaf", year: 2024)
    #expect(reading.figures.allSatisfy { $0.cell.year == 2024 } && reading.account.kept == 1)
  }

  // MARK: - As INSEE publishes them

  private static let melodi =
    "GEO;GEO_OBJECT;ACTIVITY;NUMBER_EMPL;LEGAL_FORM_WITH_PUBLIC;FLORES_MEASURE;OBS_STATUS;TIME_PERIOD;OBS_VALUE\n"

  @Test func `FLORES of Melodi: only the rows of the whole count`() throws {
    let reading = try read(
      Self.melodi
        + """
        "F";"FRANCE";"OQ";"_T";"1T9X7";"UNIT_LOC";"A";2024;12
        F;FRANCE;OQ;E0;1T9X7;UNIT_LOC;A;2024;4
        F;FRANCE;OQ;_T;2AAAA;UNIT_LOC;A;2024;5
        F;FRANCE;OQ;_T;1T9X7;EMPL3112;A;2024;345
        FM;FRANCE;OQ;_T;1T9X7;UNIT_LOC;A;2024;11
        59350;COM;GZ;_T;1T9X7;EMPL3112;K;2024;
        59350;COM;OQ;_T;1T9X7;EMPL3112;A;2024;
        59350;BV2022;OQ;_T;1T9X7;EMPL3112;A;2024;7
        00851;UU2020;OQ;_T;1T9X7;EMPL3112;A;2024;7
        ZZ;FRANCE;OQ;_T;1T9X7;EMPL3112;A;2024;7
        59350;PLANETE;OQ;_T;1T9X7;EMPL3112;A;2024;7

        """, "flores")
    #expect(reading.layout == "flores-all")
    #expect(reading.figures.map(\.cell.territory) == ["FR", "FR", "FR-COM-59350", "FR-COM-59350"])
    #expect(reading.figures.map(\.cell.measure) == ["establishments", "jobs", "jobs", "jobs"])
    #expect(reading.figures.map(\.value) == [12, 345, nil, nil])
    #expect(reading.figures.map(\.isSecret) == [false, false, true, false])
    #expect(reading.account.outOfScope == ["detail": 2, "level": 3])
    #expect(reading.account.rejected == ["place": 2])
  }

  @Test func `FLORES of Melodi by division has no size bands`() throws {
    let header = Self.melodi.replacing("NUMBER_EMPL;", with: "")
    let reading = try read(header + "22001;COM;88;1T9X7;EMPL3112;A;2024;45\n", "flores")
    #expect(reading.figures.first?.cell.classification == "a88")
    let problem = expectProblem("aggregate.only") {
      _ = try read(header + "22001;COM;88;2AAAA;EMPL3112;A;2024;45\n", "flores")
    }
    #expect(problem?.facts["columns"] == "LEGAL_FORM_WITH_PUBLIC")
  }

  @Test func `FLORES in five activities, and in ten`() throws {
    for (codes, classification) in [
      (["AZ", "BE", "FZ", "GU", "OQ"], "a5"), (["AZ", "BE", "FZ", "GI", "JZ", "OQ", "RU"], "a10"),
      (["AZ", "DE", "OQ"], "a17"),
    ] {
      let rows = codes.map { "59;DEP;\($0);_T;1T9X7;UNIT_LOC;A;2024;4\n" }.joined()
      let reading = try read(Self.melodi + rows, "flores")
      #expect(Set(reading.figures.map(\.cell.classification)) == [classification])
      #expect(reading.account.kept == codes.count)
    }
  }

  @Test func `a dimension that no layout declares may have one value`() throws {
    let header = Self.melodi.replacing("NUMBER_EMPL", with: "SEX")
    let row = { (sex: String) in "59;DEP;OQ;\(sex);1T9X7;EMPL3112;A;2024;4\n" }
    #expect(try read(header + row("_T"), "flores").account.kept == 1)
    let problem = expectProblem("aggregate.dimension", line: 3) {
      _ = try read(header + row("_T") + row("F"), "flores")
    }
    #expect(problem?.facts["column"] == "SEX" && problem?.facts["first"] == "_T" && problem?.facts["other"] == "F")
  }

  /// The header of the base of communes that INSEE publishes.
  @Test func `CLAP by commune, where GZ is a part of GU`() throws {
    let reading = try read(
      "CODGEO;LIBGEO;ETTOT15;ETAZ15;ETBE15;ETFZ15;ETGU15;ETGZ15;ETOQ15;ETTEF115;ETTEFP1015\n"
        + "59350;Lille;100;1;9;10;60;25;20;50;5\n", "flores")
    #expect(reading.layout == "clap-communes")
    #expect(reading.figures.map(\.cell.activity) == ["", "AZ", "BE", "FZ", "GU", "OQ"])
    #expect(reading.figures.allSatisfy { $0.cell.year == 2015 && $0.cell.measure == "establishments" })
  }

  @Test(
    arguments: [
      ("32", "Gers", "FR-DEP-32"), ("32", "Hauts-de-France", "FR-REG-32"), ("32", "", nil), ("32", "Autre", nil),
      ("24", "Centre", "FR-REG-24"), ("24", "Dordogne", "FR-DEP-24"), ("59", "", "FR-DEP-59"),
      ("971", "", "FR-DEP-971"), ("1", "Ain", "FR-DEP-01"), ("01", "Guadeloupe", "FR-REG-01"),
      ("59350", "Lille", "FR-COM-59350"),
      ("F", "France", "FR"), ("FRANCE", "", "FR"),
    ] as [(String, String, String?)])
  func `CLAP has départements and regions in one column`(code: String, name: String, territory: String?) throws {
    let header = "CODGEO;LIBGEO;ANNEE;FAMILLE;A17;NB_ETAB;EFF_3112;ETP;REMUN\n"
    let reading = try read(header + "\(code);\(name);2014;Associations;OQ;1;2;3;4\n", "flores")
    #expect(reading.figures.first?.cell.territory == territory)
    #expect(reading.account.rejected == (territory == nil ? ["place": 1] : [:]))
    // A column of levels settles it without a name.
    let level = try read(
      "NIVEAU;" + header + "REG;32;;2014;Associations;OQ;1;2;3;4\n", "flores")
    #expect(level.figures.first?.cell.territory == "FR-REG-32")
  }

  @Test func `levels of the NACE-BEL are classifications of their own`() throws {
    let rows = ["88", "889", "8899", "88999"].map { "2024;1;03000;ES;\($0);1;2;3;4\n" }
    let reading = try read(Self.onss + rows.joined(), "onss")
    let found = Set(reading.figures.map { "\($0.cell.classification) \($0.cell.activity)" })
    #expect(
      found == ["a88 88", "nacebel-2008/3 889", "nacebel-2008/4 8899", "nacebel-2008/5 88999"])
    // Of a finer level a table may give some activities only.
    let total = "2024;1;03000;ES;total;10;20;30;40\n2024;1;03000;ES;88;5;9;14;19\n2024;1;03000;ES;87;5;11;16;21\n"
    #expect(throws: Never.self) { try read(Self.onss + total + "2024;1;03000;ES;8899;1;2;3;4\n", "onss") }
    expectProblem("aggregate.total", line: 2) {
      _ = try read(Self.onss + total + "2024;1;03000;ES;8899;99;2;3;4\n", "onss")
    }
  }

  @Test func `a lone mark is not read as decimals where the column groups with it`() throws {
    let row = { (place: String, pay: String) in "2024;1;\(place);ES;88;1;2;3;\(pay)\n" }
    let both = try read(Self.onss + row("03000", "234.567") + row("02000", "1.234.567"), "onss")
    #expect(both.account.rejected == ["number": 1])
    #expect(both.figures.filter { $0.cell.measure == "gross_pay" }.map(\.value) == [nil, 1_234_567])
    let alone = try read(Self.onss + row("03000", "234.567") + row("02000", "1 234 567,5"), "onss")
    #expect(alone.figures.filter { $0.cell.measure == "gross_pay" }.map(\.value) == [234.567, 1_234_567.5])
  }

  @Test func `a table by region or by family without its column is not taken for one of the whole`() {
    let regions = Self.ess.replacing("code_region", with: "region_code") + "2024;32;x;OUI;Associations;88;1;2;3\n"
    let problem = expectProblem("aggregate.no_layout", line: 1) { _ = try read(regions, "urssaf") }
    #expect(problem?.facts["layout"] == "urssaf-ess-regions")
    let families = Self.flores.replacing("ESS_FAMILY", with: "FAMILLE") + "32;REG;Associations;OQ;NB_ETAB;2023;9\n"
    #expect(
      expectProblem("aggregate.no_layout", line: 1) { _ = try read(families, "flores") }?.facts["layout"]
        == "flores-ess")
  }

  @Test func `a file of another year is refused, a row of another year set aside`() throws {
    let row = { (year: Int) in "\(year);32;x;OUI;Associations;88;1;2;3\n" }
    let problem = expectProblem("aggregate.other_year", line: 2) {
      _ = try read(Self.ess + row(2023), "urssaf", year: 2024)
    }
    #expect(problem?.facts["found"] == "2023")
    #expect(try read(Self.ess + row(2024) + row(2023), "urssaf", year: 2024).account.outOfScope == ["year": 1])
  }

  @Test func `columns of one name are refused`() {
    expectProblem("table.repeated_column") {
      _ = try read(
        "code_commune;ape;nombre_d_etablissements_2019;effectifs_salaries_2019;effectifs_salaries_2019\n", "urssaf")
    }
  }

  // MARK: - Totals

  /// A table like INSEE's, right by construction: families × sections × départements of Corse, with every total.
  private struct Cube {
    static let families = ["Associations", "Coopératives", "Mutuelles", "Fondations"]
    static let sections = ["AZ", "FZ", "OQ"]
    static let places = [("2A", "DEP"), ("2B", "DEP")]
    var rows: [(key: [String], value: Int, isTotal: Bool)] = []

    init(_ random: inout SplitMix64) {
      var values: [[String]: Int] = [:]
      for place in Self.places {
        for family in Self.families {
          for section in Self.sections {
            let value = random.number(0...5000)
            for geo in [[place.0, place.1], ["94", "REG"]] {
              for f in [family, "Ensemble"] {
                for s in [section, "_T"] { values[geo + [f, s], default: 0] += value }
              }
            }
          }
        }
      }
      rows = values.map {
        (key: $0.key, value: $0.value, isTotal: $0.key[1] == "REG" || $0.key[2] == "Ensemble" || $0.key[3] == "_T")
      }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    var text: String {
      AggregateTests.flores
        + rows.map {
          "\($0.key[0]);\($0.key[1]);\($0.key[2]);\($0.key[3]);EFF_3112;2023;\($0.value < 0 ? "s" : "\($0.value)")\n"
        }.joined()
    }
  }

  @Test(arguments: 0..<20)
  func `totals that are sums pass, one that is not is found`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var cube = Cube(&random)
    #expect(try read(cube.text, "flores").account.kept == cube.rows.count)
    // Publishers round their cells: one unit in each is let pass.
    let index = random.number(0...cube.rows.count - 1)
    cube.rows[index].value += 1
    #expect(throws: Never.self) { try read(cube.text, "flores") }
    cube.rows[index].value += 40
    let problem = expectProblem("aggregate.total") { _ = try read(cube.text, "flores") }
    let percent = try #require(problem?.facts["percent"].flatMap(Double.init))
    #expect(throws: Never.self, "the tolerance that the message names is enough") {
      try read(cube.text, "flores", tolerance: max(percent, 100) / 100)
    }
  }

  @Test(arguments: 0..<10)
  func `a total over a hidden cell is not verified`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var cube = Cube(&random)
    // Hidden in every table that it stands in, the cell is no part of any sum that can be verified.
    let (family, section) = (random.pick(Cube.families), random.pick(Cube.sections))
    for index in cube.rows.indices
    where cube.rows[index].key[2] == family || cube.rows[index].key[3] == section { cube.rows[index].value = -1 }
    #expect(throws: Never.self) { try read(cube.text, "flores") }
  }

  @Test func `parts that are left out may be secret, and never make more than the total`() throws {
    let total = Self.flores + "32;REG;Associations;_T;EFF_3112;2023;100\n"
    #expect(throws: Never.self) {
      try read(total + "32;REG;Associations;OQ;EFF_3112;2023;60\n32;REG;Mutuelles;AZ;EFF_3112;2023;1\n", "flores")
    }
    expectProblem("aggregate.total", line: 2) {
      _ = try read(total + "32;REG;Associations;OQ;EFF_3112;2023;160\n32;REG;Mutuelles;AZ;EFF_3112;2023;1\n", "flores")
    }
  }

  @Test func `parts that are told are not more than the total, whatever is hidden`() throws {
    let total = Self.flores + "32;REG;_T;_T;EFF_3112;2023;100\n"
    let parts = { (a: Int, b: Int) in
      "32;REG;Associations;_T;EFF_3112;2023;\(a)\n32;REG;Mutuelles;_T;EFF_3112;2023;\(b)\n"
        + "32;REG;Fondations;_T;EFF_3112;2023;s\n"
    }
    expectProblem("aggregate.total", line: 2) { _ = try read(total + parts(90, 80), "flores") }
    #expect(throws: Never.self) { try read(total + parts(60, 30), "flores") }
  }

  @Test func `sums beyond what a number holds are wrong, and stop nothing`() throws {
    let book = try Checkout.nomenclatures
    let codes = (1000..<100_000).map { String(100_000 + $0).dropFirst() }
      .filter { book.label(of: Activity(.nacebel2008, String($0))) != nil }
    #expect(codes.count > 923)
    let rows = codes.map { "2024;1;03000;ES;\($0);1;9999999999999;1;1\n" }.joined()
    let total = "2024;1;03000;ES;total;\(codes.count);1;\(codes.count);\(codes.count)\n"
    let problem = expectProblem("aggregate.total", line: 2) { _ = try read(Self.onss + total + rows, "onss") }
    #expect(problem?.facts["measure"] == "@measure.jobs")
  }

  @Test func `a layout without a year, a place or a measure is refused`() throws {
    let whole = try String(
      decoding: Folder.contents(of: "\(Checkout.installation.share)/sources/vat-turnover.csv"), as: UTF8.self)
    for (line, role) in [("year,annee|jaar,,\n", "year"), ("territory,ins|nis,nis,\n", "territory")] {
      try withFile("layout.csv", utf8(whole.replacing(line, with: ""))) { path in
        let problem = expectProblem("share.no_role") { _ = try AggregateLayout(path) }
        #expect(problem?.facts["role"] == role)
      }
    }
    let figures = whole.split(separator: "\n").filter { !$0.hasPrefix("measure:") }.joined(separator: "\n") + "\n"
    try withFile("layout.csv", utf8(figures)) { path in
      #expect(expectProblem("share.no_role") { _ = try AggregateLayout(path) }?.facts["role"] == "measure")
    }
  }

  @Test func `more jobs in the ESS than in all`() {
    expectProblem("aggregate.total", line: 2) {
      _ = try read(Self.onss + "2024;1;03000;total;88;10;100;80;1\n2024;1;03000;ES;88;5;300;250;1\n", "onss")
    }
  }

  /// A layout has what it takes to be read: every measure has words, every perimeter exists.
  @Test func `every layout is whole`() throws {
    let layouts = try AggregateLayouts(share: Checkout.installation.share).layouts
    #expect(Set(layouts.map(\.source)) == ["urssaf", "flores", "onss", "vat"])
    let perimeters = Set(try Checkout.perimeters.map(\.id))
    for layout in layouts {
      #expect(layout.perimeter.isEmpty || perimeters.contains(layout.perimeter), "\(layout.id)")
      #expect(
        layout.columns.contains { $0.role == .value || { if case .figure = $0 { true } else { false } }($0.role) },
        "\(layout.id)")
      #expect(layout.columns.contains { $0.role == .territory } || layout.fixedTerritory != nil, "\(layout.id)")
    }
  }
}
