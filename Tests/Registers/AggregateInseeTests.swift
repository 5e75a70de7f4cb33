import Diagnostics
import TestSupport
import Testing

@testable import Registers

/// FLORES and CLAP, with the columns and the codes that they come with.
@Suite("Tables as INSEE publishes them")
struct AggregateInseeTests {
  @Test func `FLORES of Melodi: only the rows of the whole count`() throws {
    let reading = try readTable(
      FirstLine.melodi
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
    let header = FirstLine.melodi.replacing("NUMBER_EMPL;", with: "")
    let reading = try readTable(header + "22001;COM;88;1T9X7;EMPL3112;A;2024;45\n", "flores")
    #expect(reading.figures.first?.cell.classification == "a88")
    let problem = expectProblem("aggregate.only") {
      _ = try readTable(header + "22001;COM;88;2AAAA;EMPL3112;A;2024;45\n", "flores")
    }
    #expect(problem?.facts["columns"] == "LEGAL_FORM_WITH_PUBLIC")
  }

  @Test func `FLORES in five activities, and in ten`() throws {
    for (codes, classification) in [
      (["AZ", "BE", "FZ", "GU", "OQ"], "a5"), (["AZ", "BE", "FZ", "GI", "JZ", "OQ", "RU"], "a10"),
      (["AZ", "DE", "OQ"], "a17"),
    ] {
      let rows = codes.map { "59;DEP;\($0);_T;1T9X7;UNIT_LOC;A;2024;4\n" }.joined()
      let reading = try readTable(FirstLine.melodi + rows, "flores")
      #expect(Set(reading.figures.map(\.cell.classification)) == [classification])
      #expect(reading.account.kept == codes.count)
    }
  }

  @Test func `a dimension that no layout declares may have one value`() throws {
    let header = FirstLine.melodi.replacing("NUMBER_EMPL", with: "SEX")
    let row = { (sex: String) in "59;DEP;OQ;\(sex);1T9X7;EMPL3112;A;2024;4\n" }
    #expect(try readTable(header + row("_T"), "flores").account.kept == 1)
    let problem = expectProblem("aggregate.dimension", line: 3) {
      _ = try readTable(header + row("_T") + row("F"), "flores")
    }
    #expect(problem?.facts["column"] == "SEX" && problem?.facts["first"] == "_T" && problem?.facts["other"] == "F")
  }

  @Test func `CLAP has its activities and its year in the names of its columns`() throws {
    let reading = try readTable(
      "CODGEO;LIBGEO;ETTOT14;ETAZ14;ETOQ14;ETPTOT14;ETPAZ14;ETPOQ14\n59350;Lille;30;10;20;300;100;200\n", "flores")
    #expect(reading.layout == "clap-communes")
    #expect(Set(reading.figures.map(\.cell.year)) == [2014])
    #expect(reading.figures.map(\.cell.activity) == ["", "AZ", "OQ", "", "AZ", "OQ"])
    #expect(
      reading.figures.map(\.cell.measure) == Array(repeating: "establishments", count: 3)
        + Array(repeating: "jobs", count: 3))
  }

  /// The header of the base of communes that INSEE publishes.
  @Test func `CLAP by commune, where GZ is a part of GU`() throws {
    let reading = try readTable(
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
    let reading = try readTable(header + "\(code);\(name);2014;Associations;OQ;1;2;3;4\n", "flores")
    #expect(reading.figures.first?.cell.territory == territory)
    #expect(reading.account.rejected == (territory == nil ? ["place": 1] : [:]))
    // A column of levels settles it without a name.
    let level = try readTable(
      "NIVEAU;" + header + "REG;32;;2014;Associations;OQ;1;2;3;4\n", "flores")
    #expect(level.figures.first?.cell.territory == "FR-REG-32")
  }
}
